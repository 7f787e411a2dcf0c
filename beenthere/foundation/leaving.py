"""Deleting what is somebody's, over the registry of tables: a new table cannot be forgotten."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, router

from beenthere.foundation.registry import TABLES, WITH_THE_OWNER, Table
from beenthere.foundation.writing import writing

ITSELF = "ref"  # the owner's own row


def tables_of_owners() -> Iterator[tuple[type[models.Model], Table]]:
    """The tables whose rows go with their owner, without the owners' own. Those of the key store are
    destroyed with the keys, before."""
    for label, declared in sorted(TABLES.items()):
        if declared.erasure == WITH_THE_OWNER and declared.owner not in ("", ITSELF):
            model = apps.get_model(label)
            if router.db_for_write(model) == "default":
                yield model, declared


def erase_rows_of(ref: str) -> int:
    """Afterwards no table that declares WITH_THE_OWNER holds a row of the owner `ref`, also where no
    foreign key leads to them. Returns how many rows went."""
    count = 0
    with writing():
        for model, declared in tables_of_owners():
            path = declared.owner.replace(".", "__")
            count += model._default_manager.filter(**{path: ref}).delete()[0]
    return count
