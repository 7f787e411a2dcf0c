"""What a program of somebody who means harm could learn that no page tells."""

import pytest

from beenthere.foundation.refs import SITE
from beenthere.people.actions import block, suspend
from beenthere.stories.actions import write_piece
from beenthere.stories.models import MEMBERS
from tests.cast import person

from .test_api import OURS, Caller

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def a_piece(by, words: str):
    about = {"experiences": [OURS], "language": "en"}
    return write_piece(words=words, about=about, audience=MEMBERS, by=by)


def test_when_a_piece_of_somebody_else_was_written_is_not_told(client):
    """Two pieces of one minute are one person's; no page tells a time either."""
    ana, ben = Caller(client, person("Ana")), person("Ben")
    own, others = a_piece(ana.person, "Mine."), a_piece(ben, "His.")
    told = {one["ref"]: one for one in ana.ask("get", "/pieces/")[1]}
    times = ("made_at", "changed_at")
    assert [told[others.ref][name] for name in times] == [None, None]
    assert [told[own.ref][name] is None for name in times] == [False, False]
    assert ana.ask("get", f"/pieces/{others.ref}")[1] == told[others.ref]


def test_a_block_changes_no_list_of_pieces(client):
    ana, ben = Caller(client, person("Ana")), person("Ben")
    a_piece(ben, "His.")
    before = ana.ask("get", "/pieces/")
    block(other=ana.person, by=ben)
    assert ana.ask("get", "/pieces/") == before


def test_a_token_dies_with_a_suspension(client):
    ana = Caller(client, person("Ana"))
    assert ana.ask("get", "/me/data")[0] == 200
    suspend(person=ana.person, by=SITE)
    assert [ana.ask("get", path)[0] for path in ("/me/", "/me/data", "/pieces/")] == [401, 401, 401]
