"""Two people meet in the middle: swap Ana and Ben, and nothing changes.

A way is walked twice, once with Ana in the first part and Ben in the second, once the other way round. After
each step everything that each of the two can get is compared by part: pages, statuses and answers of the API,
names, refs and own words put back to whose they are.
"""

import re
from datetime import UTC, datetime
from difflib import unified_diff

import pytest
from django.http import Http404
from django.test import Client

from beenthere.conversations import actions as talking
from beenthere.conversations.models import Conversation, Membership
from beenthere.foundation import clock
from beenthere.matching.actions import propose
from beenthere.matching.models import Card
from beenthere.people.actions import delete_person, make_access_token
from beenthere.people.models import Person
from tests.cast import signed_in
from tests.matching.place_of import lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MASKED = re.compile(r'(name="(?:csrfmiddlewaretoken|mark)" value=)"[^"]*"')
OWN = {
    "Anemone": ("My mum died two years ago and I still set two cups out.", "migration"),
    "Bertil": ("I lost my mother in spring and the whole house is quiet.", "prison"),
}
# What is done by which part, in order. Every address of introductions and conversations is among it, also
# where it is refused.
MEETING = [
    ("first", "/introductions/CARD/", {"answer": "not_now"}),
    ("first", "/introductions/CARD/", {"answer": "yes"}),
    ("first", "/introductions/CARD/", {"answer": "perhaps"}),
    ("first", "/introductions/THEIR-CARD/", {"answer": "yes"}),
    ("first", "/introductions/room/", {}),
    ("second", "/introductions/CARD/", {"answer": "yes"}),
]
MET = [MEETING[1], MEETING[-1]]
TALKING = [
    ("first", "/talk/TALK/", {"words": "Words of the first.", "mark": "m1"}),
    ("second", "/talk/TALK/", {"words": "Words of the second.", "mark": "m1"}),
    ("second", "/talk/TALK/withdraw/", {"number": "1"}),
    ("first", "/talk/TALK/name/", {"name": "Robin"}),
    ("second", "/talk/TALK/name/", {"name": "Wren"}),
    ("first", "/talk/TALK/name/", {"name": "Steward"}),
    ("first", "/talk/TALK/seen/", {"number": "2"}),
    ("first", "/talk/TALK/pause/", {}),
    ("second", "/talk/TALK/", {"words": "A second word.", "mark": "m2"}),
    ("first", "/talk/TALK/resume/", {}),
    ("first", "/talk/TALK/withdraw/", {"number": "1"}),
    ("first", "/safety/report/TALK/", {"chosen": "2", "note": ""}),
]
ENDINGS = {
    "leaves": ("first", "/talk/TALK/leave/", {}),
    "blocks": ("first", "/talk/TALK/block/", {}),
    "says never": ("first", "/introductions/CARD/", {"answer": "never"}),
}
AFTERWARDS = [
    (part, f"/talk/TALK/{step}", {"words": "Too late.", "mark": "m9", "name": "Late", "number": "2"})
    for part in ("first", "second")
    for step in ("", "name/", "pause/", "resume/", "withdraw/", "seen/", "leave/", "block/")
]
PAGES = ["/today/", "/introductions/", "/introductions/CARD/", "/talk/"]
ROOM = ["/talk/TALK/", "/safety/report/TALK/?number=1"]
API = ["/introductions/CARD", "/conversations/"]
API_ROOM = ["/conversations/TALK/messages"]


@pytest.fixture(autouse=True)
def _noon():
    with clock.stopped_at(NOON):
        yield


class Walk:
    """The way walked once; `seen` is what reached each part after each step."""

    def __init__(self, first: str, second: str, steps: list[tuple], *, looks: bool = False) -> None:
        for name, (words, own) in OWN.items():  # in the same order, whoever takes which part
            member(name, words, experiences=lived("loss-of-a-parent", own))
        self.people = {part: person_called(name) for part, name in (("first", first), ("second", second))}
        self.browsers = {part: signed_in(Client(), one) for part, one in self.people.items()}
        self.tokens = {part: make_access_token(label="", by=one)[1] for part, one in self.people.items()}
        assert propose() == 1
        self.seen: list = []
        self.left: dict[str, str] = {}
        for part, address, given in steps:
            if address == "gone":
                leaving = self.people.pop(part)
                self.left = {leaving.ref: "THEIR"}
                delete_person(person=leaving, by=leaving)
            else:
                answer = self.browsers[part].post(self.real(part, address), given)
                told = self.mapped(part, answer.headers.get("Location", "") or answer.content.decode())
                self.seen.append((part, address, answer.status_code, told))
            if looks:
                self.look((part, address, given))
        self.look("at last")

    def end(self) -> None:
        for one in Person.objects.all():
            delete_person(person=one, by=one)
        Conversation.objects.all().delete()

    def look(self, after) -> None:
        """Everything that each of the two can get now."""
        room = bool(self.talk())
        for part in self.people:
            token = {"Authorization": f"Bearer {self.tokens[part]}"}
            for address in PAGES + ROOM * room:
                answer = self.browsers[part].get(self.real(part, address))
                told = self.mapped(part, answer.content.decode())
                self.seen.append((after, part, address, answer.status_code, told))
            for address in API + API_ROOM * room:
                where = "/api/v1" + self.real(part, address)
                answer = self.browsers[part].get(where, headers=token)
                told = self.mapped(part, answer.content.decode())
                self.seen.append((after, part, f"API {address}", answer.status_code, told))

    def talk(self) -> str:
        return Conversation.objects.values_list("ref", flat=True).first() or ""

    def refs(self, part: str) -> dict[str, str]:
        """Whose is which ref, as `part` would say it."""
        whose = {one.ref: "MY" if part == mine else "THEIR" for mine, one in self.people.items()}
        kept = {self.talk(): "TALK"} if self.talk() else {}
        for ref, person in Card.objects.values_list("ref", "person__ref"):
            kept[ref] = "CARD" if whose[person] == "MY" else "THEIR-CARD"
        for ref, person in Membership.objects.values_list("ref", "person__ref"):
            kept[ref] = f"{whose[person]}-SEAT"
        return kept | {ref: f"{one}-PERSON" for ref, one in whose.items()}

    def real(self, part: str, address: str) -> str:
        for ref, name in sorted(self.refs(part).items(), key=lambda one: -len(one[1])):
            address = address.replace(name, ref)
        return address

    def mapped(self, part: str, text: str) -> str:
        text = MASKED.sub(r'\1"masked"', text)
        for one, other in self.refs(part).items():
            text = text.replace(one, other)
        for name, (words, own) in OWN.items():
            whose = "MY" if name == self.people_name(part) else "THEIR"
            for found, what in ((name, "NAME"), (words, "WORDS"), (own, "OWN"), (own.title(), "OWN")):
                text = text.replace(found, f"{whose}-{what}")
        return text

    def people_name(self, part: str) -> str:
        return self.people[part].name


def person_called(name: str) -> Person:
    (found,) = [one for one in Person.objects.all() if one.name == name]
    return found


def differences(steps: list[tuple], *, looks: bool = False) -> list:
    """Where it matters who takes which part: step, part, address, and what each got."""
    walks = []
    for parts in (("Anemone", "Bertil"), ("Bertil", "Anemone")):
        walk = Walk(*parts, steps, looks=looks)
        walk.end()
        walks.append(walk.seen)
    assert len(walks[0]) == len(walks[1])
    return [unlike(one, other) for one, other in zip(*walks, strict=True) if one != other]


def unlike(one: tuple, other: tuple) -> tuple:
    """Step, part, address and status, and the lines in which they differ."""
    lines = [told[-1].splitlines() for told in (one, other)]
    return one[:-1], other[-2], list(unified_diff(*lines, n=0, lineterm=""))[2:]


def test_swapping_the_two_changes_nothing():
    """Neither at any step of the way, nor anywhere after it."""
    assert differences([*MEETING, *TALKING], looks=True) == []


@pytest.mark.parametrize("ending", list(ENDINGS))
def test_swapping_them_in_an_ending_changes_nothing(ending):
    assert differences([*MET, *TALKING[:2], ENDINGS[ending], *AFTERWARDS]) == []


@pytest.mark.parametrize("before", [MEETING[:1], [ENDINGS["says never"]], MET, [*MET, *TALKING[:2]]])
def test_swapping_who_leaves_changes_nothing(before):
    assert differences([*before, ("second", "gone", {})]) == []


def test_the_way_meets_what_it_should():
    """Else two walks that are equally empty would be compared."""
    walk = Walk("Anemone", "Bertil", [*MEETING, *TALKING])
    answers = [one[2] for one in walk.seen if len(one) == 4]
    assert answers == [302, 302, 404, 404, 302, 302] + [302, 302, 404, 302, 302, 422, 204] + [302] * 5
    told = {one[1:3]: one[-1] for one in walk.seen if len(one) == 5}
    said = [told[part, "/talk/TALK/"] for part in ("first", "second")]
    assert [["A second word." in one, "Words of the first." in one] for one in said] == [[True, False]] * 2
    assert ["You and <bdi>Wren</bdi>" in said[0], "You and <bdi>Robin</bdi>" in said[1]] == [True, True]


@pytest.mark.parametrize("name", ["choose_name", "withdraw_message", "pause_conversation"])
def test_a_planted_difference_is_found(monkeypatch, name):
    """Where only the earlier of the two may do it."""
    real = getattr(talking, name)

    def only_the_earlier(*, by, **given):
        if by.pk != Person.objects.order_by("pk").values_list("pk", flat=True).first():
            raise Http404
        return real(by=by, **given)

    monkeypatch.setattr(talking, name, only_the_earlier)
    assert differences([*MET, *TALKING]) != []
