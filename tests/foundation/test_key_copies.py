"""Within a minute of every key made or destroyed both copies are the store as it is."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from beenthere.foundation import clock, jobs, tasks
from beenthere.foundation.keys import copies
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.copies import copy_name, copy_store, wrapped_keys_in
from beenthere.foundation.keys.models import Key, StoreMark
from beenthere.foundation.refs import SITE, new_ref

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
COPYING = "copy the key store"


@pytest.fixture
def folders(tmp_path, monkeypatch):
    folders = [tmp_path / "one", tmp_path / "two"]
    place = settings.PLACE.model_copy(update={"key_copies": folders})
    monkeypatch.setattr(settings, "PLACE", place)
    return folders


@pytest.fixture
def hands():
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        yield hands


def bytes_in(folder) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_copies_follow_within_a_minute_and_hold_nothing_destroyed(folders, hands):
    assert jobs.JOBS[COPYING].run is tasks.copy_keys
    ana, ben = new_ref(), new_ref()
    make_key(owner=ana, by=SITE)
    kept = make_key(owner=ben, by=SITE)
    wrapped = bytes(Key.objects.get(owner=ana).wrapped)
    jobs.prepare_schedules()
    jobs.run_due("worker")
    assert [set(wrapped_keys_in(folder)) for folder in folders] == [
        set(Key.objects.values_list("ref", flat=True))
    ] * 2
    if connection.vendor == "sqlite":
        assert [wrapped in bytes_in(folder) for folder in folders] == [True, True]

    destroy_key(owner=ana, by=SITE)
    hands.move(59)
    assert COPYING in jobs.run_due("worker")
    assert [set(wrapped_keys_in(folder)) for folder in folders] == [{kept}] * 2
    assert [wrapped in bytes_in(folder) for folder in folders] == [False, False]
    assert [os.listdir(folder) for folder in folders] == [[copy_name()]] * 2


def test_after_a_destruction_the_store_itself_holds_no_byte_of_the_key():
    owner = new_ref()
    make_key(owner=owner, by=SITE)
    wrapped = bytes(Key.objects.get(owner=owner).wrapped)
    if connection.vendor != "sqlite":
        return  # a server's files are not ours to read; VACUUM is tried by the copying above

    def stored() -> bytes:
        store = Path(connections["keys"].settings_dict["NAME"])
        return store.read_bytes() + store.with_name(f"{store.name}-wal").read_bytes()

    assert wrapped in stored()
    destroy_key(owner=owner, by=SITE)
    assert copy_store() == 2
    assert wrapped not in stored()


def test_nothing_is_copied_when_nothing_changed(folders):
    make_key(owner=new_ref(), by=SITE)
    assert [copy_store(), copy_store(), copy_store(even_if_unchanged=True)] == [2, 0, 2]
    (folders[1] / copy_name()).unlink()
    assert copy_store() == 2, "a missing copy is made again"


def test_a_folder_that_cannot_be_written_keeps_the_other_from_nothing(folders):
    folders[0].write_text("in the way")
    make_key(owner=new_ref(), by=SITE)
    assert copy_store() == 1
    mark = StoreMark.objects.get()
    assert mark.copied < mark.changes, "so it is tried again"
    folders[0].unlink()
    assert copy_store() == 2
    assert StoreMark.objects.get().copied == mark.changes


def test_a_copy_broken_off_leaves_the_one_before_and_is_tidied(folders, monkeypatch):
    ref = make_key(owner=new_ref(), by=SITE)
    copy_store()
    make_key(owner=new_ref(), by=SITE)

    def pulled_plug(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(copies.os, "replace", pulled_plug)
        with pytest.raises(KeyboardInterrupt):
            copy_store()
    assert set(wrapped_keys_in(folders[0])) == {ref}
    (folders[0] / f"another{copies.PARTIAL}").write_bytes(b"pages of an old copy")
    copy_store()
    assert [os.listdir(folder) for folder in folders] == [[copy_name()]] * 2
    assert len(wrapped_keys_in(folders[0])) == 2


def test_a_copy_is_its_owners_alone(folders):
    make_key(owner=new_ref(), by=SITE)
    copy_store()
    assert [(folder / copy_name()).stat().st_mode & 0o777 for folder in folders] == [0o600] * 2
