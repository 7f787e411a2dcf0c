"""Which rows a key sealed, and sealing them afresh under the key that replaced it."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import F
from django.db.models.functions import Substr

from beenthere.foundation.writing import writing

from .fields import HEAD, EncryptedField, encrypted_fields, seal


def sealed_models() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every encrypted field of every model."""
    for model in apps.get_models():
        for field in encrypted_fields(model):
            yield model, field


def is_sealed_with(key_ref: str) -> bool:
    """Whether any row still needs the key."""
    return any(
        model._default_manager.annotate(
            sealed_with=Substr(F(field.name), 2, HEAD - 1, output_field=models.BinaryField())
        )
        .filter(sealed_with=key_ref.encode())
        .exists()
        for model, field in sealed_models()
    )


def reseal(*, owner: str, purpose: str = "person", by) -> int:
    """Seals every value of `owner` under the newest key; a row at a time. Returns how many rows."""
    count = 0
    for model in {model for model, field in sealed_models() if field.purpose == purpose}:
        own = [field for field in encrypted_fields(model) if field.purpose == purpose]
        for pk in list(model._default_manager.filter(_of(own[0], owner)).values_list("pk", flat=True)):
            count += _reseal_row(model, pk, own)
    return count


def _reseal_row(model: type[models.Model], pk, fields: list[EncryptedField]) -> int:
    row = model._default_manager.get(pk=pk)
    before = {field.attname: row.__dict__[field.attname] for field in fields}
    for field in fields:
        setattr(row, field.attname, getattr(row, field.attname))
    seal(row)
    with writing():
        there = model._default_manager.select_for_update().filter(pk=pk).first()
        # Written meanwhile by its owner: then it is sealed under the newest key already.
        same = there is not None and all(
            getattr(there.__dict__[name], "stored", None) == getattr(value, "stored", None)
            for name, value in before.items()
        )
        if same:
            row.save(update_fields=list(before))
    return int(same)


def _of(field: EncryptedField, owner: str) -> models.Q:
    return models.Q(**{field.owner.replace(".", "__"): owner})
