"""Making, destroying, replacing and re-wrapping keys.

Two databases share no transaction, so the order carries the promise: the key is made, then its
person; the key is destroyed, then the rows are deleted. Whatever a crash leaves between is swept up
(`beenthere.foundation.keys.sweeping`).
"""

import os
from datetime import datetime

from beenthere.foundation import clock, wire
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import new_ref
from beenthere.foundation.secrets import read_or_make_secret
from beenthere.foundation.writing import writing

from .copies import copy_store
from .models import DestroyedKey, Key, StoreMark
from .opening import DESTROYED, KeyGone, drop_opened, unwrapped
from .resealing import is_sealed_with
from .wrapping import (
    SIZE,
    WrappingKey,
    WrappingKeyMissing,
    make_wrapping_key,
    next_path,
    take_over_next,
    wrap,
    wrapping_keys,
)

CHUNK = 200


def make_key(*, owner: str, purpose: str = "person", by) -> str:
    """Makes the data key of `owner`; returns its ref. The copies follow within a minute.

    Raises KeyGone for an owner whose keys were destroyed: nobody comes back under the same ref.
    """
    with writing("keys"):
        _mark_change()
        if DestroyedKey.objects.filter(owner=owner, purpose=purpose).exists():
            raise KeyGone("The keys of this owner were destroyed.")
        return _new_key(owner, purpose).ref


def destroy_key(*, owner: str, purpose: str = "person", by) -> None:
    """Destroys every key of `owner`: what they sealed is unreadable from now on, in backups too.

    Twice is the same as once. The copies follow within a minute.
    """
    with writing("keys"):
        _mark_change(settled=False)
        Key.objects.filter(owner=owner, purpose=purpose).delete()
        DestroyedKey.objects.get_or_create(owner=owner, purpose=purpose, defaults={"at": clock.now()})
    drop_opened(owner)
    wire.publish(DESTROYED, owner)


def replace_key(*, owner: str, purpose: str = "person", by) -> str:
    """A new key seals for `owner` from now on; the old one still opens, and is retired.

    Rows are sealed afresh by `resealing.reseal`; the old key is destroyed by `purge_retired_keys`.
    """
    with writing("keys"):
        _mark_change()
        old = Key.objects.filter(owner=owner, purpose=purpose, retired_at=None)
        if not old.update(retired_at=clock.now()):
            raise KeyGone("There is no key to replace.")
        made = _new_key(owner, purpose).ref
    drop_opened(owner)
    wire.publish(DESTROYED, owner)
    return made


def purge_retired_keys(*, oldest_backup: datetime | None, by) -> int:
    """Destroys retired keys that neither a living row nor any backup of the data needs.

    `oldest_backup` is the time of the oldest backup of the data that still exists, None if there is
    none. A key retired after it may be the only one that opens words in it. Returns how many went.
    """
    retired = Key.objects.exclude(retired_at=None)
    if oldest_backup is not None:
        retired = retired.filter(retired_at__lt=oldest_backup)
    gone = [key for key in retired if not is_sealed_with(key.ref)]
    with writing("keys"):
        _mark_change(settled=not gone)
        Key.objects.filter(pk__in=[key.pk for key in gone]).delete()
        old_evidence = DestroyedKey.objects.all()
        if oldest_backup is not None:
            old_evidence.filter(at__lt=oldest_backup).delete()
    for key in gone:
        drop_opened(key.owner)
        wire.publish(DESTROYED, key.owner)
    return len(gone)


def rotate_wrapping_key(*, by) -> int:
    """Afterwards every key is wrapped by a new wrapping key, the copies too, and the old one is gone
    from its file. Returns how many were wrapped afresh. Broken off, it is taken up by calling again.

    With the wrapping key in the environment the new one is put first there by hand, the old one
    behind it; this wraps everything by the first, after which the old one can be taken away.
    """
    in_file = not _given_by_environment()
    if in_file:
        if not wrapping_keys():
            raise WrappingKeyMissing("There is no wrapping key yet, so none to replace.")
        read_or_make_secret(next_path(), length=SIZE)
    count = _wrap_afresh(wrapping_keys()[0])
    copy_store(even_if_unchanged=True)
    if in_file:
        with writing("keys"):
            _mark_change()  # nobody makes a key while the files change places
            _wrap_afresh(wrapping_keys()[0])
            take_over_next()
    record(act="wrapping key rotated", by=by, kind="place", ref="")
    return count


def _wrap_afresh(newest: WrappingKey) -> int:
    """Chunk by chunk, so that nobody waits long for the store."""
    count = 0
    while True:
        with writing("keys"):
            _mark_change()
            keys = list(Key.objects.exclude(wrapped_by=newest.id)[:CHUNK])
            for key in keys:
                key.wrapped = wrap(
                    unwrapped(key), ref=key.ref, owner=key.owner, purpose=key.purpose, by=newest
                )
                key.wrapped_by = newest.id
            Key.objects.bulk_update(keys, ["wrapped", "wrapped_by"])
        count += len(keys)
        if not keys:
            return count


def _new_key(owner: str, purpose: str) -> Key:
    """Inside the store's transaction, after `_mark_change`: a rotation then sees this key or this
    sees the rotation's new wrapping key."""
    wrapping = wrapping_keys()
    if not wrapping:
        if Key.objects.exists():
            raise WrappingKeyMissing("The wrapping key is missing, and the key store is not empty.")
        wrapping = [make_wrapping_key()]
    ref = new_ref()
    wrapped = wrap(os.urandom(SIZE), ref=ref, owner=owner, purpose=purpose, by=wrapping[0])
    return Key.objects.create(
        ref=ref, owner=owner, purpose=purpose, wrapped=wrapped, wrapped_by=wrapping[0].id
    )


def _mark_change(*, settled: bool = True) -> None:
    """Takes the lock of the store and counts the change. `settled=False`: freed bytes are to be
    overwritten before the next copy."""
    mark, _ = StoreMark.objects.get_or_create(pk=StoreMark.ONLY)
    mark = StoreMark.objects.select_for_update().get(pk=StoreMark.ONLY)
    mark.changes += 1
    mark.settled = mark.settled and settled
    mark.save(update_fields=["changes", "settled"])


def _given_by_environment() -> bool:
    from django.conf import settings

    return bool(settings.PLACE.wrapping_key.get_secret_value())
