"""Taking everything along, and leaving: a walk over every declared table, so that none is forgotten."""

import json

import pytest
from django.apps import apps
from django.db import models

from beenthere.foundation import leaving
from beenthere.foundation.keys.actions import make_key
from beenthere.foundation.keys.fields import EncryptedField, EncryptedJSONField
from beenthere.foundation.keys.models import Key
from beenthere.foundation.leaving import erase_rows_of, tables_of_owners
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import ALPHABET, LENGTH, SITE, new_ref
from beenthere.foundation.registry import TABLES, WITH_THE_OWNER
from beenthere.foundation.taking import everything_of
from beenthere.people.actions import delete_person
from beenthere.people.models import Block, MailAddress, Person
from beenthere.safety.models import Report
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Planter:
    """Plants one row of each table for one person, whatever its fields are."""

    def __init__(self, owner: Person, other: Person) -> None:
        self.owner, self.other, self.planted = owner, other, {}

    def plant(self, model: type[models.Model]) -> models.Model:
        if model is Person:
            return self.owner
        if model not in self.planted:
            row = model()
            if model is Report:  # the one that has a key of its own
                make_key(owner=row.ref, purpose="report", by=SITE)
            for field in model._meta.concrete_fields:
                if not field.primary_key and not field.has_default():
                    setattr(row, field.name, self.value_of(model, field))
            row.save()
            self.planted[model] = row
        return self.planted[model]

    def value_of(self, model: type[models.Model], field: models.Field) -> object:
        if field.is_relation:
            return self.relation(model, field)
        if isinstance(field, EncryptedField):
            return (
                {"words": "canary"} if isinstance(field, EncryptedJSONField) else f"canary {self.owner.ref}"
            )
        if field.null:
            return None
        if isinstance(field, models.CharField | models.TextField):
            is_ref = field.name.endswith("_ref") or field.name in (TABLES[model._meta.label_lower].owner,)
            return self.owner.ref if is_ref else (field.choices or [[new_ref()[: field.max_length]]])[0][0]
        if isinstance(field, models.DateTimeField):
            return self.owner.made_at
        return {} if isinstance(field, models.JSONField) else 1

    def relation(self, model: type[models.Model], field: models.Field) -> models.Model:
        if field.related_model is not Person:
            return self.plant(field.related_model)
        own = TABLES[model._meta.label_lower].owner.split(".")[0]
        theirs = [one.name for one in model._meta.concrete_fields if one.related_model is Person]
        return self.other if own in theirs and field.name != own else self.owner


@pytest.fixture
def world():
    """Ana and Ben, each with a row in every table that goes with its owner, and Dev beside them."""
    ana, ben, dev = person("Ana"), person("Ben"), person("Dev")
    planters = [Planter(ana, dev), Planter(ben, dev)]
    for planter in planters:
        for model, _ in tables_of_owners():
            planter.plant(model)
    return planters


def left(planter: Planter) -> list[str]:
    """Labels of the tables that still hold what was planted for that person."""
    own = [model for model, _ in tables_of_owners()]
    return sorted(
        model._meta.label
        for model, row in planter.planted.items()
        if model in own and model._default_manager.filter(pk=row.pk).exists()
    )


def every_label() -> list[str]:
    return sorted(model._meta.label for model, _ in tables_of_owners())


def test_the_walk_meets_every_table_that_goes_with_its_owner():
    declared = {label for label, one in TABLES.items() if one.erasure == WITH_THE_OWNER}
    assert {label.lower() for label in every_label()} == declared - {"people.person", "keys.key"}
    assert len(declared) > 15


def test_who_leaves_takes_every_row_along_and_nobody_elses(world):
    ana, ben = world
    assert (left(ana), left(ben)) == (every_label(), every_label())
    delete_person(person=ana.owner, by=ana.owner)
    assert (left(ana), left(ben)) == ([], every_label())
    assert set(Person.objects.values_list("ref", flat=True)) == {ben.owner.ref, ben.other.ref}
    assert not Key.objects.filter(owner=ana.owner.ref).exists()


def test_rows_go_also_where_no_foreign_key_leads_to_them(world):
    """Without the person's own row going, so that no cascade does the work."""
    ana, ben = world
    assert erase_rows_of(ana.owner.ref) > 0
    assert (left(ana), left(ben)) == ([], every_label())
    assert Person.objects.filter(pk=ana.owner.pk).exists()


def test_the_walk_can_fail(world, monkeypatch):
    ana, _ = world
    passed = [one for one in tables_of_owners() if one[0] is not MailAddress]
    monkeypatch.setattr(leaving, "tables_of_owners", lambda: passed)
    erase_rows_of(ana.owner.ref)
    assert left(ana) == ["people.MailAddress"]


def test_everything_is_taken_along_and_nothing_of_others(world):
    ana, ben = world
    told = everything_of(ana.owner.ref)
    text = json.dumps(told)
    kept = sorted(
        model._meta.label for model, declared in tables_of_owners() if declared.export and declared.owner
    )
    assert sorted(set(told) - {"foundation.LedgerRow"}) == sorted([*kept, "people.Person", "safety.Report"])
    assert [told["people.Person"][0][name] for name in ("ref", "name")] == [ana.owner.ref, "Ana"]
    assert told["stories.Piece"][0]["words"] == f"canary {ana.owner.ref}"
    assert [ref for ref in (ben.owner.ref, ana.other.ref) if ref in text] == []
    assert [act["act"] for act in told["foundation.LedgerRow"]] == ["welcomed"]


def test_nothing_to_sign_in_with_is_taken_along(world):
    ana, _ = world
    row = ana.plant(MailAddress)
    told = everything_of(ana.owner.ref)
    names = {name for rows in told.values() for one in rows for name in one}
    assert {
        name for name in names if any(part in name for part in ("digest", "hash", "token", "mark"))
    } == set()
    assert row.address_digest not in json.dumps(told)
    secret = {"id": "canary id", "key": "canary key", "name": "My phone"}
    passkey = ana.plant(apps.get_model("people.Passkey"))
    passkey.credential = secret
    passkey.save()
    assert everything_of(ana.owner.ref)["people.Passkey"][0]["credential"] == {"name": "My phone"}


def test_others_stand_there_as_somebody_else(world):
    ana, ben = world
    LedgerRow.objects.filter(ref=ana.owner.ref).update(by=ben.owner.ref)
    (row,) = everything_of(ana.owner.ref)["foundation.LedgerRow"]
    assert row["by"] == "somebody else"


def test_words_that_are_not_mine_stay_behind(world):
    ana, _ = world
    telling = ana.plant(apps.get_model("matching.Telling"))
    telling.held = {"said": [{"mine": True, "words": "kept"}, {"mine": False, "words": "canary"}]}
    telling.save()
    told = everything_of(ana.owner.ref)["matching.Telling"][0]["held"]["said"]
    assert told == [{"mine": True, "words": "kept"}, {"mine": False, "words": None}]


def test_a_block_says_when_and_not_whom(world):
    ana, _ = world
    assert Block.objects.filter(by_person=ana.owner).exists()
    (row,) = everything_of(ana.owner.ref)["people.Block"]
    assert sorted(row) == ["made_at", "ref"]


def test_of_nobody_there_is_nothing():
    assert (everything_of(new_ref()), erase_rows_of(SITE.ref)) == ({}, 0)
    assert len(new_ref()) == LENGTH
    assert set(new_ref()) <= set(ALPHABET)
