"""Words that went are held for seven days under the key of the day, and no longer; and nobody but a report
opens them."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import (
    Draft,
    end_conversation,
    open_conversation,
    send_messages,
    withdraw_message,
)
from beenthere.conversations.actions import holding as acting
from beenthere.conversations.models import Conversation, Held, Message
from beenthere.conversations.models.keeping import HOLD
from beenthere.conversations.queries import messages_for
from beenthere.conversations.queries.holding import heard_in, sent_in
from beenthere.conversations.tasks.holding import let_holds_go
from beenthere.foundation import clock, leaving
from beenthere.foundation.jobs import JOBS
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.models import DestroyedKey, Key
from beenthere.foundation.keys.opening import KeyGone, drop_opened, open_key
from beenthere.foundation.keys.sweeping import owners_without_key, sweep_orphans
from beenthere.foundation.leaving import StillHere
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.foundation.taking import everything_of
from beenthere.people.actions import delete_person
from beenthere.people.models import Person
from beenthere.safety.actions import Refused, make_report
from beenthere.safety.models import Report
from beenthere.stories.actions import withdraw_piece, write_piece
from beenthere.stories.models import Piece
from tests.cast import person, signed_in
from tests.foundation.test_canary import everything_stored

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = 86400
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = "2026-03-01"


def at(number: int) -> Message:
    return Message.objects.select_related("conversation").get(number=number)


def can_be_sent(who, talk) -> list[tuple[int, str]]:
    """What a report of `who` could hold, by number."""
    room = get_room_for(who, talk.ref)
    return [(one.number, one.words) for one in sent_in(who, room, range(1, 50))[0] if not one.mine]


def hold_keys() -> list[str]:
    return list(Key.objects.filter(purpose=HOLD).order_by("owner").values_list("owner", flat=True))


@pytest.fixture
def hands():
    with clock.stopped_at(NOON) as hands:
        yield hands


@pytest.fixture
def talked(hands, ana, ben, talk, say) -> Conversation:
    """Ana's 1 and 3, Ben's 2 and 4."""
    for number in range(2):
        say(ana, f"Of Ana, {number}.")
        say(ben, f"PLANTED of Ben, {number}.")
    return talk


def test_withdrawn_words_are_held_before_they_go(ana, ben, talked):
    withdraw_message(message=at(2), by=ben)
    row, held = Message.objects.get(number=2), Held.objects.get()
    assert (row.__dict__["words"], row.note, row.piece_proven, len(row.digest)) == (None, None, "", 64)
    assert (held.number, held.day, held.said_at, held.digest) == (2, TODAY, row.made_at, row.digest)
    assert held.told == {
        "words": "PLANTED of Ben, 0.",
        "kind": "words",
        "note": "",
        "piece": "",
        "mark": row.mark,
        "piece_words": "",
    }
    assert hold_keys() == [TODAY]
    withdraw_message(message=at(4), by=ben)
    assert (hold_keys(), [one.number for one in Held.objects.order_by("number")]) == ([TODAY], [2, 4])


def test_the_seventh_day_opens_and_the_eighth_never_again(ana, ben, talked, hands):
    withdraw_message(message=at(2), by=ben)
    hands.move(7 * DAY + DAY // 2 - 1)
    let_holds_go()
    drop_opened()
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]
    in_a_backup = Held.objects.get()
    hands.move(1)  # the eighth day begins
    drop_opened()
    assert can_be_sent(ana, talked) == [(4, "PLANTED of Ben, 1.")], "before any job ran"
    let_holds_go()
    assert (Held.objects.count(), hold_keys(), Message.objects.get(number=2).digest) == (0, [], "")
    assert list(DestroyedKey.objects.values_list("owner", "purpose")) == [(TODAY, HOLD)]
    with pytest.raises(KeyGone):
        _ = in_a_backup.told
    with pytest.raises(KeyGone):
        open_key(in_a_backup.__dict__["told"].key_ref)
    with pytest.raises(KeyGone):
        make_key(owner=TODAY, purpose=HOLD, by=SITE)
    with pytest.raises(Refused):
        make_report(conversation=talked, numbers=[2], note="", by=ana)
    assert Message.objects.get(number=4).digest != "", "what stands keeps its proof"
    assert list(LedgerRow.objects.filter(act="held words forgotten").values_list("ref", flat=True)) == [TODAY]
    assert {"let held words go", "ask about silences"} <= set(JOBS)


def test_each_day_has_its_own_key(ana, ben, talked, hands):
    withdraw_message(message=at(2), by=ben)
    hands.move(DAY)
    withdraw_message(message=at(4), by=ben)
    assert hold_keys() == [TODAY, "2026-03-02"]
    hands.move(7 * DAY)
    let_holds_go()
    assert (hold_keys(), can_be_sent(ana, talked)) == (["2026-03-02"], [(4, "PLANTED of Ben, 1.")])


def test_nobody_reads_what_is_held(client, ana, ben, talked):
    withdraw_message(message=at(2), by=ben)
    for who in (ana, ben):
        assert "PLANTED of Ben, 0." not in str([one.words for one in messages_for(who, talked)])
        assert "PLANTED of Ben, 0." not in str(everything_of(who.ref))
        browser = signed_in(client, who)
        for address in (f"/talk/{talked.ref}/", f"/safety/report/{talked.ref}/", "/today/", "/safety/"):
            assert "PLANTED of Ben, 0." not in browser.get(address).content.decode()
    make_report(conversation=talked, numbers=[2], note="", by=ana)
    assert "PLANTED" not in str(everything_of(ana.ref))
    assert "PLANTED" not in signed_in(client, ana).get("/safety/").content.decode()


def test_only_who_received_them_reports_them(ana, ben, talked):
    withdraw_message(message=at(2), by=ben)
    withdraw_message(message=at(3), by=ana)
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]
    assert [number for number, _ in can_be_sent(ben, talked)] == [1, 3]
    with pytest.raises(Refused):
        make_report(conversation=talked, numbers=[2], note="", by=ben)
    (one,) = make_report(conversation=talked, numbers=[2], note="", by=ana).copied
    assert (one["words"], one["proven"]) == ("PLANTED of Ben, 0.", True)
    report = Report.objects.get()
    acts = list(LedgerRow.objects.filter(ref=report.ref).order_by("number").values_list("by", "act"))
    assert acts == [(ana.ref, "opened held words"), (ana.ref, "reported")]


def test_the_page_says_when_and_not_what(client, ana, ben, talked, hands):
    withdraw_message(message=at(2), by=ben)
    page = signed_in(client, ana).get(f"/safety/report/{talked.ref}/").content.decode()
    assert "What the other took back" in page and "Sunday, March 1, 12:00" in page
    answer = client.post(f"/safety/report/{talked.ref}/", {"chosen": ["2"], "note": ""})
    assert (answer.status_code, Report.objects.get().copied[0]["words"]) == (302, "PLANTED of Ben, 0.")
    hands.move(8 * DAY)
    page = signed_in(client, ana).get(f"/safety/report/{talked.ref}/").content.decode()
    assert "What the other took back" not in page and "PLANTED of Ben, 1." in page


def test_who_deletes_themselves_leaves_words_that_can_be_reported(ana, ben, talked, hands):
    stolen = at(4)
    delete_person(person=ben, by=ben)
    with pytest.raises(KeyGone):
        _ = stolen.words
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]
    assert (owners_without_key(), sweep_orphans(by=SITE)) == (0, (0, 0))
    hands.move(3600 * 2)
    assert (sweep_orphans(by=SITE), hold_keys()) == ((0, 0), [TODAY])
    hands.move(8 * DAY)
    let_holds_go()
    assert (Held.objects.count(), hold_keys(), can_be_sent(ana, talked)) == (0, [], [])
    assert (owners_without_key(), sweep_orphans(by=SITE)) == (0, (0, 0))


def test_what_nobody_else_received_any_more_is_not_held(ana, ben, talked):
    delete_person(person=ben, by=ben)
    assert sorted(Held.objects.values_list("number", flat=True)) == [2, 4], "of Ben, for Ana"
    delete_person(person=ana, by=ana)
    assert (Held.objects.count(), Conversation.objects.count()) == (0, 0)


def test_what_cannot_be_reported_any_more_is_not_held(ana, ben, talked, hands):
    end_conversation(conversation=talked, by=ana)
    hands.move(8 * DAY)
    withdraw_message(message=at(2), by=ben)
    delete_person(person=ben, by=ben)
    assert (Held.objects.count(), hold_keys()) == (0, [])


def test_many_messages_are_held_some_at_a_time(ana, ben, talk, say, hands, monkeypatch):
    for number in range(7):
        say(ben, f"PLANTED {number}")
    monkeypatch.setattr(acting, "CHUNK", 2)
    delete_person(person=ben, by=ben)
    assert can_be_sent(ana, talk) == [(number + 1, f"PLANTED {number}") for number in range(7)]


@pytest.mark.parametrize("where", ["sealing", "keeping", "the key of the day"])
def test_a_failure_stops_the_deletion_and_nothing_is_lost(
    client, ana, ben, talked, monkeypatch, where, caplog
):
    name = {"sealing": "seal", "keeping": "keep_held", "the key of the day": "make_key"}[where]

    def fails(*rows, **named):
        raise OSError("PLANTED secret")

    monkeypatch.setattr(acting, name, fails)
    with pytest.raises(StillHere):
        delete_person(person=ben, by=ben)
    page = signed_in(client, ben).post("/safety/delete-me/")
    assert page.status_code == 503 and "Nothing was deleted" in page.content.decode()
    assert [one.words for one in messages_for(ben, talked)][1] == "PLANTED of Ben, 0."
    assert [one.words for one in messages_for(ana, talked)][1] == "PLANTED of Ben, 0."
    assert Conversation.objects.get().ended_at is None
    assert "PLANTED secret" not in caplog.text
    monkeypatch.undo()
    delete_person(person=Person.objects.get(pk=ben.pk), by=ben)
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]


def test_a_crash_between_is_taken_up_by_calling_again(ana, ben, talked, monkeypatch):
    monkeypatch.setattr("beenthere.people.actions.coming.destroy_key", lambda **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delete_person(person=ben, by=ben)
    monkeypatch.undo()
    delete_person(person=ben, by=ben)
    monkeypatch.setattr("beenthere.people.actions.coming.forget_person", lambda **named: 1 / 0)
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]


def test_a_crash_after_the_key_went_is_swept_up(ana, ben, talked, monkeypatch):
    monkeypatch.setattr("beenthere.people.actions.coming.forget_person", lambda **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delete_person(person=ben, by=ben)
    monkeypatch.undo()
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]
    delete_person(person=ben, by=ben)
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]


def test_words_sent_while_one_deletes_oneself_are_held_too(ana, ben, talked, monkeypatch):
    """Between the first look and the end of the pair."""
    ends = acting.end_conversation

    def slowly(**named):
        send_messages([Draft(ben.ref, talked.ref, "late", "PLANTED at last.")])
        ends(**named)

    monkeypatch.setattr(acting, "end_conversation", slowly)
    delete_person(person=ben, by=ben)
    assert can_be_sent(ana, talked)[-1] == (5, "PLANTED at last.")


def test_what_is_held_of_a_deletion_that_failed_changes_nothing(ana, ben, talked, monkeypatch, hands):
    """It stands beside the living words; what is withdrawn later is held for its own seven days."""
    monkeypatch.setattr(acting, "end_conversation", lambda **named: 1 / 0)
    with pytest.raises(StillHere):
        delete_person(person=ben, by=ben)
    monkeypatch.undo()
    room = get_room_for(ana, talked.ref)
    assert (Held.objects.count(), heard_in(ana, room)) == (2, [])
    hands.move(5 * DAY)
    withdraw_message(message=at(2), by=ben)
    hands.move(5 * DAY)
    let_holds_go()
    assert can_be_sent(ana, talked) == [(2, "PLANTED of Ben, 0."), (4, "PLANTED of Ben, 1.")]


@pytest.mark.parametrize("also", ["", "withdrawn", "left"])
def test_a_piece_that_was_carried_is_held(ana, ben, talked, also, hands):
    about = {"experiences": [], "language": "en"}
    piece = write_piece(words="PLANTED piece.", about=about, audience="me", by=ben)
    send_messages([Draft(ben.ref, talked.ref, "p", "I've been there.", kind="been_there", piece=piece.ref)])
    withdraw_piece(piece=piece, by=ben)
    assert Piece.objects.count() == 0
    if also == "withdrawn":
        withdraw_message(message=at(5), by=ben)
    elif also == "left":
        delete_person(person=ben, by=ben)
    (one,) = make_report(conversation=talked, numbers=[5], note="", by=ana).copied
    assert (one["words"], one["piece"], one["proven"]) == ("I've been there.", "PLANTED piece.", True)
    hands.move(8 * DAY)
    let_holds_go()
    if not also:
        (one,) = make_report(conversation=talked, numbers=[5], note="", by=ana).copied
        assert (one["words"], one["piece"], one["proven"]) == ("I've been there.", "", True)


def test_a_piece_stays_where_it_cannot_be_held(ana, ben, talked, monkeypatch):
    about = {"experiences": [], "language": "en"}
    piece = write_piece(words="PLANTED piece.", about=about, audience="me", by=ben)
    send_messages([Draft(ben.ref, talked.ref, "p", "I've been there.", kind="been_there", piece=piece.ref)])
    monkeypatch.setattr(acting, "seal", lambda *rows: 1 / 0)
    with pytest.raises(StillHere):
        withdraw_piece(piece=piece, by=ben)
    assert Piece.objects.count() == 1


def test_a_key_that_another_process_made_just_now(ana, ben, talked, monkeypatch):
    made = acting.make_key

    def twice(**named):
        made(**named)
        return made(**named)

    monkeypatch.setattr(acting, "make_key", twice)
    withdraw_message(message=at(2), by=ben)
    assert (hold_keys(), Held.objects.count()) == ([TODAY], 1)


def test_a_crash_between_the_key_of_a_day_and_its_rows(ana, ben, talked, hands):
    withdraw_message(message=at(2), by=ben)
    hands.move(8 * DAY)
    destroy_key(owner=TODAY, purpose=HOLD, by=SITE)
    assert (sweep_orphans(by=SITE), Held.objects.count()) == ((0, 1), 0)


def test_the_registry_of_what_comes_before_bears_being_told_twice():
    before = list(leaving._before[leaving.PERSON])
    assert acting.hold_before_leaving in before
    leaving.before_leaving(acting.hold_before_leaving)
    assert leaving._before[leaving.PERSON] == before


def at_once(*acts) -> list:
    """Runs `acts` in threads that start together; what each raised, or None."""
    ready, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act) -> None:
        try:
            ready.wait(timeout=20)
            act()
        except Exception as fault:
            raised[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("goes", ["withdraws", "leaves this place"])
def test_who_reports_while_the_words_go_reports_them(goes):
    """Whichever comes first: the words are always somewhere."""
    for _ in range(6):
        ana, ben = person("Ana"), person("Ben")
        talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
        send_messages([Draft(ben.ref, talk.ref, "m", "PLANTED.")])
        row = Message.objects.select_related("conversation").get(conversation=talk)
        acts = {
            "withdraws": lambda row=row, ben=ben: withdraw_message(message=row, by=ben),
            "leaves this place": lambda ben=ben: delete_person(person=ben, by=ben),
        }
        report = lambda talk=talk, ana=ana: make_report(conversation=talk, numbers=[1], note="", by=ana)  # noqa: E731
        assert at_once(acts[goes], report) == [None, None]
        (one,) = Report.objects.get(subject=talk.ref).copied
        assert (one["words"], one["proven"]) == ("PLANTED.", True)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_who_withdraws_while_they_delete_themselves_loses_nothing_to_hold():
    for _ in range(6):
        ana, ben = person("Ana"), person("Ben")
        talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
        send_messages([Draft(ben.ref, talk.ref, f"m{number}", f"PLANTED {number}.") for number in range(5)])
        rows = list(
            Message.objects.select_related("conversation").filter(conversation=talk).order_by("number")
        )
        raised = at_once(
            lambda rows=rows, ben=ben: [withdraw_message(message=row, by=ben) for row in rows],
            lambda ben=ben: delete_person(person=ben, by=ben),
        )
        assert raised[1] is None
        room = get_room_for(ana, talk.ref)
        sent = [(one.words, one.proven) for one in sent_in(ana, room, range(1, 20))[0]]
        assert sent == [(f"PLANTED {number}.", True) for number in range(5)]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_no_word_that_is_held_is_stored_in_plain(ana, ben, talk, say, caplog):
    caplog.set_level("DEBUG")
    say(ben, "PLANTEDfirst")
    say(ben, "PLANTEDsecond")
    withdraw_message(message=at(1), by=ben)
    delete_person(person=ben, by=ben)
    assert Held.objects.count() == 2
    stored = everything_stored()
    assert talk.ref.encode() in stored, "the search reads what is stored"
    for canary in (b"PLANTEDfirst", b"PLANTEDsecond"):
        assert canary not in stored and canary.hex().encode() not in stored
    assert "PLANTED" not in caplog.text
