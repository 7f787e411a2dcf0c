"""Who is blocked, and who blocked, meets nothing of the other; nothing tells which of the two it was."""

import re

import pytest
from django.test import Client

from beenthere.conversations.actions import block_peer
from beenthere.people.actions.muting import mute, unmute
from beenthere.people.models import FROM_PIECE, Block, Mute
from tests.cast import signed_in

from .surfaces import CANARY, NOTED, World
from .walking import Walk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STEPS = 250
DRAWN = re.compile(r'(name="(csrfmiddlewaretoken|mark)"[^>]*value="[^"]*"|nonce-\S+)')


@pytest.mark.parametrize("seed", range(3))
def test_no_surface_shows_what_the_model_does_not(seed):
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()
    assert walk.leaks == []
    assert walk.looks == 3 * STEPS


@pytest.fixture
def world() -> World:
    return World()


def test_a_block_in_a_talk_takes_both_from_each_other(world):
    block_peer(conversation=world.talk, by=world.ben)
    assert world.shown(NOTED) == set()
    seen = {name for name in world.shown(CANARY) if name.startswith("ana: ")}
    assert {name.partition(": ")[2] for name in seen} == OPEN_TO_ANYONE, "which stands there without a name"


# Whoever has no account reads it too: a block cannot take it from them, and nothing there says whose it is.
OPEN_TO_ANYONE = {
    "/stories/",
    "/stories/PIECE/",
    "/safety/report/piece/PIECE/",
    "API /pieces/",
    "API /pieces/PIECE",
}


def test_a_block_from_a_piece_is_a_block_like_any_other(world):
    here = signed_in(Client(), world.ana)
    page = here.get(f"/stories/{world.piece.ref}/").content.decode()
    address = f"/safety/block/piece/{world.piece.ref}/"
    assert f'action="{address}"' in page, "two steps: the page, and the button on it"
    assert here.post(address).status_code == 200
    assert Block.objects.filter(by_person=world.ana, other=world.ben).exists()
    assert world.shown(NOTED) == set()
    assert CANARY not in here.get("/stories/").content.decode(), "it is in no list of who blocked from it"


@pytest.mark.parametrize("where", ["talk", "piece"])
def test_who_is_muted_gets_the_same_bytes_as_before(world, where):
    his = signed_in(Client(), world.ben)
    bytes_of(his, world)  # he has been everywhere: nothing new waits for him
    before = bytes_of(his, world)
    subject = world.talk.ref if where == "talk" else world.piece.ref
    mute(other=world.ben, kind=where, subject=subject, by=world.ana)
    assert bytes_of(his, world) == before
    here = signed_in(Client(), world.ana)
    assert (CANARY in here.get("/stories/").content.decode()) == (where == "talk")
    assert here.get(f"/stories/{world.piece.ref}/").status_code == 200, "the address still opens it"
    assert "Unmute" in here.get("/safety/").content.decode()
    here.post("/safety/unmute/", {"mute": Mute.objects.get().ref})
    assert (Mute.objects.count(), CANARY in here.get("/stories/").content.decode()) == (0, True)


def test_nobody_takes_back_the_mute_of_another(world):
    mute(other=world.ben, kind=FROM_PIECE, subject=world.piece.ref, by=world.ana)
    unmute(ref=Mute.objects.get().ref, by=world.eve)
    assert Mute.objects.count() == 1


def bytes_of(client: Client, world) -> dict[str, str]:
    """All that their pages say, but for what is drawn anew with each answer."""
    addresses = ["/", "/today/", "/stories/", "/talk/", "/introductions/", "/safety/", "/me/"]
    addresses += [
        f"/talk/{world.talk.ref}/",
        f"/talk/{world.talk.ref}/picture/",
        f"/stories/{world.piece.ref}/",
    ]
    found = {}
    for address in addresses:
        text = client.get(address).content.decode()
        found[address] = DRAWN.sub("", text)
    return found
