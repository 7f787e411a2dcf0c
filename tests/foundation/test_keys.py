"""Keys: made before their person, destroyed before the rows, opened by the wrapping key alone."""

import shutil
import sqlite3
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import IntegrityError, connection, connections

from beenthere.foundation import clock
from beenthere.foundation.keys import actions, opening, wrapping
from beenthere.foundation.keys.models import DestroyedKey, Key, StoreMark
from beenthere.foundation.keys.opening import KeyGone, open_key, sealing_key
from beenthere.foundation.keys.resealing import is_sealed_with, reseal
from beenthere.foundation.keys.wrapping import WrappingKeyMissing
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.writing import writing
from beenthere.people.actions import welcome_person
from beenthere.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def nothing_held_open():
    opening.drop_opened()


def test_a_key_opens_to_the_same_32_bytes():
    ref = actions.make_key(owner=new_ref(), by=SITE)
    first = open_key(ref)
    opening.drop_opened()
    assert (len(first), open_key(ref)) == (32, first)


def test_an_owner_has_one_sealing_key_for_one_purpose():
    owner = new_ref()
    actions.make_key(owner=owner, by=SITE)
    actions.make_key(owner=owner, purpose="report", by=SITE)
    with pytest.raises(IntegrityError):
        actions.make_key(owner=owner, by=SITE)


def test_a_wrapped_key_moved_to_another_owner_does_not_open():
    ana, ben = new_ref(), new_ref()
    ref = actions.make_key(owner=ana, by=SITE)
    Key.objects.filter(ref=ref).update(owner=ben)
    with pytest.raises(WrappingKeyMissing):
        open_key(ref)


@pytest.mark.parametrize("changed", ["ref", "owner", "purpose"])
def test_wrapping_binds_ref_owner_and_purpose(changed):
    key = wrapping.make_wrapping_key()
    row = {"ref": "r", "owner": "o", "purpose": "p"}
    wrapped = wrapping.wrap(b"secret", **row, by=key)
    assert wrapping.unwrap(wrapped, **row, by=key) == b"secret"
    with pytest.raises(InvalidTag):
        wrapping.unwrap(wrapped, **{**row, changed: "x"}, by=key)


def test_a_destroyed_key_is_gone_at_once_and_its_owner_gets_no_other():
    owner = new_ref()
    ref = actions.make_key(owner=owner, by=SITE)
    open_key(ref), sealing_key(owner)
    actions.destroy_key(owner=owner, by=SITE)
    actions.destroy_key(owner=owner, by=SITE)
    for gone in (
        lambda: open_key(ref),
        lambda: sealing_key(owner),
        lambda: actions.make_key(owner=owner, by=SITE),
    ):
        with pytest.raises(KeyGone):
            gone()
    assert list(DestroyedKey.objects.values_list("owner", flat=True)) == [owner]


def test_a_key_is_never_made_inside_the_places_transaction():
    with pytest.raises(RuntimeError), writing():
        actions.make_key(owner=new_ref(), by=SITE)
    assert not Key.objects.exists()


def test_without_its_wrapping_key_a_filled_store_gets_no_new_one(tmp_path):
    ref = actions.make_key(owner=new_ref(), by=SITE)
    path = settings.PLACE.wrapping_key_path
    shutil.move(path, tmp_path / "away")
    try:
        opening.drop_opened()
        with pytest.raises(WrappingKeyMissing):
            open_key(ref)
        with pytest.raises(WrappingKeyMissing):
            actions.make_key(owner=new_ref(), by=SITE)
        assert not path.exists()
    finally:
        shutil.move(tmp_path / "away", path)


def test_the_wrapping_key_is_its_owners_alone():
    actions.make_key(owner=new_ref(), by=SITE)
    path = settings.PLACE.wrapping_key_path
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_rotation_wraps_every_key_afresh_and_the_old_wrapping_key_opens_nothing():
    ana = welcome_person(name="Ana", by=SITE)
    ben = welcome_person(name="Ben", by=SITE)
    old = wrapping.wrapping_keys()[0]
    assert actions.rotate_wrapping_key(by=SITE) == 2
    assert [key.id for key in wrapping.wrapping_keys()] != [old.id]
    assert Key.objects.filter(wrapped_by=old.id).count() == 0
    opening.drop_opened()
    assert [Person.objects.get(pk=one.pk).name for one in (ana, ben)] == ["Ana", "Ben"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("broken_at", ["_wrap_afresh", "copy_store", "take_over_next"])
def test_a_rotation_broken_off_loses_nothing_and_is_taken_up(monkeypatch, broken_at):
    ana = welcome_person(name="Ana", by=SITE)
    before = wrapping.wrapping_keys()[0]

    def pulled_plug(*given, **named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, broken_at, pulled_plug)
        with pytest.raises(KeyboardInterrupt):
            actions.rotate_wrapping_key(by=SITE)
    opening.drop_opened()
    assert Person.objects.get(pk=ana.pk).name == "Ana"
    ben = welcome_person(name="Ben", by=SITE)
    actions.rotate_wrapping_key(by=SITE)
    opening.drop_opened()
    assert [Person.objects.get(pk=one.pk).name for one in (ana, ben)] == ["Ana", "Ben"]
    assert [key.id for key in wrapping.wrapping_keys()] != [before.id]
    assert not wrapping.next_path().exists()


def test_a_replaced_key_stays_until_no_row_and_no_backup_needs_it():
    ana = welcome_person(name="Ana", by=SITE)
    old = Key.objects.get(owner=ana.ref).ref
    retired_at = clock.now()
    with clock.stopped_at(retired_at):
        new = actions.replace_key(owner=ana.ref, by=SITE)
    assert actions.purge_retired_keys(oldest_backup=None, by=SITE) == 0, "a row still needs it"
    assert reseal(owner=ana.ref, by=SITE) == 1
    assert (is_sealed_with(old), is_sealed_with(new)) == (False, True)
    earlier, later = retired_at - timedelta(days=1), retired_at + timedelta(days=1)
    assert actions.purge_retired_keys(oldest_backup=earlier, by=SITE) == 0, "a backup still needs it"
    assert actions.purge_retired_keys(oldest_backup=later, by=SITE) == 1
    opening.drop_opened()
    assert Person.objects.get(pk=ana.pk).name == "Ana"
    with pytest.raises(KeyGone):
        open_key(old)


def test_every_change_of_the_store_is_counted():
    owner = new_ref()
    counts = []
    for change in (actions.make_key, actions.replace_key, actions.destroy_key):
        change(owner=owner, by=SITE)
        counts.append(StoreMark.objects.get().changes)
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2]


def test_the_two_databases_share_no_table():
    names = {alias: set(connections[alias].introspection.table_names()) for alias in ("default", "keys")}
    assert names["default"] & names["keys"] == {"django_migrations"}
    assert {name for name in names["keys"] if name.startswith("keys_")} == {
        "keys_key",
        "keys_destroyedkey",
        "keys_storemark",
    }


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_copied_database_is_unreadable_after_its_key_is_destroyed(tmp_path):
    if connection.vendor != "sqlite":
        return  # its rows are the same bytes; the copy of a file is what is tried here
    ana = welcome_person(name="Ana", by=SITE)
    copy = sqlite3.connect(tmp_path / "stolen.sqlite3")
    connection.ensure_connection()
    connection.connection.backup(copy)
    (stored,) = copy.execute("SELECT name FROM people_person").fetchone()
    field = Person._meta.get_field("name")
    from beenthere.foundation.keys.fields import Sealed

    assert field.opened(ana, Sealed(stored)) == "Ana", "while the key is there it opens"
    actions.destroy_key(owner=ana.ref, by=SITE)
    with pytest.raises(KeyGone):
        field.opened(ana, Sealed(stored))
    copy.close()
