"""Numbers and lists of people."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, Q

from beenthere.foundation import clock
from beenthere.foundation.asking import Question
from beenthere.foundation.keys.fields import open_together

from ..models import (
    MEMBER,
    AccessToken,
    Block,
    Company,
    MailAddress,
    Passkey,
    Passphrase,
    Person,
    RecoveryCode,
    SignIn,
)
from .ways_in import has_second_step as has_second_step
from .ways_in import second_step_since as second_step_since


def count_people() -> int:
    return Person.objects.count()


def living(refs: set[str]) -> set[str]:
    """Those of `refs` who are here."""
    return set(Person.objects.filter(ref__in=refs).values_list("ref", flat=True))


def people_by_ref(refs: Collection[str]) -> dict[str, Person]:
    """Those of `refs` who are here: by ref, their names ready to be read. One query, one look at the keys."""
    rows = list(Person.objects.filter(ref__in=refs))
    open_together(*rows)
    return {person.ref: person for person in rows}


def everyone() -> Iterator[str]:
    """The refs of all, in the order in which they came."""
    return Person.objects.order_by("pk").values_list("ref", flat=True).iterator(500)


def is_blocked_between(a: str, b: str) -> bool:
    """Whether either of the two (refs) blocked the other."""
    return Block.objects.filter(by_person__ref__in=(a, b), other__ref__in=(a, b)).exists()


def blocked_pairs(refs: Collection[str]) -> set[frozenset[str]]:
    """The pairs of `refs` between whom a block stands."""
    found = Block.objects.filter(by_person__ref__in=refs, other__ref__in=refs)
    return {frozenset(two) for two in found.values_list("by_person__ref", "other__ref")}


def blocks_exist(which: Q) -> Exists:
    """Whether there is a block such as `which` says (over `by_person` and `other`), for another query."""
    return Exists(Block.objects.filter(which))


def refs_in_company_with(person: Person, kinds: Collection[str] = ("pair", "circle")) -> set[str]:
    """Those who are now with `person` in something of `kinds`."""
    mine = Company.objects.filter(person=person, kind__in=kinds, ended_at=None).values("subject")
    others = Company.objects.filter(subject__in=mine, kind__in=kinds, ended_at=None).exclude(person=person)
    return set(others.values_list("person__ref", flat=True))


_holding = Question(
    lambda refs, now: SignIn.objects.filter(
        ref__in=refs, ends_at__gt=now, person__standing=MEMBER
    ).values_list("ref", flat=True)
)


def signed_in(sign_in_refs: Collection[str]) -> set[str]:
    """Those of the sign-ins that still hold, and whose people are members: one query."""
    return set(_holding(refs=sign_in_refs, now=clock.now()))


def passkeys_of(person: Person) -> list[Passkey]:
    return list(Passkey.objects.select_related("person").filter(person=person).order_by("pk"))


def has_passphrase(person: Person) -> bool:
    return Passphrase.objects.filter(person=person).exists()


_codes = Question(lambda person: RecoveryCode.objects.filter(person=person).values_list("pk", flat=True))


def count_recovery_codes(person: Person) -> int:
    """How many are left."""
    return len(_codes(person=person.pk))


def sign_ins_of(person: Person) -> list[SignIn]:
    """The browsers that are signed in, the one seen last first."""
    rows = SignIn.objects.select_related("person").filter(person=person, ends_at__gt=clock.now())
    return list(rows.order_by("-seen_at", "-pk"))


def access_tokens_of(person: Person) -> list[AccessToken]:
    return list(AccessToken.objects.select_related("person").filter(person=person).order_by("pk"))


def mail_address_of(person: Person) -> MailAddress | None:
    return MailAddress.objects.select_related("person").filter(person=person).first()
