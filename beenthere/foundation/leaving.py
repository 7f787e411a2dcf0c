"""Deleting what is somebody's, over the registry of tables: a new table cannot be forgotten. And what the
apps above do before: while the key is still there, and words can still be read."""

from collections.abc import Callable, Iterator

import structlog
from django.apps import apps
from django.db import models, router

from beenthere.foundation.jobs import place_of
from beenthere.foundation.registry import TABLES, WITH_THE_OWNER, Table
from beenthere.foundation.writing import writing

log = structlog.get_logger(__name__)
ITSELF = "ref"  # the owner's own row
PERSON, PIECE = "person", "piece"  # what goes


class StillHere(RuntimeError):
    """Something that has to come first could not be done: nothing was deleted, and it can be tried again."""


_before: dict[str, list[Callable]] = {PERSON: [], PIECE: []}


def before_leaving(function: Callable, *, of: str = PERSON) -> None:
    """From now on `function(ref, by=)` is done before what has that ref goes: a person before their key is
    destroyed, a piece before its row is deleted. It has to bear being called again. What it raises stops
    the deletion."""
    if function not in _before[of]:
        _before[of].append(function)


def prepare_leaving(ref: str, *, of: str = PERSON, by) -> None:
    """Afterwards all is done that comes before. Outside `writing`. Raises StillHere when some of it failed,
    whose cause is not told further: it may hold words."""
    for function in _before[of]:
        try:
            function(ref, by=by)
        except Exception as fault:
            log.error("Nothing was deleted", why=type(fault).__name__, where=place_of(fault), of=of)
            raise StillHere("Nothing was deleted: what comes before could not be done.") from None


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
