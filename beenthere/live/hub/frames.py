"""Frames: JSON text in both directions. What comes from a browser is believed in nothing."""

import json
from dataclasses import dataclass, field

from .door import READ, TYPING

MOST_REF = 64
MOST_MARK = 36
MOST_NUMBER = 2**53
SAID_WITH = {"kind", "note", "piece"}  # what may go with words
COVERED = "covered_ok"  # its writer was asked, and sends it covered


class Malformed(ValueError):
    """No frame that the hub knows."""


@dataclass(frozen=True, slots=True)
class Open:
    ref: str
    after: int


@dataclass(frozen=True, slots=True)
class Say:
    """`more`: what goes with the words, told to `Door.draft` by the same names."""

    ref: str
    mark: str
    words: str
    more: dict[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sign:
    """Somebody types, or has read up to `number`."""

    ref: str
    what: str
    number: int = 0


def frame_in(text: str) -> Open | Say | Sign:
    """The frame that came. Raises Malformed."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Malformed from fault
    if not isinstance(told, dict):
        raise Malformed
    keys = told.keys()
    if {"say", "mark", "words"} <= keys <= SAID_WITH | {"say", "mark", "words", COVERED}:
        more = {name: _words(told[name]) for name in sorted(keys & SAID_WITH)}
        more |= {COVERED: _yes(told[COVERED])} if COVERED in keys else {}
        return Say(
            _token(told["say"], MOST_REF), _token(told["mark"], MOST_MARK), _words(told["words"]), more
        )
    if keys == {"open", "after"}:
        return Open(_token(told["open"], MOST_REF), _number(told["after"]))
    if keys == {"sign", "what"} and told["what"] == TYPING:
        return Sign(_token(told["sign"], MOST_REF), TYPING)
    if keys == {"sign", "what", "number"} and told["what"] == READ:
        return Sign(_token(told["sign"], MOST_REF), READ, _number(told["number"]))
    raise Malformed


def frame_out(frame: dict) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def _token(value, most: int) -> str:
    """Refs and marks: letters, digits, `-` and `_`."""
    if not isinstance(value, str) or not 0 < len(value) <= most or not value.isascii():
        raise Malformed
    if not value.replace("-", "").replace("_", "").isalnum():
        raise Malformed
    return value


def _number(value) -> int:
    if type(value) is not int or not 0 <= value <= MOST_NUMBER:
        raise Malformed
    return value


def _yes(value) -> bool:
    if not isinstance(value, bool):
        raise Malformed
    return value


def _words(value) -> str:
    """Half a surrogate pair cannot be stored, and would fail the whole batch it came in."""
    if not isinstance(value, str):
        raise Malformed
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as fault:
            raise Malformed from fault
    return value
