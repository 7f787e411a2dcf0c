"""Runs the walk plain on small sheets and compiled on large ones: the same functions either way.

Compiling takes seconds, once: the compiled code is kept in the folder that the environment names as
NUMBA_CACHE_DIR, or beside this file. That folder must be a new one whenever `key.source_key` changes.
"""

import threading
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import NamedTuple

import numpy as np

from beenthere.matching.core import fit, weights
from beenthere.matching.core.compiled import around, bands, hashing, peers, rows, taking

PLAIN_UP_TO = 150  # people: below, walking every pair is faster than fetching the compiler
_MODULES = (fit, hashing, rows, bands, taking, peers, around)
_COMPILED = (
    *("experience_part", "words_part", "shared_part", "hopes_part", "hours_part", "place_part", "eased"),
    *("most_eased", "word", "turned", "stirred", "pair_hash", "share", "share_all", "no_common_language"),
    *("refuses_any", "minutes_together", "ease_between", "fits_after", "within", "last_of_half"),
    *("tighten", "keep_within", "sweep", "by_fit", "by_since", "earlier", "sink", "sort_ties", "put"),
    *("first_ties", "with_room", "drawn", "settle", "take"),
    *("comes_before", "nearest", "refused_kinds", "mark_apart", "look_at", "look_around"),
)
# Every other function is inlined: a call that hands all tables over costs more than what it does.
_CALLED = frozenset(
    ("stirred", "pair_hash", "share", "tighten", "keep_within", "by_fit", "by_since", "settle")
)
_one_at_a_time = threading.Lock()


class Met(NamedTuple):
    """Who has met whom, both directions: those of person p stand at at[p]..at[p + 1] of `who`."""

    at: np.ndarray
    who: np.ndarray


class Pairs(NamedTuple):
    a: np.ndarray
    b: np.ndarray
    fit: np.ndarray


class Ties(NamedTuple):
    pair: np.ndarray
    since: np.ndarray
    hash: np.ndarray
    place: np.ndarray


class Scratch(NamedTuple):
    """Room for one walker."""

    experience: np.ndarray
    words: np.ndarray
    fits: np.ndarray
    between: np.ndarray
    counts: np.ndarray
    days: np.ndarray
    message: np.ndarray
    state: np.ndarray
    schedule: np.ndarray
    constants: np.ndarray


class Walk:
    """The functions of the walk, and the kind of arrays that they walk through."""

    def __init__(self, people: int) -> None:
        self.plain = people <= PLAIN_UP_TO
        self._functions = _plain() if self.plain else compiled()

    def __getattr__(self, name: str):
        return getattr(self._functions, name)

    def readable(self, value):
        """`value` (an array, or a tuple of such) as the walk reads it fastest."""
        if not self.plain:
            return value
        if isinstance(value, np.ndarray):
            return value.tolist()
        if isinstance(value, tuple):
            return type(value)(*(self.readable(one) for one in value))
        return value

    def zeros(self, size: int, kind=np.int64):
        return [0] * size if self.plain else np.zeros(size, kind)

    def scratch(self, people: int, order) -> Scratch:
        refs = sorted(np.diff(np.asarray(order.ref_at)))[-2:]
        sizes = {"counts": weights.ONE + 3, "days": people + 3, "state": 8, "schedule": 64}
        sizes["message"] = len(order.salt) + int(sum(refs)) + 2 + 72
        rooms = {name: self.zeros(sizes.get(name, people)) for name in Scratch._fields}
        rooms["constants"] = self.readable(np.array(hashing.ROUND + hashing.FIRST, np.uint32))
        rooms |= {name: self.zeros(sizes[name], np.uint32) for name in ("state", "schedule")}
        return Scratch(**rooms)


@cache
def _plain() -> SimpleNamespace:
    return SimpleNamespace(**{name: _source(name) for name in _COMPILED})


def _source(name: str) -> FunctionType:
    return next(vars(module)[name] for module in _MODULES if name in vars(module))


def compiled() -> SimpleNamespace:
    """The same functions, compiled when they are first called."""
    with _one_at_a_time:  # two pages may ask at once
        return _compiled()


def word_of_32_bits(number):
    """What `hashing.word` is when compiled: the type does the cutting."""
    return np.uint32(number)


@cache
def _compiled() -> SimpleNamespace:
    import numba

    how = {"cache": True, "nogil": True, "error_model": "numpy"}  # nothing here divides by 0
    space: dict = {"np": np}
    for module in _MODULES:
        space |= {name: value for name, value in vars(module).items() if name.isupper() or name[0] != "_"}
    for name in _COMPILED:
        plain = word_of_32_bits if name == "word" else _source(name)
        twin = FunctionType(plain.__code__, space, name, plain.__defaults__)
        twin.__module__ = plain.__module__
        space[name] = numba.njit(**how, forceinline=name not in _CALLED)(twin)
    return SimpleNamespace(**{name: space[name] for name in _COMPILED})
