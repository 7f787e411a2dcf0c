"""Reports under keys of their own, decisions with a rule, terms of stewards."""

from datetime import UTC, datetime, timedelta

import pytest

from beenthere.conversations.actions import block_peer, end_conversation, withdraw_message
from beenthere.conversations.models import Conversation, Message
from beenthere.conversations.queries import conversations_of
from beenthere.foundation import clock
from beenthere.foundation.jobs import JOBS
from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.keys.models import DestroyedKey, Key
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.keys.sweeping import owners_without_key, sweep_orphans
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from beenthere.people.models import ASKING, MEMBER, SUSPENDED, Person
from beenthere.safety import actions
from beenthere.safety.access import is_steward
from beenthere.safety.core import ENDED, Step
from beenthere.safety.models import Act, Report, Steward
from beenthere.safety.queries import acts_about, reports_of, rules
from beenthere.safety.queries.rules import default_rules
from beenthere.safety.tasks import forget_old_reports
from tests.cast import person
from tests.foundation.test_canary import everything_stored

from .conftest import answered, decided, opened, steward

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = 86400


def told(*kinds: str) -> list[tuple[str, str, str]]:
    return list(LedgerRow.objects.filter(kind__in=kinds).order_by("number").values_list("by", "act", "ref"))


def words_in(report: Report) -> list[tuple[int, bool, str]]:
    return [(one["number"], one["mine"], one["words"]) for one in Report.objects.get(pk=report.pk).copied]


def test_only_what_was_chosen_is_in_a_report(ana, reported):
    report = reported([4, 7])
    row = Report.objects.get()
    assert words_in(report) == [(4, False, "canary-4-words"), (7, True, "canary-7-words")]
    assert (row.note, row.made_by, row.answer) == ("This hurt.", ana, None)
    assert sorted(Key.objects.filter(purpose="report").values_list("owner", flat=True)) == [report.ref]
    assert told("report") == [(ana.ref, "reported", report.ref)]


def test_what_one_withdrew_oneself_and_what_never_was_is_not_copied(ana, ben, conversation, reported):
    withdraw_message(message=Message.objects.get(number=3), by=ana)
    withdraw_message(message=Message.objects.get(number=6), by=ben)
    assert words_in(reported([3, 4, 6, 99])) == [(4, False, "canary-4-words"), (6, False, "canary-6-words")]
    for numbers in ([], [3], [99], [0]):
        with pytest.raises(actions.Refused):
            reported(numbers)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("ends", [end_conversation, block_peer])
@pytest.mark.parametrize("of", ["ana", "ben"])
def test_after_an_ending_both_sides_words_can_be_sent(request, conversation, reported, ends, of):
    ends(conversation=conversation, by=request.getfixturevalue(of))
    assert words_in(reported([3, 4, 99])) == [(3, True, "canary-3-words"), (4, False, "canary-4-words")]


@pytest.mark.parametrize("note", ["x" * 4001, "a\0b", "\ud83d"])
def test_a_note_that_cannot_be_kept(reported, note):
    with pytest.raises(actions.Refused):
        reported(note=note)
    assert (Report.objects.count(), Key.objects.filter(purpose="report").count()) == (0, 0)


def test_reported_words_outlive_their_author_and_the_reporter(ana, ben, reported):
    report = reported([3, 4])
    delete_person(person=ben, by=ben)
    delete_person(person=ana, by=ana)
    assert words_in(report) == [(3, True, "canary-3-words"), (4, False, "canary-4-words")]
    assert (Report.objects.get().made_by, owners_without_key(), sweep_orphans(by=SITE)) == (None, 0, (0, 0))


def test_an_answer_closes_a_report_once(ana, sol, reported):
    sam, report = steward("Sam"), reported()
    opened(report, sol, sam)
    for words in ("", "  ", "x" * 4001, "a\0b"):
        with pytest.raises(actions.Refused):
            actions.answer_report(report=report, words=words, by=sol)
    actions.answer_report(report=Report.objects.get(), words=" We spoke of it. ", by=sol)
    with pytest.raises(actions.Closed):
        actions.answer_report(report=report, words="Again.", by=sam)
    (row,) = reports_of(ana)
    assert (row.answer, row.answered_by, row.closed_at is not None) == ("We spoke of it.", sol.ref, True)
    assert told("report")[1:] == [
        (sol.ref, "opened report: first", report.ref),
        (sam.ref, "opened report: first", report.ref),
        (sol.ref, "answered report", report.ref),
    ]


def test_words_are_destroyed_90_days_after_closing(ana, sol, reported):
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        waiting, report = reported(), reported()
        answered(report, sol, "Done.")
        hands.move(90 * DAY - 1)
        assert (actions.forget_old_reports(by=SITE), Report.objects.count()) == (0, 2)
        stolen = Report.objects.get(pk=report.pk)
        hands.move(1)
        forget_old_reports()
        assert list(Report.objects.all()) == [waiting]
        assert list(Key.objects.filter(purpose="report").values_list("owner", flat=True)) == [waiting.ref]
        assert list(DestroyedKey.objects.values_list("owner", "purpose")) == [(report.ref, "report")]
    for name in ("note", "copied", "answer"):
        with pytest.raises(KeyGone):
            getattr(stolen, name)
    assert "forget old reports" in JOBS


def test_a_crash_between_key_and_row_is_swept_up(ana, sol, reported, monkeypatch):
    report = reported()
    destroy_key(owner=report.ref, purpose="report", by=SITE)
    assert (reports_of(ana), sweep_orphans(by=SITE), Report.objects.count()) == ([], (0, 1), 0)


def test_ending_a_conversation_names_a_rule_and_tells_both(ana, ben, sol, conversation, reported):
    report = opened(reported(), sol)
    for rule, why in ((0, actions.Refused), (99, LookupError)):
        with pytest.raises(why):
            actions.decide(report=report, step=Step(ENDED), rule=rule, by=sol)
    assert Conversation.objects.get().ended_at is None
    actions.decide(report=report, step=Step(ENDED), rule=6, by=sol)
    assert Conversation.objects.get().ended_at is not None
    seen = [
        [(act.kind, act.rule_number, act.rule, act.decided_by) for act in acts_about(one)]
        for one in (ana, ben)
    ]
    assert seen == [[(ENDED, 6, default_rules()[5], sol.ref)]] * 2
    assert [line.is_open for one in (ana, ben) for line in conversations_of(one)] == [False, False]
    assert told("report")[-1] == (sol.ref, "decided: ended", report.ref)


def test_deciding_where_somebody_left_does_nothing_to_others(ana, ben, sol, reported):
    report = reported()
    delete_person(person=ben, by=ben)
    with pytest.raises(actions.Refused):
        decided(report, sol, limit="slow", days=3)
    assert (Act.objects.count(), Person.objects.get(pk=ana.pk).standing) == (0, MEMBER)


def test_an_appeal_is_a_report_of_its_own(ana, ben, sol, reported):
    decided(reported(), sol, limit="slow", days=3)
    act = Act.objects.get()
    with pytest.raises(PermissionError):
        actions.appeal(act=act, note="Not mine.", by=ana)
    with pytest.raises(actions.Refused):
        actions.appeal(act=act, note=" ", by=ben)
    report = actions.appeal(act=act, note="I was quoting a film.", by=ben)
    assert (report.kind, report.subject, report.copied) == ("act", act.ref, [])


def test_terms(ana):
    actions.name_steward(person=ana, by=SITE)
    actions.name_steward(person=ana, by=SITE)
    assert is_steward(ana)
    assert Steward.objects.get().until_at - clock.now() > timedelta(days=179)
    actions.end_term(person=ana, by=SITE)
    actions.end_term(person=ana, by=SITE)
    assert not is_steward(ana)
    actions.name_steward(person=ana, by=SITE)
    assert is_steward(ana)
    assert [act for _, act, ref in told("person") if act != "welcomed"] == [
        "named steward",
        "term ended",
        "named steward",
    ]


@pytest.mark.parametrize("standing", [SUSPENDED, ASKING])
def test_who_is_no_member_is_no_steward(sol, standing):
    sol.standing = standing
    assert (is_steward(sol), is_steward(None)) == (False, False)


def test_letting_somebody_in(sol):
    eli = person("Eli")
    Person.objects.filter(pk=eli.pk).update(standing=ASKING)
    actions.admit_asker(ref=eli.ref, by=sol)
    actions.admit_asker(ref=eli.ref, by=sol)
    actions.admit_asker(ref="0" * 16, by=sol)
    assert Person.objects.get(pk=eli.pk).standing == MEMBER
    assert told("person")[-1] == (sol.ref, "admitted", eli.ref)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_no_word_of_a_report_is_stored_in_plain(ana, ben, sol, conversation, reported, caplog, monkeypatch):
    caplog.set_level("DEBUG")
    report = reported(note="canary-note")
    monkeypatch.setattr(rules, "rules_here", lambda: ["canary-rule"])
    decided(report, sol, rule=1)
    answered(report, sol, "canary-answer")
    stored = everything_stored()
    assert report.ref.encode() in stored, "the search reads what is stored"
    canaries = ["canary-4-words", "canary-note", "canary-rule", "canary-answer"]
    assert [one for one in canaries if one.encode() in stored or one.encode().hex().encode() in stored] == []
    assert [one for one in canaries if one in caplog.text] == []
