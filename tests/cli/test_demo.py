"""Filling a demo: once, whole, and going on where it was broken off."""

import pytest
from django.conf import settings

from beenthere.cli import demo as command
from beenthere.cli.demo_people import fictional_people, filling, talks
from beenthere.cli.saying import Stop
from beenthere.conversations.access import get_conversation_for
from beenthere.conversations.queries import conversations_of, messages_for
from beenthere.foundation.place import forget_place, the_place
from beenthere.matching.models import Introduction, Telling
from beenthere.people.models import Person
from beenthere.stories.models import Piece
from beenthere.web.demo_door import keep_roll, mark_file, read_roll
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CAST = ("ana", "ben", "cleo", "tomasz", "sol", "sam")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    forget_place()
    yield tmp_path
    forget_place()


@pytest.fixture
def small(folder, monkeypatch):
    """A demo of a few, so that the fill is short."""
    few = tuple(one for one in fictional_people() if one.key in CAST)
    monkeypatch.setattr(filling, "fictional_people", lambda: few)
    monkeypatch.setattr(filling, "talks", lambda: talks()[:1])
    return few


def here() -> dict[str, Person]:
    roll = read_roll()
    return {key: Person.objects.get(ref=ref) for key, ref in roll.people.items()}


def counts() -> list[int]:
    return [table.objects.count() for table in (Person, Piece, Telling, Introduction)]


def test_a_second_start_adds_nothing(small):
    command.fill_demo()
    first = counts()
    assert first[:3] == [6, sum(len(one.pieces) for one in small), 6]
    command.fill_demo()
    assert counts() == first


def test_a_fill_that_was_broken_off_goes_on(small, monkeypatch):
    from beenthere.matching import actions

    tell, told = actions.tell, []

    def breaks_off(**given):
        if len(told) == 2:
            raise KeyboardInterrupt
        told.append(given["by"].ref)
        return tell(**given)

    monkeypatch.setattr(actions, "tell", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        command.fill_demo()
    assert (len(read_roll().people), len(read_roll().done)) == (3, 2)
    monkeypatch.setattr(actions, "tell", tell)
    command.fill_demo()
    assert counts()[:3] == [6, sum(len(one.pieces) for one in small), 6]
    assert [one.key for one in small] == read_roll().done


def test_somebody_who_left_the_demo_does_not_come_back(small):
    from beenthere.foundation.refs import SITE
    from beenthere.people.actions import delete_person

    command.fill_demo()
    delete_person(person=here()["ana"], by=SITE)
    command.fill_demo()
    assert Person.objects.count() == 5


def test_a_place_that_is_no_demo_is_left_alone(small):
    person("Zanzibarine")
    with pytest.raises(Stop, match="holds a place that is no demo"):
        command.fill_demo()
    assert (Person.objects.count(), mark_file().exists()) == (1, False)


def test_a_mark_that_cannot_be_read_is_an_empty_roll(folder):
    mark_file().write_text("{")
    assert read_roll().people == {}
    mark_file().write_text('{"strange": 1}')
    assert read_roll().people == {}
    roll = read_roll()
    roll.people["ana"] = "a-ref"
    keep_roll(roll)
    assert (read_roll(), [path.name for path in folder.iterdir()]) == (roll, ["demo"])


def test_the_whole_demo(folder):
    seen = []
    filling.fill("A demo", lambda done, total: seen.append((done, total)))
    people, everybody = here(), fictional_people()
    assert seen[0] == (1, len(everybody) + 1)
    assert seen[-1] == (len(everybody) + 1, len(everybody) + 1)
    place = the_place()
    assert (place.name, place.joining, place.languages, place.hours, place.rules, place.is_open) == (
        "A demo",
        "open",
        ("en", "es"),
        "18:00 to 22:00",
        "",
        True,
    )
    assert {key: row.name for key, row in people.items()} == {one.key: one.name for one in everybody}
    assert [row.capacity for row in people.values()] == [one.capacity for one in everybody]
    paused = {key for key, row in people.items() if row.paused_at}
    assert paused == {one.key for one in everybody if one.paused}
    words = {piece.words for piece in Piece.objects.select_related("author")}
    assert words == {piece.words for one in everybody for piece in one.pieces}
    _talks_are_there(people)
    _introductions_are_sound(people, everybody)


def _talks_are_there(people) -> None:
    for talk in talks():
        one, other = talk.called
        for key, peer in ((one, other), (other, one)):
            (line,) = conversations_of(people[key])
            said = messages_for(people[key], get_conversation_for(people[key], line.ref))
            assert [message.words for message in said] == [said.words for said in talk.said]
            assert (line.name, line.waits) == (talk.called[peer], key != talk.said[-1].by)
    assert (conversations_of(people["ana"]), conversations_of(people["ben"])) == ([], [])


def _introductions_are_sound(people, everybody) -> None:
    keys = {row.ref: key for key, row in people.items()}
    pairs = {frozenset((keys[row.a], keys[row.b])) for row in Introduction.objects.all()}
    assert frozenset(("ana", "ben")) in pairs
    assert pairs & {frozenset(talk.called) for talk in talks()} == set()
    silent = {one.key for one in everybody if one.paused or one.capacity == 0}
    assert [pair for pair in pairs if pair & silent] == []
    assert len(set().union(*pairs)) >= 0.8 * (len(everybody) - len(silent))
