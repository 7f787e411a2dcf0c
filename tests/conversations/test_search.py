"""Finding words again: by keyed digests, opened for who asks, nothing for whoever has the table alone."""

import pytest
from django.db import connection
from django.test import Client
from re2 import findall

from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    open_conversation,
    send_messages,
    withdraw_message,
)
from beenthere.conversations.actions.finding import mark_all_words, mark_new_words, mark_words_of
from beenthere.conversations.actions.writing import keep_muted_words
from beenthere.conversations.core.folding import asked_in, holds_all, is_muted, stems_of
from beenthere.conversations.models import Message, WordMark
from beenthere.conversations.queries import finding
from beenthere.conversations.queries.finding import found_for, mark_of
from beenthere.foundation import digests
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def found(who, text) -> list[str]:
    """The words that are found for them, the newest first, after all was marked."""
    mark_words_of(by=who)
    return [hit.said.words for hit in found_for(who, text).hits]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The voices came back.", "voice"),
        ("She DRINKS again", "drinking"),
        ("My mum's chair", "mum"),
        ("Mis hijas y la depresión", "hija depresion"),
        ("Oí voces en el hospital", "voz hospitales"),
        ("It was so heavy, worrying all night", "worried nights"),
        ("日本 and nothing else", "日本"),
    ],
)
def test_other_endings_of_a_word_are_the_same_word(text, asked):
    assert holds_all(stems_of(text), asked_in(asked))


@pytest.mark.parametrize(
    ("text", "asked"), [("The choice", "voice"), ("voice", "voice chair"), ("the and of", "the"), ("", "x1")]
)
def test_other_words_are_not(text, asked):
    assert not holds_all(stems_of(text), asked_in(asked))


def test_words_of_both_sides_are_found_the_newest_first(ana, ben, talk, say):
    say(ana, "I kept her chair at the table.")
    say(ben, "An empty chair. I know.")
    say(ana, "Nothing of that here.")
    assert found(ana, "chairs") == ["An empty chair. I know.", "I kept her chair at the table."]
    assert found(ben, "chairs") == found(ana, "chairs")
    assert found(ana, "empty chair") == ["An empty chair. I know."]
    assert found(ana, "lamp") == []


def test_a_note_is_found_too(ana, ben, talk):
    send_messages([Draft(ana.ref, talk.ref, "m1", "It was in March.", note="about the funeral")])
    assert found(ben, "funerals") == ["It was in March."]


def test_only_what_one_can_read_now(ana, ben, talk, say):
    cleo, dev, eli = person("Cleo"), person("Dev"), person("Eli")
    for other, name in ((cleo, "Cleo"), (dev, "Dev"), (eli, "Eli")):
        where = open_conversation(people=[(ana, "Ana"), (other, name)], by=SITE)
        say(other, f"PLANTED chair of {name}", where=where)
        say(ana, f"My chair, to {name}", where=where)
        ends = {
            "Cleo": lambda where: end_conversation(conversation=where, by=cleo),
            "Dev": lambda where: block_peer(conversation=where, by=dev),
            "Eli": lambda where: delete_person(person=eli, by=eli),
        }[name]
        mark_all_words(by=SITE)
        ends(where)
    elsewhere = open_conversation(people=[(ben, "Ben"), (cleo, "Cleo")], by=SITE)
    say(ben, "PLANTED chair elsewhere", where=elsewhere)
    say(ben, "A chair of Robin's")
    assert found(ana, "chair") == [
        "A chair of Robin's",
        "My chair, to Eli",
        "My chair, to Dev",
        "My chair, to Cleo",
    ]
    assert [hit.name for hit in found_for(ana, "chair").hits] == ["Robin", None, None, None]


def test_withdrawn_words_are_gone_at_once(ana, ben, talk, say):
    say(ana, "The red chair.")
    assert found(ben, "chair") == ["The red chair."]
    withdraw_message(message=Message.objects.select_related("conversation").get(), by=ana)
    assert found(ben, "chair") == found(ana, "chair") == []
    assert WordMark.objects.count() == 0


def test_sending_makes_no_mark(ana, talk, say):
    say(ana, "The red chair.")
    assert WordMark.objects.count() == 0


def test_everything_is_marked_once(ana, ben, talk, say, monkeypatch):
    for number in range(7):
        say(ana, f"Chair {number} of seven.")
    assert [mark_new_words(by=SITE, most=5), mark_new_words(by=SITE), mark_new_words(by=SITE)] == [5, 2, 0]
    marks = sorted(WordMark.objects.values_list("message", "digest"))
    WordMark.objects.all().delete()
    assert [mark_all_words(by=SITE), mark_all_words(by=SITE)] == [7, 0]
    assert sorted(WordMark.objects.values_list("message", "digest")) == marks
    say(ana, "Of and the.")
    assert [mark_new_words(by=SITE), mark_new_words(by=SITE)] == [1, 0], (
        "also one with nothing to be found by"
    )


def test_words_taken_back_while_they_are_marked_stay_unmarked(ana, talk, say, monkeypatch):
    say(ana, "The red chair.")
    from beenthere.conversations.actions import finding as marking

    real = marking._marks_of

    def meanwhile(row):
        marks = real(row)
        withdraw_message(message=Message.objects.select_related("conversation").get(), by=ana)
        return marks

    monkeypatch.setattr(marking, "_marks_of", meanwhile)
    mark_new_words(by=SITE)
    assert WordMark.objects.count() == 0


def everything_in_the_database() -> str:
    rows = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_the_table_holds_no_word_and_cannot_be_tested_for_one(ana, ben, talk, say, monkeypatch):
    say(ana, "The xylophone was broken.")
    mark_new_words(by=SITE)
    (known,) = {f"en:{'xylophon'}"} & stems_of("The xylophone was broken.")
    here = mark_of(talk.ref, 1, known)
    stolen = everything_in_the_database()
    assert here in stolen, "what we look for would be seen"
    assert "xylophon" not in stolen
    monkeypatch.setattr(digests, "_secret", lambda: b"another secret")
    assert mark_of(talk.ref, 1, known) not in stolen


def test_equal_words_do_not_show_as_equal(ana, ben, talk, say):
    """Neither in another conversation nor 64 numbers on."""
    other = open_conversation(people=[(ana, "Ana"), (person("Cleo"), "Cleo")], by=SITE)
    for number in range(1, 131):
        say(ana, "Chair.", mark=f"c{number}")
    say(ana, "Chair.", where=other)
    mark_all_words(by=SITE)
    rows = Message.objects.order_by("conversation", "number")
    marks = [frozenset(row.word_marks.values_list("digest", flat=True)) for row in rows]
    assert all(len(one) >= 2 for one in marks)
    groups = [
        frozenset().union(*marks[start:end]) for start, end in ((0, 63), (63, 127), (127, 130), (130, 131))
    ]
    assert all(not one & other for one in groups for other in groups if one is not other)


def test_bounds_are_told(ana, talk, say, monkeypatch):
    for number in range(4):
        say(ana, f"Chair {number}.")
    mark_words_of(by=ana)
    monkeypatch.setattr(finding, "MOST_FOUND", 3)
    assert [len(found_for(ana, "chair").hits), found_for(ana, "chair").is_whole] == [3, False]
    monkeypatch.setattr(finding, "MOST_FOUND", 4)
    assert found_for(ana, "chair").is_whole
    monkeypatch.setattr(finding, "MOST_BLOCKS", 0)
    assert (found_for(ana, "chair").hits, found_for(ana, "chair").is_whole) == ([], False)


def test_as_many_queries_for_three_as_for_one(ana, ben, talk, say, django_assert_max_num_queries):
    def asked() -> int:
        mark_all_words(by=SITE)
        drop_opened()
        with django_assert_max_num_queries(30) as queries:
            assert found_for(ana, "chair").hits
        return len(queries)

    say(ben, "A chair.")
    one = asked()
    for name in ("Cleo", "Dev"):
        other = person(name)
        where = open_conversation(people=[(ana, "Ana"), (other, name)], by=SITE)
        say(other, "A chair.", where=where)
    assert asked() == one


def test_the_page(ana, ben, talk, say):
    browser = signed_in(Client(), ana)
    say(ben, "A chair <b>and</b> a lamp.")
    assert "/talk/search/" in browser.get("/talk/").content.decode()
    assert 'value="chair"' not in browser.get("/talk/search/?words=chair").content.decode(), "by POST alone"
    shown = browser.post("/talk/search/", {"words": "Chairs"}).content.decode()
    assert "A chair &lt;b&gt;and&lt;/b&gt; a lamp." in shown
    assert findall(r'href="(/talk/\w+/[^"]*)"', shown) == [f"/talk/{talk.ref}/#m1"]
    keep_muted_words(words=["lamps"], by=ana)
    assert "Behind your muted words" in browser.post("/talk/search/", {"words": "Chairs"}).content.decode()
    assert "Nothing was found" in browser.post("/talk/search/", {"words": "table"}).content.decode()
    assert "almost every message" in browser.post("/talk/search/", {"words": "the"}).content.decode()
    assert browser.post("/talk/search/", {"words": ""}).status_code == 422
    for number in range(80):
        say(ben, f"Words number {number}.")
    shown = browser.post("/talk/search/", {"words": "chair"}).content.decode()
    (there,) = findall(r'href="(/talk/\w+/[^"]*)"', shown)
    assert 'id="m1"' in browser.get(there).content.decode()


def test_muted_words_fold_whole_words():
    entries = [
        asked_in("Hospital", stops=True),
        asked_in("red chair", stops=True),
        asked_in("him", stops=True),
    ]
    muted = ["Two HOSPITALS.", "the chairs were red", "I saw him"]
    plain = ["hospitable", "a chair", "red", "his", ""]
    assert [is_muted(one, entries) for one in muted + plain] == [True] * 3 + [False] * 5
