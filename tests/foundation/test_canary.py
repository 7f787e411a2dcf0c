"""Planted names are nowhere to be found in plain: not in a database, a log of it, a copy, a message."""

import logging

import pytest
from django.conf import settings
from django.db import connection, connections

from beenthere.foundation.keys.copies import copy_store
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person, welcome_person
from beenthere.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
CANARIES = [f"Canary{number}Plantada" for number in range(40)]


def everything_stored() -> bytes:
    if connection.vendor == "sqlite":
        return b"".join(path.read_bytes() for path in settings.DATA.rglob("*") if path.is_file())
    rows = b""
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                rows += "\n".join(row for (row,) in cursor.fetchall()).encode()
    return rows


def found_in(content: bytes) -> list[str]:
    return [
        canary
        for canary in CANARIES
        if canary.encode() in content or canary.encode().hex().encode() in content
    ]


def test_no_planted_name_is_stored_or_logged_in_plain(caplog):
    caplog.set_level(logging.DEBUG)
    people = [welcome_person(name=name, by=SITE) for name in CANARIES]
    assert [person.name for person in Person.objects.order_by("pk")] == CANARIES
    for person in people[:10]:
        delete_person(person=person, by=person)
    copy_store()
    stored = everything_stored()
    assert people[20].ref.encode() in stored, "the search reads what is stored"
    assert found_in(stored) == []
    assert found_in(caplog.text.encode()) == []


def test_the_search_finds_a_name_that_is_there(tmp_path):
    assert found_in(f"... {CANARIES[3]} ...".encode()) == [CANARIES[3]]
