"""The tables of the key store. Nothing here says who anybody is: refs, times, wrapped bytes."""

from django.db import models
from django.db.models import Q

from beenthere.foundation import clock
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import NOBODYS, REFS_ONLY, WITH_THE_OWNER, table


@table(owner="owner", export="", retention="until its owner leaves", erasure=WITH_THE_OWNER)
class Key(models.Model):
    """A data key of `owner` for `purpose`, wrapped. `retired_at`: it opens, and seals no more.

    `owner_seen`: the sweep found its owner once. Such a key is never swept away: if its owner is missing
    later, the wrong database was put back."""

    ref = RefField()
    owner = models.CharField(max_length=16, db_index=True)
    purpose = models.CharField(max_length=16, default="person")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
    owner_seen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "purpose"], condition=Q(retired_at=None), name="one_sealing_key"
            )
        ]


@table(owner="", export="", retention="until no backup is older", erasure=REFS_ONLY)
class DestroyedKey(models.Model):
    """That the keys of `owner` are gone on purpose. Only on this evidence does the sweep delete rows:
    a missing key alone may mean that the wrong key store was put back."""

    owner = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16, default="person")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "purpose"], name="destroyed_once")]


@table(owner="", export="", retention="always one row", erasure=NOBODYS)
class StoreMark(models.Model):
    """How often the store changed, and up to which change it was copied. Its row is also the lock that
    every change of the store takes first, so that a rotation misses no key."""

    ONLY = 1

    changes = models.BigIntegerField(default=0)
    copied = models.BigIntegerField(default=0)
    copied_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=True)
