"""Fields whose values are encrypted at rest with the key of the person they belong to.

The model says whose: `name = EncryptedTextField(owner="ref")`, where `owner` is the dotted path from
a row to its owner's ref. A value is bound to its table, field, row and owner; put anywhere else, it
does not open. It stays sealed in memory until it is read, and can neither be searched nor sorted by.

    1 byte version | 16 bytes ref of the key | 12 bytes nonce | ciphertext and tag
"""

import json
from functools import reduce
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import models

from beenthere.foundation.writing import refuse_inside

from .opening import open_key, open_keys, sealing_key
from .wrapping import bound, open_bytes, seal_bytes

VERSION = b"\x01"
HEAD = 17


class Misplaced(RuntimeError):
    """A sealed value stands in another table, field, row or with another owner than it was sealed
    for, or was changed."""


class Sealed:
    """A value as it is stored. Says nothing of itself."""

    __slots__ = ("stored",)

    def __init__(self, stored: bytes) -> None:
        self.stored = bytes(stored)

    def __repr__(self) -> str:
        return "<sealed>"

    @property
    def key_ref(self) -> str:
        return self.stored[1:HEAD].decode("ascii", "replace")


class _Attribute:
    """Reads open the value, writes take plain words; `None` is nothing."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, model: type) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        return self.field.opened(row, value) if isinstance(value, Sealed) else value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):
    """Base of the two kinds below."""

    descriptor_class = _Attribute

    def __init__(self, *, owner: str, purpose: str = "person", **options) -> None:
        self.owner, self.purpose = owner, purpose
        super().__init__(**options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "owner": self.owner, "purpose": self.purpose}

    def sealed(self, row: models.Model, value: Any) -> Sealed:
        """`value` sealed for this field of `row`. Before the transaction, never inside it."""
        refuse_inside("Sealing")
        key_ref, secret = sealing_key(self.owner_of(row), self.purpose)
        return Sealed(
            VERSION + key_ref.encode() + seal_bytes(secret, self.encoded(value), self._aad(row, key_ref))
        )

    def opened(self, row: models.Model, sealed: Sealed) -> Any:
        """The words. Raises KeyGone after its key was destroyed, Misplaced for a value moved here."""
        if sealed.stored[:1] != VERSION:
            raise Misplaced(f"{self.model._meta.label}.{self.name} holds a value of an unknown version.")
        secret = open_key(sealed.key_ref)
        try:
            plain = open_bytes(secret, sealed.stored[HEAD:], self._aad(row, sealed.key_ref))
        except InvalidTag as damage:
            raise Misplaced(
                f"{self.model._meta.label}.{self.name} holds a value sealed for another place."
            ) from damage
        return self.decoded(plain)

    def owner_of(self, row: models.Model) -> str:
        """The ref of the row's owner."""
        return reduce(getattr, self.owner.split("."), row)

    def _aad(self, row: models.Model, key_ref: str) -> bytes:
        return bound("field", row._meta.db_table, self.column, row.ref, self.owner_of(row), key_ref)

    def from_db_value(self, value, expression, connection) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, row: models.Model, add: bool) -> Sealed | None:
        value = row.__dict__.get(self.attname)
        if value is not None and not isinstance(value, Sealed):
            value = row.__dict__[self.attname] = self.sealed(row, value)
        return value

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, Sealed):
            value = value.stored
        elif value is not None:
            raise FieldError(f"{self.name} is encrypted: set it on a row and save the row.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted: rows cannot be looked up by it.")

    def get_transform(self, lookup_name: str):
        raise FieldError(f"{self.name} is encrypted: rows cannot be looked up by it.")

    def encoded(self, value: Any) -> bytes:
        raise NotImplementedError

    def decoded(self, plain: bytes) -> Any:
        raise NotImplementedError


class EncryptedTextField(EncryptedField):
    """Text of any length."""

    def encoded(self, value: str) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} holds text.")
        return value.encode()

    def decoded(self, plain: bytes) -> str:
        return plain.decode()


class EncryptedJSONField(EncryptedField):
    """Plain values: what JSON can hold."""

    def encoded(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decoded(self, plain: bytes) -> Any:
        return json.loads(plain)


def seal(*rows: models.Model) -> None:
    """Seals what stands in plain in the encrypted fields of `rows`. Call it before `writing`."""
    for row in rows:
        for field in encrypted_fields(type(row)):
            field.pre_save(row, add=False)


def open_together(*rows: models.Model) -> None:
    """Afterwards the sealed values of `rows` open without asking the key store one by one: before a page
    that shows the words of many."""
    sealed = (row.__dict__.get(field.attname) for row in rows for field in encrypted_fields(type(row)))
    open_keys({value.key_ref for value in sealed if isinstance(value, Sealed)})


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
