"""Named slots: where a page of a lower app shows what an upper app brings, without knowing it.

An app fills a slot in its `apps.py` (`ready`); a template opens it with `{% slot "help-now" %}`.
The names are closed, so that a misspelt one fails at the start and not silently on a page.
"""

from collections.abc import Callable
from dataclasses import dataclass

SLOTS = {
    "head": "scripts and styles that every page needs",
    "leave": "the way out, at the top of every page",
    "places": "the places one can go to, at the top of every page",
    "band": "one quiet line beneath the top",
    "help-now": "where other help is, in the top and in the foot of every page",
    "wishes": "my own wishes for hard times, above all of Help now: signposts/wishes.html says what it shows",
    "strip": 'beside a box: `box` is its id ("" for none), `shown` whether what was written calls for it',
    "today": "one quiet line each, beneath what waits today",
    "account": "what one can do with all that is one's own, on the page about oneself",
    "foot": "the links at the foot of every page",
    "message": "beneath one message of another (`said`, `room`); number 0 stands in a pattern, see talk.js",
    "conversation": "among the boundaries of a conversation (`room`)",
    "piece": "beneath a piece of another, for members (`one`)",
    "introduction": "beneath an introduction that waits (`card`)",
    "ended": "on the page of a conversation that ended (`room`, `report_door`)",
}


Brings = Callable[[object], dict]


@dataclass(frozen=True, slots=True)
class Filling:
    """A template that stands in a slot. `brings`, where given, is called with the request (None
    where a page has none) and returns what the template may show."""

    template: str
    order: int = 50
    brings: Brings | None = None


_filled: dict[str, list[Filling]] = {name: [] for name in SLOTS}


def fill(slot: str, template: str, *, order: int = 50, brings: Brings | None = None) -> None:
    """Afterwards `template` stands in `slot`, once, by `order` and then by name. KeyError for an
    unknown slot."""
    filling = Filling(template, order, brings)
    if filling not in _filled[slot]:
        _filled[slot].append(filling)
        _filled[slot].sort(key=lambda one: (one.order, one.template))


def fillings_of(slot: str) -> tuple[Filling, ...]:
    """What stands in `slot`, in order. KeyError for an unknown slot."""
    return tuple(_filled[slot])
