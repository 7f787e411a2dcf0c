"""The registry of tables: whose rows they are, what an export shows of them, how long they stay,
and how they go. A table that nobody declared fails the build.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps

# How rows go when their owner leaves.
WITH_THE_OWNER = "deleted with its owner"
BY_AGE = "deleted by age"
REFS_ONLY = "stays: holds refs and times, no words"
NOBODYS = "holds nothing of anybody's"
ERASURES = (WITH_THE_OWNER, BY_AGE, REFS_ONLY, NOBODYS)

Model = TypeVar("Model", bound=type)


@dataclass(frozen=True, slots=True)
class Table:
    """One declaration. `owner` is the path from a row to its owner's ref ("" when nobody's)."""

    owner: str
    export: str
    retention: str
    erasure: str


@dataclass(frozen=True, slots=True)
class Owners:
    """What the key store must know of those whose keys it keeps, told by the app that has them.

    `living(refs)` gives those of `refs` that are still here; `everyone()` all of them, for the sweep;
    `forget(ref)` deletes the rows of one whose key was destroyed.
    """

    living: Callable[[set[str]], set[str]]
    everyone: Callable[[], Iterable[str]]
    forget: Callable[[str], None]


TABLES: dict[str, Table] = {}
OWNERS: dict[str, Owners] = {}


def declare(label: str, *, owner: str, export: str, retention: str, erasure: str) -> None:
    """Declares the table of the model `label` ("app.Model"), third-party ones too."""
    if erasure not in ERASURES:
        raise ValueError(f"{label}: erasure is one of {ERASURES}")
    TABLES[label.lower()] = Table(owner, export, retention, erasure)


def table(*, owner: str, export: str, retention: str, erasure: str) -> Callable[[Model], Model]:
    """`declare` as a decorator of our own models."""

    def declared(model: Model) -> Model:
        declare(model._meta.label, owner=owner, export=export, retention=retention, erasure=erasure)
        return model

    return declared


def undeclared_tables() -> list[str]:
    """Labels of the models, hidden ones of many-to-many included, that nobody declared."""
    everything = apps.get_models(include_auto_created=True)
    return sorted(model._meta.label for model in everything if model._meta.label_lower not in TABLES)


def needless_declarations() -> list[str]:
    """Declared labels that no model has any more."""
    labels = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    return sorted(set(TABLES) - labels)
