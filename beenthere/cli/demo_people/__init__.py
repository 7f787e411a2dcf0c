"""The people of the demo, all of them made up: who they are, their own words, and what some of them have
already written to each other. The words stand in the TOML files beside this module."""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """A piece of a fictional person. `about` is what `stories.write_piece` takes."""

    words: str
    about: dict
    audience: str
    listed: bool
    quotable: bool


@dataclass(frozen=True, slots=True)
class Fictional:
    """Somebody who does not exist. `key` names them in addresses; `held` is what `matching.tell` takes."""

    key: str
    name: str
    language: str
    timezone: str
    capacity: int
    paused: bool
    steward: bool
    held: dict
    pieces: tuple[OwnPiece, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A message: who (by key), how many days ago, at which minute of that day in UTC."""

    by: str
    days: int
    minute: int
    words: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What two of them wrote to each other, oldest first. `called` is the name each goes by there, by key."""

    called: dict[str, str]
    said: tuple[Said, ...] = field(repr=False)


@cache
def fictional_people() -> tuple[Fictional, ...]:
    """Everybody, in the order of the files."""
    files = sorted(HERE.glob("*_to_*.toml"))
    return tuple(_person(told) for path in files for told in _read(path)["person"])


@cache
def talks() -> tuple[Talk, ...]:
    return tuple(_talk(told) for told in _read(HERE / "talks.toml")["talk"])


def key_of(name: str) -> str:
    """The name in small plain letters: Lucía is `lucia`."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _person(told: dict) -> Fictional:
    pieces = tuple(_piece(one) for one in told["pieces"])
    stands: dict[str, str | None] = {}
    for piece in pieces:
        for one in piece.about["experiences"]:
            stands[one["experience"]] = stands.get(one["experience"]) or one["stand"]
    held = {
        "experiences": [_experience(name, stand) for name, stand in stands.items()],
        "languages": told["languages"],
        "timezone": told["timezone"],
        "hopes": told["hopes"],
        "leave_out": [_experience(name) for name in told.get("leave_out", ())],
        "wish": told["wish"],
    }
    return Fictional(
        key=key_of(told["name"]),
        name=told["name"],
        language=told["languages"][0],
        timezone=told["timezone"],
        capacity=told["capacity"],
        paused=told.get("paused", False),
        steward=told.get("steward", False),
        held=held,
        pieces=pieces,
    )


def _piece(told: dict) -> OwnPiece:
    named = [one.partition("=") for one in told["about"]]
    return OwnPiece(
        words=" ".join(told["words"].split()),
        about={
            "experiences": [_experience(name, stand or None) for name, _, stand in named],
            "language": told["language"],
        },
        audience=told["audience"],
        listed=told.get("listed", False),
        quotable=told.get("quotable", True),
    )


def _experience(name: str, stand: str | None = None) -> dict:
    return {"experience": name, "known": True, "stand": stand}


def _talk(told: dict) -> Talk:
    called = {key_of(name): told.get("called", {}).get(name, name) for name in told["people"]}
    return Talk(called, tuple(_said(*one) for one in told["said"]))


def _said(by: str, days: int, time: str, words: str) -> Said:
    hour, minute = map(int, time.split(":"))
    return Said(key_of(by), days, hour * 60 + minute, words)
