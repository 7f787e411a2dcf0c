"""The key of the first run: whoever started the place has it, in their terminal and in a file."""

import secrets
from contextlib import suppress

from django.conf import settings

from beenthere.foundation.place import the_place
from beenthere.foundation.secrets import read_or_make_secret


def first_key() -> str:
    """The key, made when it is asked for first; "" once the place is open."""
    return "" if the_place().is_open else read_or_make_secret(_path(), length=24)


def opens_first_run(key: str) -> bool:
    """Whether `key` is the one that was shown, and the place not open yet."""
    known = first_key()
    return bool(known) and secrets.compare_digest(known.encode(), key.encode())


def forget_first_key() -> None:
    with suppress(FileNotFoundError):
        _path().unlink()


def _path():
    return settings.DATA / "secret" / "first-run.key"
