"""Two people, each at a browser profile of their own, from landing to talking, and to leaving: live, in every
language of the place."""

import json

import pytest
from django.conf import settings
from playwright.sync_api import expect

from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in
from beenthere.people.models import Person
from beenthere.safety.actions import name_steward
from tests import cast

from .walking import PLACES, Walker, the_talk, until

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LOSS = {"en": "Loss of a parent", "es": "Pérdida de la madre o del padre"}
SAID = ["Two cups, every morning.", "Here it is her coat.", "I never told anybody.", "Not even my brother."]
UNREAD = """async () => {
  const page = await (await fetch("/talk/")).text();
  return page.match(/class="([^"]* )?waits[" ]/g)?.length ?? 0;
}"""
NOTE, ANSWER = "These words hurt me.", "Thank you. We read it, and we are here."


@pytest.fixture
def sol(open_place, new_profile) -> Walker:
    """A steward, signed in."""
    one = cast.person("Sol")
    name_steward(person=one, by=SITE)
    _, token = sign_in(person=one, device="A browser", by=one)
    profile = new_profile(base_url=open_place.address)
    cookie = {"name": settings.SIGN_IN_COOKIE, "value": token, "url": open_place.address}
    profile.add_cookies([cookie])
    return Walker(profile, "Sol", "")


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_landing_to_talking_and_leaving(two, sol, language):
    ana, ben = two(language)
    arrive(ana, ben, language)
    meet(ana, ben)
    talk(ana, ben)
    report(ben, sol)
    pause(ana, ben)
    block(ana, ben)
    take_along_and_leave(ana, ben)


def arrive(ana: Walker, ben: Walker, language: str) -> None:
    """Both are here, and look at one introduction, of six screens at most."""
    for one in (ana, ben):
        one.begin(LOSS[language])
        one.join(passkey=one is ben)
        assert one.page.locator("html").get_attribute("lang") == language
    ana.go("/today/")  # when she came, nobody was here yet
    cards = [one.open_introduction() for one in (ana, ben)]
    way = ["/", "/", "/begin/", "/begin/here/", "/today/"]
    assert [ana.screens, ben.screens] == [[*way, "/today/", cards[0]], [*way, cards[1]]]
    assert ana.sign_in_name.count("-") >= 1
    for one, other in ((ana, ben), (ben, ana)):
        quoted = one.page.locator("main blockquote").all_inner_texts()
        whose = ["mine" if words in one.words else words in other.words and "theirs" for words in quoted]
        assert sorted(set(whose), key=str) == ["mine", "theirs"]
        assert [name for name in (ana.name, ben.name) if name in one.main()] == []


def meet(ana: Walker, ben: Walker) -> None:
    """Ana's yes changes nothing that Ben gets; his yes brings them together."""
    pages = [*PLACES, ben.screens[-1]]
    before = [ben.read(page) for page in pages]
    ana.answer("yes")
    assert ana.page.locator(".notice.kept").count() == 1
    assert [ben.read(page) for page in pages] == before
    ben.answer("yes")
    assert [one.open_talk() for one in (ana, ben)] == [f"/talk/{the_talk().ref}/"] * 2
    for one, other in ((ana, ben), (ben, ana)):
        assert other.name in one.page.locator("h1").inner_text()


def talk(ana: Walker, ben: Walker) -> None:
    """What one says appears at the other, and nobody reloads; what is taken back goes."""
    for one in (ana, ben):
        one.is_live()
    loaded = [list(one.screens) for one in (ana, ben)]
    for number, words in enumerate(SAID):
        one, other = (ben, ana) if number % 2 else (ana, ben)
        one.say(words)
        other.hears(words)
    assert [ana.said(), ben.said()] == [SAID, SAID]
    assert [ana.screens, ben.screens] == loaded
    ana.take_back(3)
    ben.page.locator("#m3 .gone").wait_for()
    assert [ana.said(), ben.said()] == [SAID[:2] + SAID[3:]] * 2
    assert ben.screens == loaded[1]
    until(ben.page, UNREAD, 0)  # what one has read in the open page waits in no list


def report(ben: Walker, sol: Walker) -> None:
    """Ben chooses one message; Sol sees that one and answers; Ben reads the answer."""
    ben.press("#m1 a.report")
    assert ben.page.locator("input[name=chosen]:checked").count() == 1
    ben.page.locator("#id_note").fill(NOTE)
    ben.press("form:has([name=chosen]) button.main")
    sol.go("/safety/desk/")
    sol.press(".rows a")
    assert [words for words in (*SAID, NOTE) if words in sol.page.content()] == []
    sol.page.locator("#id_reason").select_option("first")
    sol.press("button[value=open]")
    shown = [words for words in SAID if words in sol.page.content()]
    assert [shown, NOTE in sol.main()] == [SAID[:1], True]
    sol.page.locator("#id_words").fill(ANSWER)
    sol.press("button[value=answer]")
    ben.go("/safety/")
    assert ben.page.locator(".answered .said-words").all_inner_texts() == [ANSWER]
    ben.open_talk()
    ben.is_live()


def pause(ana: Walker, ben: Walker) -> None:
    """A pause shows nothing."""
    pages = [*PLACES, f"/talk/{the_talk().ref}/"]
    before = [ben.read(page) for page in pages]
    ana.step("pause")
    assert ana.page.locator("form[action$='/resume/']").count() == 1
    assert [ben.read(page) for page in pages] == before


def block(ana: Walker, ben: Walker) -> None:
    """Ben's window turns by itself; afterwards each has their own words and one same line."""
    ana.step("block")
    ben.sees_the_end()
    assert [ana.said(), ben.said()] == [SAID[:1], [SAID[1], SAID[3]]]
    lines = [one.page.locator("main h1, main h1 + p").all_inner_texts() for one in (ana, ben)]
    assert [len(lines[0]), lines[0] == lines[1]] == [2, True]
    everything = "".join(ben.read(page) for page in (*PLACES, f"/talk/{the_talk().ref}/"))
    assert [words for words in (*SAID, ana.name, ana.words) if words in everything] == [SAID[1], SAID[3]]


def take_along_and_leave(ana: Walker, ben: Walker) -> None:
    """Her file holds her words and none of Ben's; then she is gone."""
    ana.go("/safety/my-data/")
    with ana.page.expect_download() as downloading:
        ana.page.locator("a[download]").click()
    with open(downloading.value.path(), encoding="utf-8") as file:
        kept = json.dumps(json.load(file), ensure_ascii=False)
    theirs = [ana.name, ana.words, *SAID, ben.name, ben.words]
    assert [words for words in theirs if words in kept] == [ana.name, ana.words, SAID[0]]
    ana.go("/safety/delete-me/")
    ana.press("main form button")
    ana.go("/today/")
    assert ana.screens[-2:] == ["/safety/goodbye/", "/sign-in/"]
    assert sorted(one.name for one in Person.objects.all()) == sorted([ben.name, "Sol"])
    ben.page.reload()
    assert ben.said() == [SAID[1], SAID[3]]
    until(ben.page, "document.querySelectorAll('main h1').length", 1)


def test_who_leaves_is_gone_from_the_open_window(two):
    """Without a block before: the other's window turns by itself, and her words are gone."""
    ana, ben = two("en")
    arrive(ana, ben, "en")
    meet(ana, ben)
    for one in (ana, ben):
        one.is_live()
    ana.say(SAID[0])
    ben.hears(SAID[0])
    ben.say(SAID[1])
    ana.hears(SAID[1])
    ana.go("/safety/delete-me/")
    ana.press("main form button")
    ben.sees_the_end()
    expect(ben.page.locator(".words .said .text")).to_have_text([SAID[1]])
    everything = "".join(ben.read(page) for page in (*PLACES, f"/talk/{the_talk().ref}/"))
    assert [words for words in (SAID[0], ana.name, ana.words) if words in everything] == []
