"""A steward sees nothing without a grant: no word, no name, no piece, no sign-in name, at any address."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from beenthere.conversations.actions import Draft, send_messages
from beenthere.foundation import clock
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token
from beenthere.people.actions.joining import join
from beenthere.people.models import Block, Person
from beenthere.safety import actions
from beenthere.safety.access.conflicts import near, readable_by
from beenthere.safety.access.grants import get_opened_report
from beenthere.safety.access.powers import POWERS, NotASteward, NotOpened, TooNear, Unrecorded, power
from beenthere.safety.models import Grant, Report
from beenthere.safety.queries.desk import nobody_can_open
from tests.cast import signed_in
from tests.house.test_who_sees_what import addresses_with_refs, methods_of_api
from tests.stories.conftest import a_piece

from .conftest import answered, brought, decided, opened, steward, talk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def canaries(ana, ben, conversation, reported) -> dict[str, str]:
    """Everything of the two that could leak, planted: what it is, by its words. Messages 4 and 6 are
    reported."""
    joined = join(
        name="Canaryname", prefers={"language": "en"}, passphrase="a long canary walk", passkey=None
    )
    for one, words in ((ana, "canary-piece-of-ana"), (ben, "canary-piece-of-ben")):
        a_piece(one, words, audience="me")
    report = reported(note="canary-note-of-report")
    planted = {f"canary-{number}-words": "message" for number in range(1, 15)}
    planted |= {"canary-piece-of-ana": "piece", "canary-piece-of-ben": "piece"}
    planted |= {"canary-note-of-report": "note", "Canaryname": "name", joined.sign_in_name: "sign-in name"}
    planted |= {"Anita": "name there", "Benno": "name there", ana.ref: "ref", ben.ref: "ref"}
    planted |= {report.subject: "conversation"}
    return planted


def every_address(report: Report, conversation) -> list[tuple[str, str]]:
    """Method and path of every page and every route of the API, filled with the refs a steward could try."""
    found = []
    for pattern in sorted(addresses_with_refs() | plain_addresses()):
        for ref in (report.ref, conversation.ref):
            path = "/" + re.sub(r"<[^>]*>", ref, pattern)
            found += [("get", path)] if path.startswith("/api/") else [("get", path), ("post", path)]
    for route in sorted(methods_of_api()):
        method, path = route.split(" ", 1)
        for ref in (report.ref, conversation.ref):
            whole = path if path.startswith("/api/") else f"/api/v1/{path}"
            found.append((method.lower(), re.sub(r"[{<][^}>]*[}>]", ref, whole)))
    return sorted(set(found))


def plain_addresses(resolver=None, before: str = "") -> set[str]:
    found = set()
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern)
        found |= plain_addresses(one, whole) if isinstance(one, URLResolver) else {whole}
    return {one for one in found if "<" not in one and "^" not in one}


def leaks(answer, planted: dict[str, str]) -> list[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = TOKEN.sub("", body.decode("utf-8", "replace")) + str(dict(answer.headers))
    return [one for one in planted if one in text]


SHUTS = ("sign-out", "delete-me", "/data", "i18n")


def asked(steward_person, report, conversation, planted) -> dict[str, list[str]]:
    """What of `planted` any answer to this steward holds, by address."""
    browser = signed_in(Client(raise_request_exception=False), steward_person)
    _, token = make_access_token(label="mine", by=steward_person)
    headers = {"Authorization": f"Bearer {token}"}
    found = {}
    for method, path in every_address(report, conversation):
        if any(one in path for one in SHUTS):
            continue
        if path.startswith("/api/"):
            given = {"data": "{}", "content_type": "application/json", "headers": headers}
            answer = browser.generic(method.upper(), path, **given)
        else:
            answer = getattr(browser, method)(path)
        # What was sent is in no answer but the address that was asked for.
        there = [one for one in leaks(answer, planted) if one not in path]
        if there:
            found[f"{method} {path}"] = there
    return found


def test_no_address_shows_a_steward_a_row_without_a_grant(sol, reported, conversation, canaries):
    report = Report.objects.get()
    assert asked(sol, report, conversation, canaries) == {}


def test_with_a_grant_exactly_the_reported_things_show(sol, conversation, canaries):
    report = opened(Report.objects.get(), sol)
    found = asked(sol, report, conversation, canaries)
    shown = sorted(["canary-4-words", "canary-6-words", "canary-note-of-report"])
    assert {at: sorted(there) for at, there in found.items()} == {
        f"get /safety/desk/{report.ref}/": shown,
        f"post /safety/desk/{report.ref}/": shown,  # the same page again, for nothing was asked of it
        f"get /api/v1/desk/{report.ref}": shown,
    }


def test_the_search_can_find(ana, reported, conversation, canaries):
    """Asked by Ana, the same search finds her own."""
    found = asked(ana, Report.objects.get(), conversation, canaries)
    assert "canary-1-words" in found[f"get /talk/{conversation.ref}/"]


def test_a_grant_ends_after_two_hours_and_the_page_is_as_before(client, sol, reported):
    report = reported()
    address = f"/safety/desk/{report.ref}/"
    with clock.stopped_at(datetime(2026, 3, 2, 12, tzinfo=UTC)) as hands:
        desk = signed_in(client, sol)
        before = TOKEN.sub("", desk.get(address).content.decode())
        assert desk.post(address, {"do": "open", "reason": "because"}).status_code == 422
        assert desk.post(address, {"do": "open", "reason": "first"}).url == address
        assert "canary-4-words" in desk.get(address).content.decode()
        hands.move(7199)
        assert get_opened_report(sol, report.ref) == report
        hands.move(1)
        drop_opened()
        with pytest.raises(Http404):
            get_opened_report(sol, report.ref)
        assert "canary" not in desk.get(address).content.decode()
        for do in ("answer", "decide", "close", "agree", "lift"):
            answer = desk.post(address, {"do": do, "words": "Late.", "done": "ended", "rule": "5"})
            assert (answer.status_code, answer.url) == (302, address)
        hands.move(-7200)
        Grant.objects.all().delete()
        assert TOKEN.sub("", desk.get(address).content.decode()) == before
    assert Report.objects.get().closed_at is None
    acts = LedgerRow.objects.filter(kind="report").values_list("by", "act", "ref")
    assert list(acts)[1:] == [(sol.ref, "opened report: first", report.ref)]


def test_a_grant_is_one_stewards_own(sol, reported):
    report, sam = opened(reported(), sol), steward("Sam")
    with pytest.raises(Http404):
        get_opened_report(sam, report.ref)
    with pytest.raises(NotOpened):
        actions.answer_report(report=report, words="Not opened.", by=sam)
    actions.close_again(report=report, by=sol)
    with pytest.raises(Http404):
        get_opened_report(sol, report.ref)


def blocks(sol: Person, one: Person) -> None:
    Block.objects.create(by_person=sol, other=one)


def is_blocked(sol: Person, one: Person) -> None:
    Block.objects.create(by_person=one, other=sol)


def is_in_a_pair(sol: Person, one: Person) -> None:
    from beenthere.people.actions import begin_company

    begin_company(people=[sol, one], kind="pair", subject=talk(sol, one, 0).ref, by=SITE)


def let_in(sol: Person, one: Person) -> None:
    Person.objects.filter(pk=one.pk).update(let_in_by=sol.ref)


def was_let_in(sol: Person, one: Person) -> None:
    Person.objects.filter(pk=sol.pk).update(let_in_by=one.ref)


NEAR = [blocks, is_blocked, is_in_a_pair, let_in, was_let_in]


@pytest.mark.parametrize("comes_near", NEAR)
@pytest.mark.parametrize("to", ["ana", "ben"])
def test_who_stands_near_one_of_the_two_does_not_see_it(request, sol, reported, comes_near, to):
    report, one = opened(reported(), sol), request.getfixturevalue(to)
    assert Report.objects.filter(readable_by(sol)).count() == 1
    comes_near(sol, one)
    sol = Person.objects.get(pk=sol.pk)
    assert near(sol) == {sol.ref, one.ref}
    assert Report.objects.filter(readable_by(sol)).count() == 0
    with pytest.raises(Http404):
        get_opened_report(sol, report.ref)  # also with a grant from before
    with pytest.raises(TooNear):
        actions.answer_report(report=report, words="I am near.", by=sol)
    assert nobody_can_open([report]) == {report.ref}
    steward("Sam")
    assert nobody_can_open([report]) == set()


@pytest.mark.parametrize("kind", ["piece", "held", "check_in", "card"])
def test_what_is_about_somebody_near_is_not_seen_either(sol, kind):
    from beenthere.matching.actions import propose
    from beenthere.matching.models import Card
    from tests.matching.place_of import ana_and_ben

    one, two = ana_and_ben()
    assert propose() == 1
    subjects = {
        "piece": a_piece(one, "Mine.").ref,
        "held": a_piece(one, "Mine.").ref,
        "check_in": one.ref,
        "card": Card.objects.get(person=two).ref,
    }
    made_by = {"piece": two, "card": two, "check_in": one}.get(kind)
    brought(kind, subjects[kind], made_by)
    assert Report.objects.filter(readable_by(sol)).count() == 1
    blocks(sol, one)
    assert Report.objects.filter(readable_by(sol)).count() == 0


def test_every_power_asks_its_gate_before_anything(ana, sol, reported):
    """Whoever is no steward, or whose term is over, uses none of POWERS."""
    report = opened(reported(), sol)
    once = steward("Once")
    actions.end_term(person=once, by=SITE)
    for one in (ana, once, SITE):
        for name, entry in POWERS.items():
            with pytest.raises(NotASteward):
                entry.run(by=one, report=report)
            assert name
    assert Report.objects.get().closed_at is None


def test_a_power_that_leaves_no_row_in_the_ledger_is_undone(sol, ben, reported):
    report = opened(reported(), sol)
    there = dict(POWERS)

    @power("a quiet one")
    def quiet(*, report, by):
        yield
        Person.objects.filter(pk=ben.pk).update(standing="suspended")

    try:
        with pytest.raises(Unrecorded):
            quiet(report=report, by=sol)
        assert Person.objects.get(pk=ben.pk).standing == "member"
    finally:
        POWERS.clear()
        POWERS.update(there)


def test_the_desk_calls_nothing_but_powers():
    """An action that a page or route of the desk calls is a power, or a steward's own affair."""
    import ast
    from pathlib import Path

    import beenthere

    run = {entry.run.__name__ for entry in POWERS.values()}
    own = {"rest", "keep_debrief", "forget_debrief", "is_grave", "Refused", "Closed", "TooFew"}
    root = Path(beenthere.__file__).parent
    called = set()
    for name in ("safety/views/desk.py", "safety/views/stewards.py", "api/desk.py"):
        for node in ast.walk(ast.parse((root / name).read_text())):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "actions":
                called.add(node.attr)
    assert called - own - run == set()
    assert {entry.run.__name__ for entry in POWERS.values()} - called == set(), "a power without a page"


def test_the_list_holds_facts_and_clocks_alone(sol, ana, ben, reported, conversation):
    from beenthere.safety.queries import desk_of

    with clock.stopped_at(datetime(2026, 3, 2, 12, tzinfo=UTC)) as hands:
        for lane, hours, kind in (("other", 2, "conversation"), ("danger", 9, "conversation")):
            report = reported()
            due = clock.now().replace(hour=12 + hours)
            Report.objects.filter(pk=report.pk).update(lane=lane, due_at=due, kind=kind)
        check = reported()
        Report.objects.filter(pk=check.pk).update(kind="check_in", due_at=clock.now(), subject="x" * 16)
        hands.move(3600 * 5)
        lines = desk_of(sol)
        assert [(line.kind, line.lane, line.clock) for line in lines] == [
            ("check_in", "other", "5 hours late"),
            ("conversation", "danger", "4 hours left"),
            ("conversation", "other", "3 hours late"),
        ]
        page = signed_in(Client(), sol).get(reverse("safety:desk")).content.decode()
        assert re.findall(r"\d hours (?:left|late)", page) == ["5 hours late", "4 hours left", "3 hours late"]


def test_load_is_told_in_words_and_rest_keeps_the_desk_away(client, sol, reported):
    from beenthere.safety.queries import desk_of, steward_refs

    answered(reported(), sol)
    report = reported()
    page = signed_in(client, sol).get("/safety/desk/").content.decode()
    assert "You answered one report in the last 30 days. One is open to you now." in page
    assert client.post("/safety/steward/", {"do": "rest", "days": "7"}).status_code == 302
    assert (desk_of(sol), steward_refs(report)) == ([], [])
    page = client.get("/safety/desk/").content.decode()
    assert ("You are resting" in page, report.ref in page) == (True, False)
    client.post("/safety/steward/", {"do": "rest", "days": "0"})
    assert (len(desk_of(sol)), steward_refs(report)) == (2, [sol.ref])


def test_what_a_steward_writes_for_themself_is_theirs_alone(client, sol, ana):
    assert client.get("/safety/steward/").status_code == 404
    assert signed_in(client, ana).get("/safety/steward/").status_code == 404
    signed_in(client, sol)
    assert client.post("/safety/steward/", {"do": "debrief", "words": " "}).status_code == 422
    client.post("/safety/steward/", {"do": "debrief", "words": "That one was hard."})
    page = client.get("/safety/steward/").content.decode()
    assert "That one was hard." in page
    others = signed_in(Client(), steward("Sam")).get("/safety/steward/").content.decode()
    assert "That one was hard." not in others
    (ref,) = re.findall(r'name="debrief" value="([^"]+)"', page)
    signed_in(Client(), steward("Kim")).post("/safety/steward/", {"do": "forget", "debrief": ref})
    assert "That one was hard." in client.get("/safety/steward/").content.decode()
    client.post("/safety/steward/", {"do": "forget", "debrief": ref})
    assert "That one was hard." not in client.get("/safety/steward/").content.decode()


def test_the_api_opens_and_closes_as_the_pages_do(client, sol, reported):
    report = reported()
    _, token = make_access_token(label="mine", by=sol)
    ask = {"headers": {"Authorization": f"Bearer {token}"}, "content_type": "application/json"}
    at = f"/api/v1/desk/{report.ref}"
    assert client.get(at, **ask).json()["copied"] is None
    for path, told in (("answer", {"words": "x"}), ("decide", {"done": "ended", "rule": 5})):
        answer = client.post(f"{at}/{path}", json.dumps(told), **ask)
        assert answer.status_code == 409
    opened_now = client.post(f"{at}/open", json.dumps({"reason": "first"}), **ask).json()
    assert [one["words"] for one in opened_now["copied"]] == ["canary-4-words", "canary-6-words"]
    assert client.post(f"{at}/decide", json.dumps({"done": "ended", "rule": 99}), **ask).status_code == 422
    assert client.post(f"{at}/decide", json.dumps({"done": "ended", "rule": 5}), **ask).status_code == 200
    assert client.post("/api/v1/desk/rest", json.dumps({"days": 3}), **ask).status_code == 200
    assert client.get("/api/v1/desk/", **ask).json() == []
    (week,) = client.get("/api/v1/log").json()
    assert week["lines"] == [{"kind": "ended", "rule": 5, "review": "", "count": 1}]


def test_messages_after_a_report_stay_where_they_are(ana, ben, sol, conversation, reported):
    report = opened(reported(), sol)
    send_messages([Draft(ben.ref, conversation.ref, "later", "canary-later")])
    assert "canary-later" not in json.dumps(get_opened_report(sol, report.ref).copied)
    decided(report, sol)
    assert "canary-later" not in json.dumps(get_opened_report(sol, report.ref).copied)


def test_the_page_says_plainly_when_nobody_can_open_it(client, sol, ana, reported):
    reported()
    here = signed_in(client, ana)
    said = "Nobody can open it now"
    assert said not in here.get("/safety/").content.decode()
    blocks(sol, ana)
    assert said in here.get("/safety/").content.decode()
    steward("Sam")
    assert said not in here.get("/safety/").content.decode()
