"""Taking one's own along: everything the tables hold of somebody, as plain values.

The registry says which tables show what. Nobody else's ref or words come along, and nothing by which
somebody could sign in: no digest, no hash, no token.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from beenthere.foundation.keys.fields import EncryptedField
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.refs import ALPHABET, LENGTH
from beenthere.foundation.registry import OWNERS, TABLES

EVERYTHING = "everything"  # or "everything but ended_at, why": those fields would tell of somebody else
SECRET = ("digest", "hash", "token", "mark", "wrapped", "code")
CALLED = ("name", "label", "called")  # all that is shown of a sealed value where not everything is
SOMEBODY = "somebody else"
WORDS = ("words", "note", "piece")  # not shown where they stand beside `"mine": False`


def everything_of(ref: str) -> dict[str, list[dict[str, Any]]]:
    """By table ("people.Person"), the rows whose owner is `ref`, in the order in which they came; tables
    without any are left out. Times are ISO 8601. What no key opens any more is None."""
    found = {}
    for label, declared in sorted(TABLES.items()):
        if declared.export and declared.owner:
            model = apps.get_model(label)
            rows = model._default_manager.filter(**{declared.owner.replace(".", "__"): ref}).order_by("pk")
            told = [_told(row, declared.export) for row in rows]
            if told:
                found[model._meta.label] = told
    others = _others_in(found, ref)
    return _without(found, others)


def _told(row: models.Model, export: str) -> dict[str, Any]:
    whole = export.startswith(EVERYTHING)
    without = {name.strip() for name in export.partition(" but ")[2].split(",")}
    told = {}
    for field in row._meta.concrete_fields:
        if field.name in without:
            continue
        if field.is_relation or field.primary_key or any(one in field.name for one in SECRET):
            continue
        if isinstance(field, EncryptedField):
            told[field.name] = _opened(row, field, whole=whole)
        elif not isinstance(field, models.BinaryField):
            value = getattr(row, field.attname)
            told[field.name] = value.isoformat() if isinstance(value, datetime) else value
    return told


def _opened(row: models.Model, field: EncryptedField, *, whole: bool) -> Any:
    try:
        value = getattr(row, field.attname)
    except KeyGone:
        return None
    if not whole:
        return {name: value[name] for name in CALLED if name in value} if isinstance(value, dict) else None
    return value


def _others_in(value: Any, ref: str) -> set[str]:
    """The refs of other people that stand in `value`, at any depth."""
    asked = {text for text in _texts(value) if len(text) == LENGTH and set(text) <= set(ALPHABET)} - {ref}
    return set().union(*(owners.living(asked) for name, owners in OWNERS.items() if name == "person"))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (key, *_texts(one))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _without(value: Any, others: set[str]) -> Any:
    """`value` without what is somebody else's: their refs, and words that are marked as not mine."""
    if isinstance(value, dict):
        kept = {name: _without(one, others) for name, one in value.items() if name not in others}
        if value.get("mine") is False:
            return {name: None if name in WORDS else one for name, one in kept.items()}
        return kept
    if isinstance(value, list):
        return [_without(one, others) for one in value]
    return SOMEBODY if isinstance(value, str) and value in others else value
