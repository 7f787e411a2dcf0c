"""Refs: the only names by which rows are known outside the database."""

import secrets

from django.db import models

# Crockford's base 32: no i, l, o, u, which are misread or spell words.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 16
NOBODYS = "?"  # not of the alphabet


# Each byte gives one character; 256 is 8 times 32, so each character is as likely as another.
_CHARACTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def new_ref() -> str:
    """16 random characters, 80 bits: not to be guessed, and free of collisions for any one place."""
    return secrets.token_bytes(LENGTH).translate(_CHARACTERS).decode()


class RefField(models.CharField):
    """A row's public ref, made when the row is made and never changed."""

    def __init__(self, **options) -> None:
        options = {"max_length": LENGTH, "default": new_ref, "unique": True, "editable": False, **options}
        super().__init__(**options)

    def get_prep_value(self, value):
        """What can be no ref finds nothing: PostgreSQL refuses to compare a NUL, no database takes half of a
        pair of surrogates, and either would be an error of ours where somebody typed an address."""
        value = super().get_prep_value(value)
        is_text = isinstance(value, str)
        return NOBODYS if is_text and not (value.isascii() and value.isprintable()) else value


class Site:
    """The place itself as one who acts: the worker, a command. Given as `by=SITE`."""

    ref = "site"

    def __repr__(self) -> str:
        return "SITE"


SITE = Site()
