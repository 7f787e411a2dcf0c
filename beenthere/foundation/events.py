"""Events: past-tense news that an app announces, and the reactions of the apps above it.

A reaction runs in a savepoint of its own within the transaction of the change. If it fails, the change
stands, and a row remains that the worker tries again and `doctor` shows. Events hold refs only.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

import structlog
from django.utils.module_loading import import_string

from beenthere.foundation import clock
from beenthere.foundation.writing import writing

Reaction = Callable[["Event"], None]
MOST_TRIES = 10
log = structlog.get_logger(__name__)
_reactions: dict[type["Event"], list[Reaction]] = {}


@dataclass(frozen=True)
class Event:
    """Base of all events: a frozen dataclass, named in the past tense, whose fields are text (refs)."""


def react_to(event: type[Event]) -> Callable[[Reaction], Reaction]:
    """Decorates a module-level function of a `listeners` module."""

    def joined(reaction: Reaction) -> Reaction:
        reactions = _reactions.setdefault(event, [])
        if reaction not in reactions:
            reactions.append(reaction)
        return reaction

    return joined


def announce(event: Event) -> None:
    """Every reaction has run, or has left a row. Called within the transaction of the change."""
    from beenthere.foundation.models import FailedReaction

    for reaction in _reactions.get(type(event), ()):
        try:
            with writing():
                reaction(event)
        except Exception as failure:  # no reaction may undo the change, nor stop another
            log.error("A reaction failed", event_name=path_of(type(event)), why=type(failure).__name__)
            FailedReaction.objects.create(
                event=path_of(type(event)),
                facts=asdict(event),
                reaction=path_of(reaction),
                error=type(failure).__name__,
                next_at=clock.now() + _pause(1),
            )


def try_again(*, by) -> int:
    """Tries the reactions that are due once more; returns how many succeeded. After ten tries a row
    stays for `doctor`."""
    from beenthere.foundation.models import FailedReaction

    due = FailedReaction.objects.filter(next_at__lte=clock.now(), tries__lt=MOST_TRIES)
    succeeded = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:100]):
        with writing():
            row = FailedReaction.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                with writing():
                    import_string(row.reaction)(import_string(row.event)(**row.facts))
            except Exception as failure:
                row.tries += 1
                row.error = type(failure).__name__
                row.next_at = clock.now() + _pause(row.tries)
                row.save()
            else:
                row.delete()
                succeeded += 1
    return succeeded


def path_of(thing: type | Reaction) -> str:
    """The dotted path by which `import_string` finds it again."""
    return f"{thing.__module__}.{thing.__qualname__}"


def _pause(tries: int) -> timedelta:
    return timedelta(minutes=min(2 ** (tries - 1), 240))
