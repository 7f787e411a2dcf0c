"""Joining: what is kept, what is shown once, who may, and that nothing can be read of it."""

import logging
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from beenthere.foundation import clock, wire
from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.people import access
from beenthere.people.actions import (
    NotInvited,
    admit,
    delete_person,
    give_mail_address,
    invite,
    join,
    restore,
    sign_in,
    suspend,
    take_invitation,
)
from beenthere.people.core.passphrases import passphrase_fault
from beenthere.people.core.words import folded_sign_in_name, sign_in_name, words
from beenthere.people.events import SIGNED_OUT
from beenthere.people.models import Invitation, Passphrase, Person, SignIn
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD = "four lamps beside the old canal"


@pytest.fixture
def place():
    """Says how one may join."""

    def told(joining: str) -> None:
        tell_place(name="Here", joining=joining, by=SITE)

    yield told
    forget_place()


def joins(name="Xanthe", **more):
    return join(**{"name": name, "prefers": {"language": "en"}, "passphrase": GOOD, "passkey": None, **more})


def test_who_joins_can_come_back_by_what_was_shown():
    joined = joins()
    assert (joined.person.name, joined.person.standing, joined.recovery_codes) == ("Xanthe", "member", ())
    assert access.person_by_passphrase(joined.sign_in_name, GOOD) == joined.person
    assert access.person_by_passphrase(joined.sign_in_name.upper().replace("-", " "), GOOD) == joined.person
    assert access.person_by_passphrase(joined.sign_in_name, GOOD + "s") is None
    assert access.person_by_passphrase("amber-river-lantern-42", GOOD) is None


def test_a_sign_in_name_is_three_words_and_two_digits_of_37_bits():
    assert len(set(words())) == len(words()) >= 1024
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) >= 3 for word in words())
    assert len(words()) ** 3 * 100 >= 2**36
    assert sign_in_name(lambda n: n - 1) == f"{words()[-1]}-{words()[-1]}-{words()[-1]}-99"
    assert folded_sign_in_name(" Acorn  ACRE-actor 07 ") == folded_sign_in_name("acorn-acre-actor-07")


def everything_in(connection) -> bytes:
    """Every row of every table of a PostgreSQL database, as text (bytes in hexadecimal)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for name in tables:
            cursor.execute(f'SELECT row::text FROM "{name}" AS row')
            rows += [text for (text,) in cursor.fetchall()]
    return "\n".join(rows).encode()


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_nothing_of_it_can_be_read_in_any_file(caplog):
    caplog.set_level(logging.DEBUG)
    joined = joins()
    give_mail_address(address="xanthe@canary.example", by=joined.person)
    sign_in(person=joined.person, device="Canary browser", by=joined.person)
    stored = b"".join(path.read_bytes() for path in settings.DATA.rglob("*") if path.is_file())
    if connection.vendor == "postgresql":
        stored += everything_in(connection)
    assert joined.person.ref.encode() in stored, "the search reads what is stored"
    told = [joined.sign_in_name, folded_sign_in_name(joined.sign_in_name), GOOD, "Canary browser"]
    for canary in ["Xanthe", "xanthe@", "canary.example", *told]:
        assert canary.encode() not in stored
        assert canary.encode().hex().encode() not in stored
        assert canary not in caplog.text


def test_names_need_not_be_unique_and_are_tidied():
    assert [joins("  Zo\u200be ").person.name for _ in range(2)] == ["Zoe", "Zoe"]


@pytest.mark.parametrize("name", ["", "Steward", "x" * 41])
def test_a_name_that_cannot_be_is_refused(name):
    with pytest.raises(ValueError, match="."):
        joins(name)
    assert Person.objects.count() == 0


def test_there_must_be_a_way_back_in():
    with pytest.raises(ValueError, match="no way"):
        joins(passphrase=None)
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    "passphrase",
    [
        "short",
        "elevenchars",
        "passwordpassword",
        "Qwertyuiop123",
        "111111111111",
        "abcdefghijklm",
        "lkjhgfdsapoi",
    ]
    + ["anaanaanaana", "abababababab", "Pass word 12345", "x" * 501, "Xanthe Xanthe Xanthe"],
)
def test_what_is_guessed_too_easily_is_refused(passphrase):
    assert passphrase_fault(passphrase, names=("Xanthe Xanthe Xanthe",)) is not None
    with pytest.raises(ValueError, match="."):
        joins("Xanthe Xanthe Xanthe", passphrase=passphrase)


@pytest.mark.parametrize(
    "passphrase", [GOOD, "zwölf kleine Boote", "тихая река и мост", "correct lamp battery 9"]
)
def test_what_is_good_is_taken(passphrase):
    assert passphrase_fault(passphrase, names=("Xanthe",)) is None


@given(st.text(max_size=600))
def test_any_text_is_judged(text):
    fault = passphrase_fault(text)
    assert fault is None or str(fault)


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it():
    joined = joins(passphrase="caf\u00e9 beside the canal")
    assert access.person_by_passphrase(joined.sign_in_name, "cafe\u0301 beside the canal") == joined.person
    assert Passphrase.objects.get().hashed.startswith("argon2$argon2id$")


def test_a_place_for_the_invited(place):
    place("invited")
    code = invite(by=person("Sol"))
    with pytest.raises(NotInvited):
        joins()
    assert joins(invitation=code).person.standing == "member"
    with pytest.raises(NotInvited):
        joins(invitation=code)
    assert Passphrase.objects.count() == 1


def test_an_invitation_is_kept_as_a_digest_and_ends_after_fourteen_days():
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        code = invite(by=person("Sol"))
        assert code not in str(Invitation.objects.values().get())
        hands.move(14 * 86400)
        assert take_invitation(code) is None
        hands.move(-1)
        assert [take_invitation(code), take_invitation(code), take_invitation("x" * 5000)] == ["", None, None]
        assert take_invitation(invite(purpose="steward", by=SITE)) == "steward"


def test_a_place_where_one_asks(place):
    place("asking")
    asking = joins().person
    assert asking.standing == "asking"
    assert joins(invitation=invite(by=SITE)).person.standing == "member"
    assert joins(invitation="old").person.standing == "asking"
    admit(person=asking, by=person("Sol"))
    assert Person.objects.get(pk=asking.pk).standing == "member"


def test_admitting_opens_no_other_door():
    ana = person()
    suspend(person=ana, by=SITE)
    admit(person=ana, by=SITE)
    assert Person.objects.get(pk=ana.pk).standing == "suspended"
    restore(person=ana, by=SITE)
    assert Person.objects.get(pk=ana.pk).standing == "member"


@pytest.mark.parametrize("ends", [suspend, delete_person])
def test_who_goes_is_signed_out_everywhere_and_sockets_hear(ends, django_capture_on_commit_callbacks):
    ana, ben, heard = person(), person("Ben"), []
    hers = {sign_in(person=ana, device="x", by=ana)[0].ref for _ in range(2)}
    his, _ = sign_in(person=ben, device="x", by=ben)
    wire.subscribe(SIGNED_OUT, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        ends(person=ana, by=SITE)
    assert (set(heard), list(SignIn.objects.all())) == (hers, [his])
