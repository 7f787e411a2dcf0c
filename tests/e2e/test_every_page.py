"""Every page there is, as those who can reach it see it: axe finds nothing, nothing runs over, one heading
stands on top, nothing comes from elsewhere. A new address has to enter the lists below."""

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.actions.agreeing import agree, propose_agreement
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.actions.clearing import keep_alone, offer_line, say_yes
from beenthere.conversations.actions.feeling import say_felt
from beenthere.conversations.actions.lamp import light_lamp, show_wish
from beenthere.conversations.actions.middle import meet_in_the_middle
from beenthere.conversations.actions.parting import leave_with_a_last_word
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.actions.writing import keep_muted_words
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import propose
from beenthere.matching.models import Card
from beenthere.people.actions import invite, sign_in
from beenthere.safety.actions import decide, make_report, name_steward, open_report, propose_step
from beenthere.safety.core import ENDED, LIMITED, Step
from beenthere.safety.models import Act
from tests.cast import person
from tests.e2e.test_look import OVERFLOW, faults_of
from tests.matching.place_of import ana_and_ben, piece

from .walking import Walker

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
PAGES = {
    "visitor": """/ /begin/join/ /begin/address/ /begin/with/CODE/ /rules/ /about/ /pairing/ /sign-in/
        /sign-in/code/ /help/ /help/no-network/ /leaving/ /gallery/ /stories/ /stories/ANYONE/
        /safety/goodbye/ /mail/confirm/made-up/ /mail/forget/made-up/ /help/words/ /help/supporting/
        /safety/log/ /safety/papers/ /safety/papers/privacy/ /me/device/""",
    "Ana": """/today/ /me/ /me/prove/ /me/recovered/ /me/passphrase/ /me/passkeys/add/ /me/recovery/
        /me/tokens/ /me/mail/ /me/quiet/ /stories/ /stories/write/ /stories/PIECE/ /stories/PIECE/change/
        /introductions/ /introductions/CARD/ /introductions/telling/ /talk/ /talk/TALK/ /talk/OVER/ /safety/
        /talk/kept/ /talk/heard/ /talk/words/ /talk/search/ /talk/TALK/beside/ /talk/TALK/balance/
        /talk/TALK/agreement/ /talk/TALK/question/ /talk/TALK/been-there/ /talk/TALK/breather/
        /talk/TALK/clear/ /talk/OVER/clear/ /talk/TALK/picture/ /talk/TALK/felt/ /talk/TALK/leave/
        /talk/TALK/export/
        /safety/report/TALK/ /safety/decision/DECISION/ /safety/my-data/ /safety/delete-me/
        /safety/report/introduction/CARD/ /safety/check-in/ /me/never/ /me/device/ /me/codes/ /me/strip/""",
    "Ben": """/today/ /introductions/HIS/ /talk/ /talk/TALK/ /safety/report/OVER/ /talk/OVER/
        /talk/TALK/agreement/ /talk/TALK/clear/ /safety/report/piece/PIECE/""",
    "Sol": """/today/ /safety/ /safety/desk/ /safety/desk/REPORT/ /safety/desk/OPENED/ /safety/desk/PROPOSED/
        /safety/steward/ /first/two/""",
}
# Addresses that show no page of their own when asked for: they take a form, lead on, or give a file.
NO_PAGES = """begin/ begin/here/ today/room/ sign-out/ me/passkeys/<str:ref>/ me/browsers/
    me/tokens/<str:ref>/ stories/<str:ref>/withdraw/ talk/<str:ref>/withdraw/
    talk/<str:ref>/name/ talk/<str:ref>/seen/ talk/<str:ref>/pause/ talk/<str:ref>/resume/
    talk/<str:ref>/block/ talk/<str:ref>/offers/ talk/<str:ref>/box/ talk/<str:ref>/room/
    introductions/room/ safety/desk/admit/ safety/my-data/file/ i18n/setlang/
    leave/ help/kept/ help/worker.js sign-in/second/ me/codes/away/ me/never/<str:ref>/
    safety/papers/<str:name>/file/ safety/mute/talk/<str:ref>/ safety/mute/piece/<str:ref>/
    safety/block/piece/<str:ref>/ safety/unmute/ safety/desk/term/"""
# Not there in an open place that is served: before it is open, in a demo, on one machine (test_pairing).
ELSEWHERE = """first/ demo/ pair/ pair/example/ pair/forgotten/ pair/<str:ref>/ pair/<str:ref>/columns/
    pair/<str:ref>/run/ pair/<str:ref>/progress/ pair/<str:ref>/hold/ pair/<str:ref>/why/
    pair/<str:ref>/table/<str:name>/ pair/<str:ref>/left/ pair/<str:ref>/forget/"""
BY_KEYBOARD = {
    "visitor": "/ /begin/join/ /sign-in/",
    "Ana": """/today/ /introductions/CARD/ /talk/TALK/ /safety/report/TALK/ /me/ /talk/OVER/
        /talk/TALK/agreement/ /talk/TALK/been-there/ /talk/TALK/breather/ /talk/TALK/clear/ /talk/TALK/felt/
        /talk/TALK/leave/ /talk/search/ /talk/words/ /talk/kept/ /talk/heard/ /talk/TALK/export/
        /safety/check-in/ /me/never/ /me/device/ /me/strip/""",
    "Ben": "/talk/TALK/beside/ /talk/TALK/agreement/ /safety/report/OVER/ /safety/report/piece/PIECE/",
    "Sol": "/safety/desk/ /safety/desk/OPENED/ /safety/steward/",
}
LEADS_OUT = "Write to me at somebody@example.org, or call 07700 900123."
# Each control that is seen, numbered; buttons of one choice are one stop.
CONTROLS = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const seen = all.filter((one) => one.checkVisibility() && !one.disabled);
  seen.forEach((one, at) => { one.dataset.stop = one.type === "radio" ? one.name : at; });
  return [...new Set(seen.map((one) => one.dataset.stop))].sort();
}"""
STOP = "document.activeElement.dataset.stop ?? ''"


@pytest.fixture
def looking(open_place, new_profile, watch):
    """`looking("Ana", width=320)`: a walker at a place where everything is there to be looked at."""
    watch.expects("the server responded with a status of 404")  # a mail link that nobody was sent
    people, refs = somebody_everywhere()

    def looks(who: str, **options) -> Walker:
        profile = new_profile(base_url=open_place.address, **options)
        if who in people:
            _, token = sign_in(person=people[who], device="A browser", by=people[who])
            cookie = {"name": settings.SIGN_IN_COOKIE, "value": token, "url": open_place.address}
            profile.add_cookies([cookie])
        return Walker(profile, who, "")

    looks.refs = refs
    return looks


def somebody_everywhere() -> tuple[dict, dict]:
    """Ana, Ben and Sol, and the refs of what stands at the addresses."""
    ana, ben = ana_and_ben()
    fay, sol, sam = (person(name) for name in ("Fay", "Sol", "Sam"))
    for one in (sol, sam):
        name_steward(person=one, by=SITE)
    assert propose() == 1
    talk, over, judged = (
        open_conversation(people=[(ana, "Ana"), (other, other.name)], by=SITE) for other in (ben, ben, fay)
    )
    for row in (talk, over, judged):
        other = fay if row is judged else ben
        long = "Some words, and one that never ends: " + "x" * 80
        send_messages([Draft(one.ref, row.ref, "m", long) for one in (ana, other)])
    between(ana, ben, talk)
    leave_with_a_last_word(conversation=over, words="Thank you for the coat in the hall.", by=ben)
    about = make_report(conversation=judged, numbers={1}, note="It went on for days.", by=fay)
    open_report(report=about, reason="first", by=sol)
    decide(report=about, step=Step(ENDED), rule=5, by=sol)
    report = make_report(conversation=talk, numbers={1, 2}, note="This hurt. " * 20, by=ana)
    second = make_report(conversation=talk, numbers={1, 2}, note="This hurt too. " * 20, by=ana)
    open_report(report=second, reason="first", by=sol)
    grave = make_report(conversation=judged, numbers={2}, note="And this.", by=ana)
    open_report(report=grave, reason="first", by=sam)
    propose_step(report=grave, step=Step(LIMITED, "away", 30), rule=5, words="Look.", by=sam)
    open_report(report=grave, reason="second", by=sol)
    own = piece(ana, "Words for anyone. " * 12)
    type(own).objects.filter(pk=own.pk).update(audience="anyone", listed=True)
    refs = {
        "TALK": talk,
        "OVER": over,
        "REPORT": report,
        "OPENED": second,
        "PROPOSED": grave,
        "PIECE": own,
        "ANYONE": own,
    }
    refs |= {"DECISION": Act.objects.get(person=ana)}
    refs |= {"CARD": Card.objects.get(person=ana), "HIS": Card.objects.get(person=ben)}
    refs = {name: one.ref for name, one in refs.items()} | {"CODE": invite(by=sol)}
    return {"Ana": ana, "Ben": ben, "Sol": sol}, refs


def between(ana, ben, talk) -> None:
    """All that can stand beside the words, and every kind of words."""
    here = {"conversation": talk}
    for what in ("door", "read", "export"):
        want(what=what, by=ben, **here)
    for what in ("read", "here"):
        want(what=what, by=ana, **here)
    for one, wish, minutes in ((ana, "heard", 15), (ben, "hopeful", 60)):
        light_lamp(minutes=minutes, by=one, **here)
        show_wish(wish=wish, by=one, **here)
        meet_in_the_middle(minutes=5, by=one, **here)
    agreed = {"pace": "Slowly, in the evenings", "leave_out": "Hospitals", "silence_days": 7}
    agree(proposal=propose_agreement(told=agreed, by=ana, **here).ref, by=ben, **here)
    propose_agreement(told={**agreed, "crisis": "We say so. " * 20}, by=ana, **here)
    for words, by in (
        ("The cup may stay.", ana),
        ("The coat may stay.", ben),
        ("It was never about soup.", ana),
    ):
        line = offer_line(words=words, by=by, **here)
    say_yes(line=line, by=ben)
    keep_alone(words="For me alone.", by=ana, **here)
    say_felt(answers={"voice": "yes", "respect": "partly"}, by=ana, **here)
    keep_muted_words(words=["soup", "two words"], by=ana)
    for by in (ana, ben):
        say_been_there(
            words="I've been there.", mark="been", written="I could not sit there. " * 9, by=by, **here
        )
    send_messages([Draft(ben.ref, talk.ref, "noted", "The window was open.", note="her last week")])
    send_messages([Draft(ben.ref, talk.ref, "muted", "More soup.")])
    send_messages([Draft(ben.ref, talk.ref, "breath", "I need a breather.", kind="breather")])


def real(address: str, refs: dict[str, str]) -> str:
    return "/".join(refs.get(part, part) for part in address.split("/"))


def every_route(resolver=None, before: str = "") -> set[str]:
    found = set()
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern)
        found |= every_route(one, whole) if isinstance(one, URLResolver) else {whole}
    return found


def test_no_page_is_forgotten():
    looked_at = {resolve(address).route for pages in PAGES.values() for address in pages.split()}
    others = [*NO_PAGES.split(), *ELSEWHERE.split()]
    assert looked_at & set(others) == set()
    assert sorted(looked_at | set(others)) == sorted(
        route for route in every_route() if not route.startswith("api/")
    )


AT_REST = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.all(document.getAnimations().map((one) => one.finished));
}"""


@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_whole(looking, who):
    """All that axe knows at 320 px in the light; what the dark changes, the colours, once more at 360 px."""
    found = {}
    walker = looking(who, viewport={"width": 320, "height": 720}, color_scheme="light")
    page = walker.page
    for address in PAGES[who].split():
        page.set_viewport_size({"width": 320, "height": 720})
        page.emulate_media(color_scheme="light")
        walker.go(real(address, looking.refs))
        assert walker.screens[-1:] == [real(address, looking.refs)] or "made-up" in address, address
        found[address] = (faults_of(page), page.evaluate(OVERFLOW), page.locator("h1").count())
        page.set_viewport_size({"width": 360, "height": 720})
        page.emulate_media(color_scheme="dark")
        page.evaluate(AT_REST)
        found[address, "dark"] = (faults_of(page, "color-contrast"), page.evaluate(OVERFLOW), 1)
    assert {where: what for where, what in found.items() if what != ([], 0, 1)} == {}


def test_tab_reaches_every_control(looking):
    missed = {}
    for who, addresses in BY_KEYBOARD.items():
        page = looking(who).page
        for address in addresses.split():
            page.goto(real(address, looking.refs))
            controls = page.evaluate(CONTROLS)
            reached = set()
            for _ in range(len(controls) + 4):
                page.keyboard.press("Tab")
                reached.add(page.evaluate(STOP))
            assert len(controls) > 5
            missed[who, address] = [one for one in controls if one not in reached]
    assert {where: stops for where, stops in missed.items() if stops} == {}


UNFOLD = """() => document.querySelectorAll("main details").forEach((one) => { one.open = true; })"""


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (360, "light")])
def test_what_one_opens_is_whole(looking, watch, width, scheme):
    """The page of a conversation with all of it unfolded and words held back, what was found, and the pages
    on which something was refused."""
    watch.expects("status of 422")
    ana = looking("Ana", viewport={"width": width, "height": 720}, color_scheme=scheme)
    page, talk, found = ana.page, f"/talk/{looking.refs['TALK']}/", {}

    def look(name: str) -> None:
        page.evaluate(UNFOLD)
        found[name] = (faults_of(page), page.evaluate(OVERFLOW), page.locator("h1").count())

    ana.go(talk)
    ana.is_live()
    ana.say(LEADS_OUT)
    page.locator("[data-outside]").wait_for()
    look("held back")
    for step, box, button in (
        ("been-there", "#id_words", "form.offering button.main"),
        ("clear", "#id_words", "button[value=offer]"),
        ("agreement", "#id_pace", "button[value=propose]"),
        ("leave", "#id_last_word", "button[name=with]"),
    ):
        ana.go(f"{talk}{step}/")
        page.evaluate(UNFOLD)
        page.locator(box).fill(LEADS_OUT)
        ana.press(button)
        assert page.locator("main [aria-invalid=true]").count() == 1, step
        look(step)
    ana.go("/talk/search/")
    page.locator("#id_words").fill("soup")
    ana.press("form.search button[type=submit]")
    assert page.locator(".hits li").count() > 0
    look("found")
    assert {name: what for name, what in found.items() if what != ([], 0, 1)} == {}
