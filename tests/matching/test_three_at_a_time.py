"""Never more than three introductions at a time, whatever is pressed: the round of the worker, telling anew
and room now by the API, a dial turned up, cards that end."""

import random
from datetime import UTC, datetime

import pytest
from django.test import Client

from beenthere.foundation import clock
from beenthere.matching.actions import propose, show_cards
from beenthere.matching.models import Card
from beenthere.people.actions import choose_capacity, make_access_token

from .place_of import lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_three_at_a_time_is_a_law():
    chance = random.Random(11)
    with clock.stopped_at(datetime(2026, 3, 1, 9, tzinfo=UTC)) as hands:
        people = [
            member(f"P{number}", "I lost my mum.", experiences=lived("loss-of-a-parent"))
            for number in range(10)
        ]
        ana = people[0]
        choose_capacity(people=12, by=ana)
        mine = {
            "HTTP_AUTHORIZATION": f"Bearer {make_access_token(label='', by=ana)[1]}",
            "content_type": "application/json",
        }
        told = {"experiences": [{"experience": "loss-of-a-parent"}], "languages": ["en"]}
        client, most = Client(), 0
        for _ in range(24):
            what = chance.choice(("round", "tell", "room", "dial", "look", "days"))
            if what == "round":
                propose()
            elif what == "tell":
                assert client.put("/api/v1/introductions/telling", told, **mine).status_code == 200
            elif what == "room":
                assert client.post("/api/v1/introductions/room-now", **mine).status_code == 200
            elif what == "dial":
                choose_capacity(people=chance.choice((0, 1, 3, 12)), by=chance.choice(people))
            elif what == "look":
                show_cards(by=chance.choice(people))
            else:
                hands.move(36 * 3600)
            for one in people:
                living = Card.objects.filter(person=one, ended_at=None).count()
                most = max(most, living)
                assert living <= 3, (what, one.name)
        assert most == 3, "else nothing was at stake"
