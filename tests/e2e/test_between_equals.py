"""What a pair has beside the words: each step in two browsers, live in the window of the other."""

import json
import re
from base64 import b64decode
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from beenthere.conversations.actions import open_conversation
from beenthere.conversations.models import Message
from beenthere.foundation.refs import SITE
from beenthere.people.models import SignIn
from beenthere.safety.models import Report
from beenthere.stories.models import Piece
from tests import cast

from .walking import Walker, the_talk, until

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
PACE, LEFT_OUT = "Slowly, in the evenings", "Hospitals"
OVER = "button[value='middle over']"
WRITTEN = "For a year I could not sit at that table. Then I did, and it was a table."
CLEAR = "The cup may stay as long as it likes."
NOTE, UNDER_NOTE = "my mother's last week", "She asked for the window to be open."
NUMBER = "Call me on 07700 900123 when it is bad."
ELSEWHERE = "https://www.wikipedia.org/"
STORED = "Object.fromEntries(Object.entries(localStorage))"
# Hours, and moments as machines read them.
TIMES = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+|\b\d\d:\d\d\b")
SOUP, OTHER = "More soup came today.", "Here it is her coat."


def agree(ana: Walker, ben: Walker) -> None:
    """Ana proposes, Ben says yes: before it nothing holds, after it both windows say what does."""
    agreed = ".agreed bdi"
    ana.goes_to("agreement")
    ana.page.locator("#id_pace").fill(PACE)
    ana.page.locator("#id_leave_out").fill(LEFT_OUT)
    ana.press("button[value=propose]")
    ben.sees_line("a[href$='/agreement/']")
    assert [PACE in ben.main(), ben.page.locator(agreed).count()] == [False, 0]
    ana.goes_to()
    ana.is_live()
    assert ana.page.locator(agreed).count() == 0
    ben.press("[data-line] a[href$='/agreement/']")
    ben.press("button[value=yes]")
    ana.page.locator(agreed).first.wait_for()
    ben.goes_to()
    ben.is_live()
    told = [one.page.locator(".agreed").inner_text() for one in (ana, ben)]
    assert [[PACE in one, LEFT_OUT in one] for one in told] == [[True, True]] * 2


def keep_company(ana: Walker, ben: Walker) -> None:
    """One lamp is a line, two are lit in both windows; either goes out alone."""
    ana.beside("lamp 60")
    ben.page.locator("[data-line]").wait_for()
    assert [one.page.locator(".line.lit").count() for one in (ana, ben)] == [0, 0]
    ben.beside("lamp 15")
    for one in (ana, ben):
        one.page.locator(".line.lit .sign, .line.lit svg").wait_for()
    ana.beside("lamp out")
    ben.page.locator(".line.lit").wait_for(state="detached")
    ben.beside("lamp out")
    for one in (ana, ben):
        expect(one.page.locator("[data-line]")).to_have_count(0)


def take_turns(ana: Walker, ben: Walker) -> None:
    """Who was asked has the first turn; only who has it can hand it over; either ends it."""
    ana.beside("middle 5")
    ben.sees_line("button[value='middle 5']")
    ben.page.locator("[data-line] button[value='middle 5']").click()
    for one, other in ((ben, ana), (ana, ben)):
        one.sees_line(OVER)
        other.page.locator(".line.turn").wait_for()
        expect(other.page.locator(OVER)).to_have_count(0)
        one.page.locator(OVER).click()
        other.sees_line(OVER)
    ana.beside("middle no")
    for one in (ana, ben):
        one.page.locator(".line.turn").wait_for(state="detached")


def wish(ana: Walker, ben: Walker) -> None:
    """The other sees it, who wished does not see it as the other's; taken away it is gone."""
    ana.beside("wish heard")
    expect(ben.page.locator("[data-line]")).to_have_count(1)
    ana.page.locator("button[value='wish none']").wait_for()
    expect(ana.page.locator("[data-line]")).to_have_count(0)
    ana.beside("wish none")
    expect(ben.page.locator("[data-line]")).to_have_count(0)


def test_what_stands_beside_the_words(pair):
    ana, ben = pair()
    agree(ana, ben)
    keep_company(ana, ben)
    take_turns(ana, ben)
    wish(ana, ben)
    assert Message.objects.count() == 0


def ask(ana: Walker) -> None:
    """A question goes into the box, and no further."""
    ana.page.locator("[data-key=question] > summary").click()
    ana.page.locator("a[data-look][data-key=hope]").click()
    ana.page.locator("a[data-key=hope][aria-current]").wait_for()
    question = ana.page.locator("a[data-ask]").nth(1).inner_text()
    ana.page.locator("a[data-ask]").nth(1).click()
    expect(ana.page.locator("#id_words")).to_have_value(question)
    expect(ana.page.locator("#id_words")).to_be_focused()
    assert [len(question) > 10, Message.objects.count()] == [True, 0]
    ana.page.locator("#id_words").fill("")


def been_there(ana: Walker, ben: Walker) -> None:
    """A piece written on the spot comes along, and is gone from the other's window when it is taken back."""
    ben.say(OTHER)
    ana.hears(OTHER)
    ana.press("#m1 a[href*='/been-there/']")
    ana.page.locator("input[name=carry][value=written]").check()
    ana.page.locator("#id_written").fill(WRITTEN)
    ana.press("form.offering button.main")
    expect(ben.page.locator("#m2 .carried")).to_have_text(WRITTEN)
    assert ana.page.locator("#m2 .carried").inner_text() == WRITTEN
    ben.goes_to("picture")
    ana.goes_to("picture")
    sides = [
        one.page.locator(f"section[aria-labelledby={side}]") for one, side in ((ana, "mine"), (ben, "theirs"))
    ]
    assert [WRITTEN in side.inner_text() for side in sides] == [True, True]
    assert [one.page.locator("svg.circles .ring").count() for one in (ana, ben)] == [2, 2]
    ben.goes_to()
    ben.is_live()
    ana.go(f"/stories/{Piece.objects.get().ref}/")
    ana.press("form[action$='/withdraw/'] button")
    ben.page.locator("#m2 .gone").wait_for()
    assert [WRITTEN in ben.page.content(), WRITTEN in ben.read(ben.at("picture"))] == [False, False]


def keep_what_became_clear(ana: Walker, ben: Walker) -> None:
    """Offered, it is Ana's alone to see kept or not; with Ben's yes both have it."""
    ana.goes_to("clear")
    ana.page.locator("#id_words").fill(CLEAR)
    ana.press("button[value=offer]")
    ben.page.locator("a[data-key=line]").wait_for()
    assert [CLEAR in one.read("/talk/kept/") for one in (ana, ben)] == [False, False]
    ben.press("a[data-key=line]")
    ben.press("button[value=yes]")
    assert [CLEAR in one.read("/talk/kept/") for one in (ana, ben)] == [True, True]


def say_how_it_felt(ana: Walker, ben: Walker) -> None:
    """To oneself: nothing that the other reads changes."""
    pages = [ben.at(""), ben.at("felt"), "/talk/heard/", "/today/", "/talk/", "/safety/"]
    before = [ben.read(page) for page in pages]
    ana.goes_to("felt")
    ana.page.locator("input[type=radio][value=partly]").first.check()
    ana.press("form.offering button.main")
    ana.go("/talk/heard/")
    assert ana.page.locator("button[name=felt]").count() == 1
    assert [ben.read(page) for page in pages] == before
    ana.press("button[name=felt]")
    assert ana.page.locator("button[name=felt]").count() == 0


def test_what_is_offered(pair):
    ana, ben = pair()
    ask(ana)
    been_there(ana, ben)
    keep_what_became_clear(ana, ben)
    say_how_it_felt(ana, ben)


FOLDED = """() => [...document.querySelectorAll(".words .said > details:is(.muted, .noted)")].map((one) =>
  [one.parentElement.id, one.className, one.querySelector("summary").textContent,
   one.querySelector(".text").checkVisibility()])"""


def folded(one: Walker) -> list[list]:
    """Of each message that is folded: its number, the kind, the line it stands behind, whether the words
    are seen."""
    return one.page.evaluate(FOLDED)


def test_what_one_folds(pair):
    """By a note of who writes, by a word of who reads: live as on the page that is loaded again."""
    ana, ben = pair()
    ben.go("/talk/words/")
    ben.page.locator("#id_words").fill("soup\nanything else")
    ben.press("main form button.main")
    ben.goes_to()
    ben.is_live()
    ana.page.locator("details[data-note] > summary").click()
    ana.page.locator("#id_note").fill(NOTE)
    for number, words in enumerate((UNDER_NOTE, SOUP, OTHER), 1):
        ana.say(words)
        ben.page.locator(f"#m{number}").wait_for()
        expect(ana.page.locator("#id_words")).to_have_value("")
    muted = ben.page.locator("template[data-for=muted]").evaluate("one => one.content.textContent.trim()")
    wanted = [["m1", "noted", NOTE, False], ["m2", "muted", muted, False]]
    assert folded(ben) == wanted
    ben.page.reload()
    assert folded(ben) == wanted
    assert [
        words for words in (UNDER_NOTE, SOUP, OTHER) if words in ben.page.locator(".words").inner_text()
    ] == [OTHER]
    assert folded(ana) == [["m1", "noted", NOTE, False]]  # nobody else's muted words fold hers
    ben.page.locator("#m1 summary").first.click()
    assert ben.page.locator("#m1 .text").is_visible()


def test_what_is_found_and_taken_along(pair):
    """Each finds both's words; the copy holds one's own, and the other's once they said so."""
    ana, ben = pair()
    ana.say(SOUP)
    ben.hears(SOUP)
    ben.say(OTHER)
    ana.hears(OTHER)
    assert [hits(ana, "soups"), hits(ana, "coat"), hits(ben, "soup"), hits(ben, "zebra")] == [
        [SOUP],
        [OTHER],
        [SOUP],
        [],
    ]
    assert [taken_along(ana, "json"), taken_along(ana, "text")] == [[SOUP], [SOUP]]
    ben.goes_to()
    ben.beside("yes export")
    ben.page.locator("button[value='no export']").wait_for()
    assert [taken_along(ana, "json"), taken_along(ana, "text"), taken_along(ben, "json")] == [
        [SOUP, OTHER],
        [SOUP, OTHER],
        [OTHER],
    ]


def hits(one: Walker, words: str) -> list[str]:
    one.go("/talk/search/")
    one.page.locator("#id_words").fill(words)
    one.press("form.search button[type=submit]")
    assert one.page.url.endswith("/talk/search/")
    return one.page.locator(".hits .text").all_inner_texts()


def taken_along(one: Walker, kind: str) -> list[str]:
    """The words that stand in the file."""
    one.goes_to("export")
    with one.page.expect_download() as downloading:
        one.page.locator(f"a[download][href='?as={kind}']").click()
    with open(downloading.value.path(), encoding="utf-8") as file:
        told = file.read()
    if kind == "json":
        told = json.dumps(json.loads(told), ensure_ascii=False)
    return [words for words in (SOUP, OTHER) if words in told]


def signs_heard(one: Walker) -> list[dict]:
    """From now on every sign that reaches this window, also one that nobody sees."""
    frames: list[dict] = []

    def came(text) -> None:
        frame = json.loads(text)
        frames.extend([frame] if "sign" in frame else [])

    one.page.on("websocket", lambda socket: socket.on("framereceived", came))
    one.page.reload()
    one.is_live()
    return frames


def test_signs_while_both_want_them(pair):
    """Of what one alone wants nothing comes through, and nobody is told that the other wants it."""
    ana, ben = pair()
    heard = signs_heard(ana)
    before = ben.read(ben.at("beside"))
    for what in ("here", "typing", "read"):
        ana.beside(f"yes {what}")
        ana.page.locator(f"button[value='no {what}']").wait_for()
    assert ben.read(ben.at("beside")) == before
    for one in (ana, ben):
        one.page.reload()  # so that each window asks anew what is wanted
        one.is_live()
    ana.say(SOUP)
    ben.hears(SOUP)
    ben.page.locator("#id_words").press_sequentially("I am")
    ben.say(OTHER)
    ana.hears(OTHER)
    assert heard == []
    for what in ("here", "typing", "read"):
        ben.beside(f"yes {what}")
        ben.page.locator(f"button[value='no {what}']").wait_for()
    ana.page.locator("[data-signs]:not(:empty)").wait_for()
    here = ana.page.locator("[data-signs]").inner_text()
    ana.page.locator(".words #m1 + [data-read]").wait_for()
    ben.page.locator("#id_words").press_sequentially("And I")
    expect(ana.page.locator("[data-signs]")).not_to_have_text(here)
    assert sorted({frame["sign"] for frame in heard}) == ["here", "read", "typing"]
    for what in ("here", "typing", "read"):
        ben.beside(f"no {what}")
        ben.page.locator(f"button[value='yes {what}']").wait_for()
    expect(ana.page.locator("[data-signs]")).to_have_text("")
    expect(ana.page.locator(".words [data-read]")).to_have_count(0)
    until(ana.page, "document.querySelector('live-talk').signs.shown.filter(Boolean).length", 0)
    assert the_talk().last_number == 2


def test_what_is_not_sent_yet(pair, watch):
    """Nothing of it stays on the device unless one chose so; then as ciphertext, until one leaves quickly."""
    watch.expects(f"asked another host: {ELSEWHERE}")
    ana, _ben = pair()
    ana.page.context.route(ELSEWHERE, lambda route: route.fulfill(body="Elsewhere", content_type="text/html"))
    box = ana.page.locator("#id_words")
    box.press_sequentially(UNDER_NOTE)
    ana.page.reload()
    ana.is_live()
    assert [ana.page.evaluate(STORED), box.input_value()] == [{}, ""]
    ana.page.locator("details[data-drafts] > summary").click()
    ana.page.locator("[data-keep]").check()
    box.fill(UNDER_NOTE)
    name = f"draft.{the_talk().ref}"
    until(ana.page, f"'{name}' in localStorage", True)
    kept = ana.page.evaluate(STORED)
    assert set(kept) == {name, "draft.on"}
    assert [
        word
        for word in UNDER_NOTE.split()
        if len(word) > 4 and word in b64decode(kept[name]).decode("latin-1")
    ] == []
    ana.page.reload()
    expect(box).to_have_value(UNDER_NOTE)
    assert Message.objects.count() == 0
    ana.page.locator("#leave").click()
    ana.page.wait_for_url(ELSEWHERE)
    for _ in range(200):  # her page does not wait until the place has heard that she leaves
        if SignIn.objects.count() == 1:
            break
        ana.page.wait_for_timeout(50)
    ana.goes_to()  # who leaves is signed out too
    assert ["/sign-in/" in ana.page.url, ana.page.evaluate(STORED)] == [True, {}]


def held(one: Walker) -> list[str]:
    """The kinds of what is held back in the box, as the page tells them; none when nothing is."""
    shown = one.page.locator("[data-outside] [data-kind]:visible")
    return [item.get_attribute("data-kind") for item in shown.all()]


def test_a_phone_number_waits_for_the_door(pair):
    """Heard on this device: nothing goes out for it but the asking for the rules. It goes once both have
    opened the door, and waits again as soon as either closes it."""
    ana, ben = pair()
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(f"{request.method} {urlsplit(request.url).path}"))
    ana.say(NUMBER)
    expect(ana.page.locator("[data-outside]")).to_be_visible()
    assert [held(ana), ana.page.locator("#id_words").input_value()] == [["phone"], NUMBER]
    assert [one for one in asked if not one.startswith("GET /static/signposts/")] == []
    ana.press("button[name=ask]")
    assert [ana.page.locator("#id_words").input_value(), held(ana)] == [NUMBER, []]
    expect(ana.page.locator("[data-asked]")).to_be_visible()
    ana.is_live()
    ben.page.locator("[data-line]").wait_for()
    assert [Message.objects.count(), NUMBER in ben.page.content()] == [0, False]
    ben.beside("yes door")
    until(ana.page, "document.querySelector('live-talk').box.isOpen", True)
    ana.page.locator("#newest button.main").click()
    ben.hears(NUMBER)
    expect(ana.page.locator("[data-asked]")).to_have_count(0)  # "nothing was sent" is not so any more
    for one, other in ((ana, ben), (ben, ana)):
        one.beside("no door")
        until(other.page, "document.querySelector('live-talk').box.isOpen", False)
        other.say(NUMBER)
        expect(other.page.locator("[data-outside]")).to_be_visible()
        assert Message.objects.count() == 1
        for each in (one, other):
            each.page.locator("button[value='yes door']").first.wait_for(state="attached")
            each.beside("yes door")
            each.page.locator(".wants button[value='no door']").wait_for()
        until(other.page, "document.querySelector('live-talk').box.isOpen", True)


def test_a_phone_number_waits_without_script(pair, watch):
    watch.expects("status of 422")
    ana, ben = pair(java_script_enabled=False)
    ana.press_send(NUMBER)
    assert [held(ana), ana.page.locator("#id_words").input_value()] == [["phone"], NUMBER]
    ana.press("button[name=ask]")
    assert [held(ana), ana.page.locator("#id_words").input_value()] == [[], NUMBER]
    ben.page.reload()
    assert [ben.said(), Message.objects.count()] == [[], 0]
    ben.page.locator("details[data-key=between] > summary").click()
    ben.press(".wants button[value='yes door']")
    ana.press("#newest button.main")
    ben.page.reload()
    assert ben.said() == [NUMBER]
    ben.page.locator("details[data-key=between] > summary").click()
    ben.press(".wants button[value='no door']")
    ana.press_send(NUMBER)
    assert [held(ana), Message.objects.count()] == [["phone"], 1]


def test_leaving_with_a_last_word(pair, watch):
    """It passes the same door; Ben keeps it, Ana's own page says nothing of it."""
    watch.expects("status of 422")
    ana, ben = pair()
    ben.say(OTHER)
    ana.hears(OTHER)
    ana.goes_to("leave")
    ana.page.locator("#id_last_word").fill(NUMBER)
    ana.press("button[name=with]")
    assert [the_talk().ended_at, ana.page.locator("#id_last_word").input_value()] == [None, NUMBER]
    ana.page.locator("#id_last_word").fill(CLEAR)
    ana.press("button[name=with]")
    ben.sees_the_end()
    assert [one.said() for one in (ana, ben)] == [[], [OTHER]]
    assert [CLEAR in one.main() for one in (ana, ben)] == [False, True]
    ben.go(f"/safety/report/{the_talk().ref}/")
    ben.page.locator("input[name=last_word]").check()
    ben.press("form:has([name=last_word]) button.main")
    assert Report.objects.count() == 1


def end_by_deletion(one: Walker) -> None:
    one.go("/safety/delete-me/")
    one.press("main form button")


ENDINGS = {
    "left": lambda one: one.step("leave"),
    "blocked": lambda one: one.step("block"),
    "deleted": end_by_deletion,
}


def test_every_ending_looks_alike(walks_in, watch):
    """Three who all said the same to Ben go, each another way: what he has of each is the same, and so is
    the way to the stewards."""
    people = {name: cast.person("Robin") for name in ENDINGS}
    one = cast.person("Ben")
    ben = walks_in(one)
    pages: dict[str, list[str]] = {}
    for way, other in people.items():
        talk = open_conversation(people=[(one, "Ben"), (other, "Robin")], by=SITE)
        robin = walks_in(other)
        for who, words in ((robin, SOUP), (ben, OTHER)):
            who.go(f"/talk/{talk.ref}/")
            who.is_live()
            who.say(words)
            expect(who.page.locator("#id_words")).to_have_value("")
        robin.go(f"/talk/{talk.ref}/")
        ENDINGS[way](robin)
        ben.sees_the_end()
        assert [ben.said(), SOUP in ben.page.content()] == [[OTHER], False]
        addresses = [f"/talk/{talk.ref}/", f"/safety/report/{talk.ref}/", f"/talk/{talk.ref}/export/"]
        pages[way] = [TIMES.sub("then", ben.read(page).replace(talk.ref, "TALK")) for page in addresses]
        ben.press("a[href*='/safety/report/']")
        ben.page.locator(".heard input[name=chosen]").check()
        ben.press("form:has([name=chosen]) button.main")
    assert [pages["left"], pages["left"]] == [pages["blocked"], pages["deleted"]]
    assert Report.objects.count() == len(ENDINGS)


def test_the_same_in_spanish(pair, watch):
    watch.expects("status of 422")
    ana, ben = pair("es")
    agree(ana, ben)
    keep_company(ana, ben)
    ana.say("Llámame al 612 345 678 cuando sea duro.")
    expect(ana.page.locator("[data-outside]")).to_be_visible()
    assert [held(ana), Message.objects.count()] == [["phone"], 0]
    ana.goes_to("leave")
    ana.page.locator("#id_last_word").fill("Gracias por estar ahí.")
    ana.press("button[name=with]")
    ben.sees_the_end()
    assert "Gracias por estar ahí." in ben.main()
    assert [one.page.locator("html").get_attribute("lang") for one in (ana, ben)] == ["es", "es"]
