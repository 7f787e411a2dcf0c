"""Who is blocked, and who blocked, meets nothing of the other; nothing tells which of the two it was."""

import re

import pytest
from django.db.models import Q
from django.test import Client

from beenthere.conversations.actions import block_peer
from beenthere.people.actions.muting import mute, unmute
from beenthere.people.models import FROM_PIECE, Block, Mute
from tests.cast import signed_in

from .surfaces import CANARY, NOTED, World
from .walking import Walk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STEPS = 240
# A guard, and what stands in its place: it finds no block, or asks for nothing.
BROKEN = [
    ("conversations.access", "blocked_pairs", lambda refs: set()),
    ("stories.access", "_unblocked", lambda viewer: Q()),
    ("stories.access", "_written_after_a_block", lambda viewer: Q(pk=None)),
    ("matching.queries.members", "blocked", dict),
]
DRAWN = re.compile(r'(name="(csrfmiddlewaretoken|mark)"[^>]*value="[^"]*"|nonce-\S+)')


def test_no_surface_shows_what_the_model_does_not():
    walk = Walk(7, pages=20)
    walk.go(STEPS)
    assert (walk.leaks, walk.steps) == ([], STEPS)
    assert walk.looks > STEPS


@pytest.mark.parametrize(("module", "name", "broken"), BROKEN)
def test_the_walk_goes_red_when_a_guard_is_gone(monkeypatch, module, name, broken):
    """Else it would hold nothing: it is stopped by the first leak."""
    monkeypatch.setattr(f"beenthere.{module}.{name}", broken)
    walk = Walk(7, pages=1000)
    walk.go(STEPS, until=lambda: bool(walk.leaks))
    assert walk.leaks != []


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
