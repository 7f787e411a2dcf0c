"""A sealed value opens in its own place only, and cannot be looked for."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction

from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.fields import (
    EncryptedJSONField,
    EncryptedTextField,
    Misplaced,
    Sealed,
    seal,
)
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.writing import TooSlowForATransaction, writing
from beenthere.people.actions import welcome_person
from beenthere.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NAME = Person._meta.get_field("name")


def stored(person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def put(person, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = %s WHERE id = %s", [value, person.pk])


def unsaved(name: str) -> Person:
    person = Person(name=name)
    make_key(owner=person.ref, by=SITE)
    return person


@pytest.mark.parametrize("name", ["Ana", "", "Ñandú 東 🕯", "x" * 10_000])
def test_what_was_written_is_read(name):
    person = welcome_person(name=name, by=SITE)
    assert Person.objects.get(pk=person.pk).name == name
    if len(name) > 2:
        assert name.encode() not in stored(person)


def test_the_same_name_never_gives_the_same_bytes():
    ana = welcome_person(name="Ana", by=SITE)
    first = stored(ana)
    ana.name = "Ana"
    ana.save()
    assert stored(ana) != first


def test_a_value_moved_to_another_row_does_not_open():
    ana, ben = welcome_person(name="Ana", by=SITE), welcome_person(name="Ben", by=SITE)
    put(ben, stored(ana))
    with pytest.raises(Misplaced):
        Person.objects.get(pk=ben.pk).name  # noqa: B018


@pytest.mark.parametrize("where", [0, 1, 20, -1])
def test_a_changed_byte_does_not_open(where):
    ana = welcome_person(name="Ana", by=SITE)
    value = bytearray(stored(ana))
    value[where] ^= 1
    put(ana, bytes(value))
    with pytest.raises((Misplaced, KeyGone)):
        Person.objects.get(pk=ana.pk).name  # noqa: B018


def row_of(*, table: str = "words", ref: str = "one", owner: str) -> SimpleNamespace:
    return SimpleNamespace(_meta=SimpleNamespace(db_table=table), ref=ref, author=SimpleNamespace(ref=owner))


def field_named(column: str) -> EncryptedTextField:
    field = EncryptedTextField(owner="author.ref")
    field.name = field.attname = field.column = column
    field.model = Person
    return field


@pytest.mark.parametrize("moved", ["table", "ref", "owner", "field"])
def test_a_value_opens_for_its_table_field_row_and_owner_only(moved):
    ana, ben = (welcome_person(name=name, by=SITE).ref for name in ("Ana", "Ben"))
    field = field_named("said")
    sealed = field.sealed(row_of(owner=ana), "been there")
    assert field.opened(row_of(owner=ana), sealed) == "been there"
    elsewhere = {
        "table": (field, row_of(owner=ana, table="other")),
        "ref": (field, row_of(owner=ana, ref="two")),
        "owner": (field, row_of(owner=ben)),
        "field": (field_named("other"), row_of(owner=ana)),
    }
    other_field, other_row = elsewhere[moved]
    with pytest.raises(Misplaced):
        other_field.opened(other_row, sealed)


def test_without_its_key_a_value_is_gone():
    ana = welcome_person(name="Ana", by=SITE)
    destroy_key(owner=ana.ref, by=SITE)
    with pytest.raises(KeyGone):
        Person.objects.get(pk=ana.pk).name  # noqa: B018


def test_without_a_key_nothing_is_sealed():
    with pytest.raises(KeyGone), transaction.atomic():
        Person(name="Ana").save()
    assert Person.objects.count() == 0


@pytest.mark.parametrize("lookup", ["name", "name__contains", "name__in", "name__length", "name__gt"])
def test_nobody_is_looked_up_by_an_encrypted_field(lookup):
    with pytest.raises(FieldError):
        list(Person.objects.filter(**{lookup: "Ana"}))


def test_a_queryset_cannot_write_plain_words():
    ana = welcome_person(name="Ana", by=SITE)
    with pytest.raises(FieldError), transaction.atomic():
        Person.objects.update(name="Ben")
    ana.name = "Ben"
    with pytest.raises(FieldError), transaction.atomic():
        Person.objects.bulk_update([ana], ["name"])
    assert Person.objects.get(pk=ana.pk).name == "Ana"


def test_many_are_written_at_once():
    people = [unsaved(name) for name in ("Ana", "Ben")]
    seal(*people)
    with writing():
        Person.objects.bulk_create(people)
    assert [person.name for person in Person.objects.order_by("pk")] == ["Ana", "Ben"]


def test_words_are_sealed_before_the_transaction_never_in_it():
    person = unsaved("Ana")
    with pytest.raises(TooSlowForATransaction), writing():
        person.save()
    assert Person.objects.count() == 0


def test_a_sealed_value_says_nothing_of_itself():
    welcome_person(name="Ana", by=SITE)
    assert repr(list(Person.objects.values_list("name"))) == "[(<sealed>,)]"


def test_a_value_is_opened_only_when_it_is_read():
    ana = welcome_person(name="Ana", by=SITE)
    destroy_key(owner=ana.ref, by=SITE)
    assert list(Person.objects.all()) == [ana]
    assert Person.objects.defer("name").get().ref == ana.ref
    with pytest.raises(KeyGone):
        Person.objects.defer("name").get().name  # noqa: B018


def test_plain_values_are_sealed_as_json():
    field = EncryptedJSONField(owner="ref")
    value = {"hopes": ["to talk"], "capacity": 1, "none": None}
    assert field.decoded(field.encoded(value)) == value


def test_the_field_tells_migrations_whose_it_is():
    _, path, _, options = NAME.deconstruct()
    assert (path, options) == (
        "beenthere.foundation.keys.fields.EncryptedTextField",
        {"owner": "ref", "purpose": "person"},
    )


def test_the_ref_of_the_key_stands_in_the_value():
    ana = welcome_person(name="Ana", by=SITE)
    from beenthere.foundation.keys.models import Key

    assert Sealed(stored(ana)).key_ref == Key.objects.get(owner=ana.ref).ref != new_ref()
