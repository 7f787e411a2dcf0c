"""Hostile requests and frames break nothing. A few hundred in each run; 10,000 by `benchmarks/hostile.py`."""

import asyncio

import pytest
from django.conf import settings
from django.test import Client

from beenthere.conversations.actions import open_conversation
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token, sign_in
from beenthere.stories.actions import write_piece
from tests.cast import person
from tests.live.talk import hear, tell

from .hostile import Found, World, attack, every_address

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_sent_breaks_it(served_place, open_place, seed):
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE).ref
    about = {"experiences": [], "language": "en"}
    piece = write_piece(words="Two cups.", about=about, audience="members", by=ana).ref
    cookies = [
        f"{settings.SIGN_IN_COOKIE}={sign_in(person=one, device='A browser', by=one)[1]}"
        for one in (ana, ben)
    ]
    tokens = [make_access_token(label="mine", by=ana)[1]]
    csrf = settings.CSRF_COOKIE_NAME
    world = World(served_place.port, csrf, [talk, piece, ana.ref, "0" * 16], cookies, tokens, every_address())
    found = Found()
    asyncio.run(attack(world, found, seed=seed, requests=150, frames=60))
    assert (found.broken, sum(found.statuses.values())) == ([], 150)
    assert found.statuses[0] <= 15, "some bytes are no request, most are"
    assert found.statuses[200] + found.statuses[422] >= 10, "else it never came past the door"
    with served_place.socket_of(ben) as one:  # and the place is still there for who means well
        tell(one, open="nothing0", after=0)
        assert hear(one) == {"closed": "nothing0"}
    assert Client().get("/help/").status_code == 200
