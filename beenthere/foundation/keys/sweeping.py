"""What a crash between two databases left behind, swept up by the worker.

A key whose person never came: after an hour of grace it is destroyed. Once its person was seen it is
not, for then the wrong database was put back. A person whose key was destroyed: unreadable already; the
rows are deleted. Only the store's own evidence of the destruction counts: where keys are merely missing
nobody is deleted. `doctor` tells of both.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from beenthere.foundation import clock
from beenthere.foundation.registry import OWNERS
from beenthere.foundation.writing import writing

from .actions import destroy_key
from .models import DestroyedKey, Key

GRACE = timedelta(hours=1)
CHUNK = 500


def sweep_orphans(*, by) -> tuple[int, int]:
    """Returns how many keys were destroyed and how many people's rows deleted."""
    keys = rows = 0
    for purpose, owners in OWNERS.items():
        unseen = Key.objects.filter(purpose=purpose, owner_seen=False)
        for refs in _chunks(list(unseen.values_list("owner", flat=True).order_by("pk"))):
            here = owners.living(refs)
            with writing("keys"):
                Key.objects.filter(purpose=purpose, owner__in=here).update(owner_seen=True)
            lonely = unseen.filter(owner__in=refs - here, made_at__lt=clock.now() - GRACE)
            for owner in sorted(set(lonely.values_list("owner", flat=True))):
                destroy_key(owner=owner, purpose=purpose, by=by)
                keys += 1
        gone = DestroyedKey.objects.filter(purpose=purpose).values_list("owner", flat=True)
        for refs in _chunks(list(gone.order_by("pk"))):
            for owner in sorted(owners.living(refs)):
                owners.forget(owner)
                rows += 1
    return keys, rows


def owners_without_key() -> int:
    """How many owners have neither a key nor evidence that it was destroyed: a wrong key store."""
    count = 0
    for purpose, owners in OWNERS.items():
        for refs in _chunks(owners.everyone()):
            known = set(Key.objects.filter(purpose=purpose, owner__in=refs).values_list("owner", flat=True))
            known |= set(
                DestroyedKey.objects.filter(purpose=purpose, owner__in=refs).values_list("owner", flat=True)
            )
            count += len(refs - known)
    return count


def _chunks(refs: Iterable[str]) -> Iterator[set[str]]:
    rest = iter(refs)
    while chunk := set(islice(rest, CHUNK)):
        yield chunk
