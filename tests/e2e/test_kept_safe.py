"""Kept safe: what Ana, Ben and the stewards see of it, each at a browser profile of their own."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from beenthere.conversations.actions import open_conversation
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.people.actions import join
from beenthere.people.models import SignIn
from beenthere.safety.actions import name_steward
from beenthere.safety.models import (
    ABOUT_ME,
    APPEAL,
    FIRST_LOOK,
    LIFTED,
    ON_APPEAL,
    SECOND_LOOK,
    Proposal,
    Report,
)
from beenthere.safety.queries.rules import rule_said
from tests import cast
from tests.safety.conftest import steward

from .test_between_equals import TIMES
from .walking import PASSPHRASE, PLACES, Walker

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
HEAVY = "I want to die and I don't know who else to say it to."
HELLO, AFTER = "The kettle is on here too.", "Did you sleep at all?"
WHERE = "I was in Mill Lane yesterday and stood before your blue door, the one beside the bakery."
NOTE = "I never told him where I live."
LOOK, ANOTHER_HOUSE = "He knows her street.", "I meant my own blue door."
ANSWER = "We looked: it was your own."
DRAFT = "I wanted to ask you"
STRIP = "crisis-strip [data-strip]"
RULE = 3
DESK, LOG = "/safety/desk/", "/safety/log/"


def test_words_of_crisis_are_noticed_for_who_writes_them(pair):
    """Other help stands beside her own box. His window, and every page of his, is as it was; then her words
    come as she wrote them, uncovered, and nobody was told."""
    ana, ben = pair()
    came = frames_of(ben)
    before = [ben.main(), *(ben.read(page) for page in (*PLACES, ben.at("")))]
    ana.page.locator("#id_words").press_sequentially(HEAVY)
    expect(ana.page.locator(STRIP)).to_be_visible()
    assert [ben.main(), *(ben.read(page) for page in (*PLACES, ben.at("")))] == before
    ana.page.locator("#newest button.main").click()
    ben.hears(HEAVY)
    expect(ana.page.locator("#m1 .text")).to_have_text(HEAVY)
    assert [ana.said(), ben.said()] == [[HEAVY], [HEAVY]]
    assert [one.page.locator(STRIP).is_visible() for one in (ana, ben)] == [True, False]
    assert ben.page.locator(".words details.covered").count() == 0
    assert [sorted(frame) for frame in came if "said" not in frame] == []
    assert [frame["words"] for frame in came] == [HEAVY]
    assert Report.objects.count() == 0


def frames_of(one: Walker) -> list[dict]:
    """From now on all that reaches this window, which is loaded anew for it."""
    frames: list[dict] = []

    def came(text) -> None:
        frames.append(json.loads(text))

    one.page.on("websocket", lambda socket: socket.on("framereceived", came))
    one.page.reload()
    one.is_live()
    frames.clear()
    return frames


def test_what_tells_where_she_lives_goes_from_both_windows(pair):
    """Two steps, in a window of hers; the other one that she has open and his turn by themselves. He finds
    his words on his page, she on none."""
    ana, ben = pair()
    beside = Walker(ana.page.context, ana.name, "")
    beside.goes_to()
    beside.is_live()
    talk(ana, ben)
    beside.hears(WHERE)
    loaded = [list(one.screens) for one in (beside, ben)]
    report_as_about_me(ana)
    for one in (beside, ben):
        expect(one.page.locator("#m2 .gone")).to_have_text("Hidden until a steward has looked.")
        assert [one.said(), WHERE in one.page.content()] == [[HELLO, AFTER], False]
    assert [beside.screens, ben.screens] == loaded
    assert [WHERE in one.read(one.at("")) for one in (ana, ben)] == [False, True]
    assert [page for page in PLACES if WHERE in ana.read(page)] == []


def talk(ana: Walker, ben: Walker) -> None:
    """Three messages; the second tells where she lives."""
    for one, other, words in ((ana, ben, HELLO), (ben, ana, WHERE), (ana, ben, AFTER)):
        one.say(words)
        other.hears(words)
        expect(one.page.locator("#id_words")).to_have_value("")


def report_as_about_me(ana: Walker) -> Report:
    """From the message itself, in two presses."""
    ana.press("#m2 a.report")
    chosen = ana.page.locator("input[name=chosen]:checked")
    assert [one.get_attribute("value") for one in chosen.all()] == ["2"]
    ana.page.locator(f"input[name=lane][value={ABOUT_ME}]").check()
    ana.page.locator("#id_note").fill(NOTE)
    ana.press("form:has([name=chosen]) button.main")
    return Report.objects.get()


@pytest.fixture
def sol(walks_in) -> Walker:
    """A steward who came in by a passphrase, yesterday."""
    one = join(name="Sol", prefers={"language": "en"}, passphrase=PASSPHRASE, passkey=None).person
    name_steward(person=one, by=SITE)
    walker = walks_in(one)
    SignIn.objects.filter(person=one).update(proved_at=clock.now() - timedelta(days=1))
    return walker


@pytest.fixture
def visitor(open_place, new_profile) -> Walker:
    """Somebody without an account."""
    return Walker(new_profile(base_url=open_place.address), "", "")


def seen_of(one: Walker) -> list[str]:
    """What of the talk and of the report stands anywhere in the page."""
    return [words for words in (HELLO, WHERE, AFTER, NOTE) if words in one.page.content()]


def test_a_steward_sees_what_was_reported_and_nothing_else(pair, sol, visitor, watch):
    watch.expects("status of 422")
    ana, ben = pair()
    talk(ana, ben)
    report = report_as_about_me(ana)
    assert [one.page.request.get(DESK).status for one in (ana, ben)] == [404, 404]
    sol.go(DESK)
    assert [seen_of(sol), sol.page.locator("ol.rows a").count()] == [[], 1]
    sol.press("ol.rows a")
    open_with_a_reason_and_a_proof(sol, report)
    assert sol.page.locator("main blockquote").all_inner_texts() == [NOTE, WHERE]
    assert [seen_of(sol), names_in(sol, ana, ben)] == [[WHERE, NOTE], []]
    limit_introductions(sol)
    ben.go("/today/")
    ben.press(".aside a[href*='/safety/decision/']")
    assert [rule_said(RULE, "en") in ben.main(), NOTE in ben.page.content()] == [True, False]
    assert "/safety/decision/" not in ana.read("/safety/")
    assert logged(visitor, ana, ben, sol) == ["Somebody limited for a while."]
    assert f"By rule {RULE}. The second look waits." in visitor.main()


def open_with_a_reason_and_a_proof(sol: Walker, report: Report) -> None:
    """Neither the sign-in of yesterday nor a press without a reason opens it."""
    here = f"{DESK}{report.ref}/"
    sol.press("button[value=open]")
    assert ["/me/prove/" in sol.page.url, seen_of(sol)] == [True, []]
    sol.page.locator("main input[name=passphrase]").fill(PASSPHRASE)
    sol.press("form:has(input[name=passphrase]) button.main")
    assert [sol.page.url.endswith(here), seen_of(sol)] == [True, []]
    sol.page.locator("button[value=open]").click()  # the browser asks for a reason: none is chosen before
    assert [sol.page.locator("#id_reason:invalid").count(), seen_of(sol)] == [1, []]
    sol.page.locator("#id_reason").evaluate("one => (one.required = false)")
    sol.press("button[value=open]")
    assert [sol.page.locator("#id_reason_error").count(), seen_of(sol)] == [1, []]
    open_report_on_its_page(sol, report, FIRST_LOOK)


def open_report_on_its_page(one: Walker, report: Report, reason: str) -> None:
    """Before it not a word of it is there."""
    one.go(f"{DESK}{report.ref}/")
    assert [seen_of(one), one.page.locator("main blockquote").count()] == [[], 0]
    one.page.locator("#id_reason").select_option(reason)
    one.press("button[value=open]")


def limit_introductions(sol: Walker) -> None:
    """One steward can; not without a rule, and not without an end."""
    sol.page.locator("#id_done").select_option("no_introductions")
    for fill in (
        lambda: sol.page.locator("#id_days").fill("7"),
        lambda: sol.page.locator("#id_rule").select_option(str(RULE)),
    ):
        sol.press("button[value=decide]")
        assert [sol.page.locator(".notice.wrong").count(), decided_there(sol)] == [1, []]
        fill()
    sol.press("button[value=decide]")
    assert [decided_there(sol), Proposal.objects.count()] == [["No new introductions."], 0]


def decided_there(one: Walker) -> list[str]:
    """What the page of the report says was decided."""
    return one.page.locator("main .rows li b").all_inner_texts()


def names_in(one: Walker, *people: Walker) -> list[str]:
    return [each.name for each in people if each.name in one.main()]


def logged(visitor: Walker, *people: Walker) -> list[str]:
    """The kinds that anybody reads in the public log; nobody, and nothing that was said, is there."""
    visitor.go(LOG)
    assert [names_in(visitor, *people), seen_of(visitor)] == [[], []]
    refs = Report.objects.values_list("ref", "subject")
    assert [ref for two in refs for ref in two if ref in visitor.page.content()] == []
    return visitor.page.locator("main .rows li b").all_inner_texts()


def test_what_is_grave_takes_two_and_is_looked_at_by_a_third(pair, walks_in, visitor):
    ana, ben = pair()
    talk(ana, ben)
    report = report_as_about_me(ana)
    ana.goes_to()
    ana.is_live()
    one, two, three = (walks_in(steward(name)) for name in ("Sol", "Sam", "Kim"))
    propose_to_remove(one, report)
    assert only_holds(ben)
    agree(two, report)
    expect(ana.page.locator("#m2 .gone")).to_have_text("Taken away by the stewards.")
    assert [only_holds(ben), "took away what you reported" in ana.read("/safety/")] == [False, True]
    assert logged(visitor, ana, ben, one, two, three) == ["It is removed."]
    assert "A second steward looked: it stands." in visitor.main()
    appeal = see_it_otherwise(ben)
    assert [has_at_the_desk(each, appeal) for each in (one, two, three)] == [False, False, True]
    decide_as_a_third(three, appeal, report)
    ana.hears(WHERE)
    ben.go("/safety/")
    assert ben.page.locator(".answered .said-words").all_inner_texts() == [ANSWER]
    assert "It does not hold any more." in ben.main()
    assert logged(visitor, ana, ben, one, two, three) == ["It is removed."]
    assert "Another steward lifted it." in visitor.main()


def propose_to_remove(one: Walker, report: Report) -> None:
    """It only holds, and who proposed it can take it back and not agree to it."""
    open_report_on_its_page(one, report, FIRST_LOOK)
    one.page.locator("#id_done").select_option("removed")
    one.page.locator("#id_rule").select_option(str(RULE))
    one.page.locator("#id_note").fill(LOOK)
    one.press("button[value=decide]")
    waits = [one.page.locator(f"button[value={step}]").count() for step in ("agree", "disagree", "decide")]
    assert [waits, decided_there(one)] == [[0, 1, 0], ["It is removed."]]


def only_holds(ben: Walker) -> bool:
    """Whether his page says so of the one decision that it tells."""
    ben.go("/safety/")
    assert ben.page.locator("a[href*='/safety/decision/']").count() == 1
    assert rule_said(RULE, "en") in ben.main()
    return "This only holds until a second steward has looked" in ben.main()


def agree(two: Walker, report: Report) -> None:
    """The second steward, who finds it waiting, and reads the very same words before."""
    two.go(DESK)
    assert [two.page.locator("ul.rows a").count(), seen_of(two), LOOK in two.main()] == [1, [], False]
    two.press("ul.rows a")
    open_report_on_its_page(two, report, SECOND_LOOK)
    assert [seen_of(two), LOOK in two.main()] == [[WHERE, NOTE], True]
    two.press("button[value=agree]")
    assert [two.page.locator(f"button[value={step}]").count() for step in ("agree", "disagree")] == [0, 0]


def see_it_otherwise(ben: Walker) -> Report:
    """From the page that tells him of it."""
    ben.go("/safety/")
    ben.press("a[href*='/safety/decision/']")
    assert [words for words in (LOOK, NOTE) if words in ben.page.content()] == []
    ben.page.locator("#id_note").fill(ANOTHER_HOUSE)
    ben.press("form:has(#id_note) button.main")
    assert ben.page.url.endswith("/safety/?sent")
    return Report.objects.get(kind=APPEAL)


def has_at_the_desk(one: Walker, report: Report) -> bool:
    """Whether it is in their list; to whom it is not there, its page is not there either."""
    address = f"{DESK}{report.ref}/"
    one.go(DESK)
    listed = one.page.locator(f"a[href='{address}']").count() == 1
    assert one.page.request.get(address).status == (200 if listed else 404)
    return listed


def decide_as_a_third(three: Walker, appeal: Report, report: Report) -> None:
    """What he says is in the appeal; the words that it rests on are opened on their own, for a reason."""
    open_report_on_its_page(three, appeal, ON_APPEAL)
    assert [three.page.locator("main blockquote").all_inner_texts(), seen_of(three)] == [[ANOTHER_HOUSE], []]
    three.press(f"main a[href='{DESK}{report.ref}/']")
    open_report_on_its_page(three, report, ON_APPEAL)
    assert seen_of(three) == [WHERE, NOTE]
    three.go(f"{DESK}{appeal.ref}/")
    three.page.locator("#id_words").fill(ANSWER)
    three.page.locator("#id_review").select_option(LIFTED)
    three.press("button[value=answer]")


def test_who_blocks_is_absent_as_who_left(walks_in):
    """Ben is just writing: his open window, what he finds when he comes back and his lists say the same of
    both, and nothing of either."""
    person = cast.person("Ben")
    ben = walks_in(person)
    seen = {way: gone(ben, person, walks_in, way) for way in ("leave", "block")}
    assert seen["leave"] == seen["block"]
    ben.go("/talk/")
    lines = ben.page.locator(".ended li").all_inner_texts()
    assert [len(lines), len(set(lines))] == [2, 1]
    assert [page for page in PLACES if "Robin" in ben.read(page) or HELLO in ben.read(page)] == []


def gone(ben: Walker, person, walks_in: Callable[..., Walker], way: str) -> list[str]:
    """What Ben's window says when another Robin went this way, and what it says when he comes back to it."""
    other = cast.person("Robin")
    there = open_conversation(people=[(person, "Ben"), (other, "Robin")], by=SITE)
    robin = walks_in(other)
    for one in (robin, ben):
        one.go(f"/talk/{there.ref}/")
        one.is_live()
    robin.say(HELLO)
    ben.hears(HELLO)
    ben.page.locator("#id_words").fill(DRAFT)
    robin.step(way)
    expect(ben.page.locator("#newest button.main")).to_be_disabled()
    assert [ben.page.locator("#id_words").input_value(), ben.said()] == [DRAFT, []]
    assert HELLO not in ben.main(), "not for those who hear the page either"
    told = [ben.main()]
    ben.page.reload()
    assert [name for name in ("Robin", HELLO) if name in ben.main()] == []
    return [TIMES.sub("then", text) for text in (*told, ben.main())]
