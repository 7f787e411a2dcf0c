"""A local place, an empty desk, and a browser of this machine."""

import threading

import pytest
from django.conf import settings
from django.test import Client

from beenthere.matching.actions import sheets as actions
from beenthere.matching.models import DESK

ANA_AND_BEN = (
    b"ref,words,experiences,hopes,leave_out,capacity\n"
    b"ana,My mum died in spring and the house is quiet.,Loss of a parent=in it now,to talk,,1\n"
    b"ben,I lost my dad two years ago.,Loss of a parent=living with it,to talk,,1\n"
    b"cleo,I hear voices and I draw them.,Hearing voices,,,1\n"
    b"dev,I lost my dad and I drink.,Loss of a parent; Drinking,to talk,Hearing voices,0\n"
)
FAULTY = b"ref,age,languages,mood\nana,17,English,x\nana,,,\n,40,en,\n"


@pytest.fixture(autouse=True)
def desk(monkeypatch):
    """The desk is empty before and after, and nobody looks after it but the test."""
    monkeypatch.setattr(actions, "_watch", lambda: None)
    yield DESK
    for sheet in DESK.all():
        actions.forget_sheet(sheet=sheet, by=None)
    wait_for_pairings()


@pytest.fixture
def local(monkeypatch):
    """The place was started by `pair` or `demo`."""
    monkeypatch.setattr(settings.PLACE, "local_tools", True)


@pytest.fixture
def here(local) -> Client:
    """A browser of this machine."""
    return Client(HTTP_HOST="localhost")


def wait_for_pairings() -> None:
    """Every pairing has ended, by itself or because it was asked to."""
    for thread in threading.enumerate():
        if thread.name == "pairing":
            thread.join(60)
            assert not thread.is_alive()
