"""A report copies what was sent, with its proof: nothing can be forged into it, and nothing sent denied."""

from dataclasses import replace

import pytest
from django.db import connection

from beenthere.conversations.access import rooms_of
from beenthere.conversations.actions import Draft, open_conversation, send_messages, withdraw_message
from beenthere.conversations.actions.parting import leave_with_a_last_word
from beenthere.conversations.models import Held, Kept, Membership, Message
from beenthere.conversations.queries import proving
from beenthere.conversations.queries.holding import sent_in
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from beenthere.safety.actions import make_report, name_steward, open_report
from beenthere.safety.models import Report
from beenthere.stories.actions import write_piece
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DENIED = "This does not match what was sent here."
PROVEN = "Proven: these very words were sent here."


@pytest.fixture
def words(ana, ben, talk, say) -> Message:
    """Message 2, of Ben, to Ana; Ana's are 1 and 3."""
    say(ana, "How are you?")
    piece = write_piece(
        words="A piece of Ben's.", about={"experiences": [], "language": "en"}, audience="me", by=ben
    )
    said = Draft(
        ben.ref, talk.ref, "m2", "PLANTED, of Ben.", kind="been_there", note="A threat", piece=piece.ref
    )
    (outcome,) = send_messages([said])
    assert outcome.number == 2
    say(ana, "Please stop.")
    return Message.objects.get(number=2)


def reported(ana, talk, *numbers: int) -> list[tuple]:
    report = make_report(conversation=talk, numbers=numbers, note="", by=ana)
    return [(one["number"], one["words"], one["proven"]) for one in Report.objects.get(pk=report.pk).copied]


def changed(row: Message, **facts) -> None:
    """As somebody would who has the database and every key."""
    for name, value in facts.items():
        setattr(row, name, value)
    seal(row)
    row.save()


def test_what_was_sent_is_proven(ana, talk, words):
    (one,) = make_report(conversation=talk, numbers=[2], note="", by=ana).copied
    assert one == {
        "number": 2,
        "mine": False,
        "at": words.made_at.isoformat(),
        "words": "PLANTED, of Ben.",
        "kind": "been_there",
        "note": "A threat",
        "piece": "A piece of Ben's.",
        "proven": True,
    }
    assert reported(ana, talk, 1, 3) == [(1, "How are you?", True), (3, "Please stop.", True)]


FORGED = {
    "other words": {"words": "I never said that."},
    "another note": {"note": "Flowers"},
    "no note": {"note": None},
    "another kind": {"kind": "words"},
    "another mark": {"mark": "m9"},
    "another piece": {"piece_proven": "0" * 16},
    "no proof": {"digest": ""},
    "a proof of nothing": {"digest": "0" * 64},
}


@pytest.mark.parametrize("how", FORGED)
def test_what_was_changed_in_the_database_is_not_proven(ana, talk, words, how):
    changed(words, **FORGED[how])
    assert [proven for _, _, proven in reported(ana, talk, 1, 2)] == [True, False]


def test_another_number_another_author_another_conversation(ana, ben, talk, words):
    """Rows that were moved, their words sealed for where they stand now."""
    changed(words, number=77)
    assert reported(ana, talk, 77) == [(77, "PLANTED, of Ben.", False)]
    changed(words, number=2)
    assert reported(ana, talk, 2) == [(2, "PLANTED, of Ben.", True)]
    mine = Membership.objects.get(person=ana)
    moved = Message.objects.get(pk=words.pk)
    told = proving.told_in(moved)
    moved.words, moved.note = told["words"], told["note"]
    changed(moved, author=mine, author_ref=ana.ref)
    assert reported(ana, talk, 2) == [(2, "PLANTED, of Ben.", False)], "as if Ana had said it"
    elsewhere = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
    theirs = Membership.objects.get(conversation=elsewhere, person=ben)
    moved.words, moved.note = told["words"], told["note"]
    changed(moved, author=theirs, author_ref=ben.ref, conversation=elsewhere)
    assert reported(ana, elsewhere, 2) == [(2, "PLANTED, of Ben.", False)]


def test_a_proof_that_is_played_again(ana, ben, talk, say, words):
    """A true digest, put beside other words: of the same person, in the same place."""
    say(ben, "Good night.")
    changed(words, digest=Message.objects.get(number=4).digest)
    later = Message.objects.get(number=4)
    changed(later, digest=Message.objects.get(number=1).digest)
    assert [proven for _, _, proven in reported(ana, talk, 1, 2, 4)] == [True, False, False]


def test_sealed_words_that_were_moved_open_nowhere(ana, ben, talk, say, words):
    """Without keys one can still exchange what is sealed."""
    say(ben, "Good night.")
    table = Message._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET words = (SELECT words FROM {table} WHERE number = 4) WHERE number = 2"
        )
    assert reported(ana, talk, 2, 4) == [(2, "", False), (4, "Good night.", True)]


@pytest.mark.parametrize("goes", ["withdrawn", "left"])
def test_what_is_held_is_proven_and_cannot_be_changed_either(ana, ben, talk, words, goes):
    if goes == "withdrawn":
        withdraw_message(message=words, by=ben)
    else:
        delete_person(person=ben, by=ben)
    (one,) = make_report(conversation=talk, numbers=[2], note="", by=ana).copied
    assert (one["words"], one["note"], one["piece"], one["proven"]) == (
        "PLANTED, of Ben.",
        "A threat",
        "A piece of Ben's.",
        True,
    )
    held = Held.objects.get(number=2)
    for facts in ({"told": {**held.told, "words": "Never."}}, {"author": "0" * 16}, {"digest": ""}):
        row = Held.objects.get(pk=held.pk)
        told = row.told
        for name, value in {"told": told, **facts}.items():
            setattr(row, name, value)
        seal(row)
        row.save()
        assert [proven for _, _, proven in reported(ana, talk, 2)] == [False]
        held.told = held.told
        seal(held)
        held.save()
    assert [proven for _, _, proven in reported(ana, talk, 2)] == [True]


def test_a_last_word_is_proven_in_its_place_alone(ana, ben, talk):
    leave_with_a_last_word(conversation=talk, words="PLANTED last word.", by=ben)
    report = make_report(conversation=talk, numbers=[], note="", last_word=True, by=ana)
    assert [(one["words"], one["proven"]) for one in report.copied] == [("PLANTED last word.", True)]
    kept = Kept.objects.get()
    kept.words = "Something else."
    kept.save()
    report = make_report(conversation=talk, numbers=[], note="", last_word=True, by=ana)
    assert [(one["words"], one["proven"]) for one in report.copied] == [("Something else.", False)]


def test_the_desk_is_told_in_words(client, ana, ben, talk, say, words):
    sol = person("Sol")
    name_steward(person=sol, by=SITE)
    first = make_report(conversation=talk, numbers=[2], note="", by=ana)
    changed(words, words="I never said that.")
    second = make_report(conversation=talk, numbers=[2, 3], note="", by=ana)
    for one in (first, second):
        open_report(report=one, reason="first", by=sol)
    desk = signed_in(client, sol)
    pages = [desk.get(f"/safety/desk/{one.ref}/").content.decode() for one in (first, second)]
    assert [(page.count(PROVEN), page.count(DENIED)) for page in pages] == [(1, 0), (1, 1)]
    assert "Said beforehand: A threat" in pages[0] and "A piece of Ben&#x27;s." in pages[0]


def test_a_report_takes_numbers_and_never_words(client, ana, talk, words):
    """Whatever else a form says, it is not what is copied."""
    page = signed_in(client, ana)
    given = {
        "chosen": ["2"],
        "note": "",
        "words": "Forged.",
        "2": "Forged.",
        "proven": "true",
        "copied": "Forged.",
    }
    assert page.post(f"/safety/report/{talk.ref}/", given).status_code == 302
    copied = Report.objects.get().copied
    assert [(one["words"], one["proven"]) for one in copied] == [("PLANTED, of Ben.", True)]


def test_the_secret_alone_makes_a_proof(ana, talk, words, monkeypatch):
    """What stands in a stolen database is not enough to make one."""
    room = rooms_of([talk.ref])[talk.ref]
    facts = {
        "conversation": talk.ref,
        "author": words.author.ref,
        "number": 2,
        "mark": "m2",
        "told": proving.told_in(words),
    }
    assert proving.is_proven(words.digest, **facts)
    (sent,), _ = sent_in(ana, room, [2])
    monkeypatch.setattr("beenthere.foundation.digests._secret", lambda: b"another")
    assert not proving.is_proven(words.digest, **facts)
    assert sent_in(ana, room, [2])[0] == [replace(sent, proven=False)]
