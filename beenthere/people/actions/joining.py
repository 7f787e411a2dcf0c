"""Joining: with a passphrase and a private sign-in name, or with a passkey; invited, or asking."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.digests import digest
from beenthere.foundation.events import announce
from beenthere.foundation.keys.actions import make_key
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.place import ASKING as BY_ASKING
from beenthere.foundation.place import INVITED, the_place
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

from ..access import hashed, name_digest
from ..core.names import name_fault, tidy_name
from ..core.passphrases import passphrase_fault
from ..core.words import sign_in_name
from ..events import SIGNED_OUT, PersonArrived
from ..models import ASKING, MEMBER, SUSPENDED, Invitation, Passphrase, Person, SignIn
from ..queries.vouching import may_invite
from .doors import passkey_row
from .vouching import INVITATION, count_invitation, let_in, vouch

INVITATION_LASTS = timedelta(days=14)
LONGEST_CODE = 100


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined. `sign_in_name` is shown once, here; None with a passkey. Recovery codes are made when asked
    for (`make_recovery_codes`). `purpose` is that of the invitation they came by."""

    person: Person
    sign_in_name: str | None
    recovery_codes: tuple[str, ...] = ()
    purpose: str = ""


class NotInvited(ValueError):
    """The place takes who is invited, and this invitation was used, is too old, or never was."""


def join(
    *,
    name: str,
    prefers: dict,
    passphrase: str | None,
    passkey: dict | None,
    invitation: str = "",
    standing: str | None = None,
    by=SITE,
) -> Joined:
    """Afterwards a person is here who can come back by `passphrase` or by `passkey` (what `passkey_made`
    gave).

    `standing` is what the place says of those who join, unless given. Raises ValueError for a name or a
    passphrase that cannot be, NotInvited where an invitation is needed and is none.
    """
    name = tidy_name(name)
    fault = name_fault(name) or (passphrase_fault(passphrase, names=(name,)) if passphrase else None)
    if fault is not None or not (passphrase or passkey):
        raise ValueError(fault or "There is no way to come back in.")
    person = Person(name=name, prefers=prefers)
    private = _new_sign_in_name() if passphrase else None
    kept = (
        Passphrase(person=person, name_digest=name_digest(private), hashed=hashed(passphrase))
        if private
        else None
    )
    make_key(owner=person.ref, by=by)
    key = passkey_row(credential=passkey, by=person) if passkey else None
    seal(person)
    with writing():
        taken = take_invitation(invitation, by=by)
        if taken is not None:
            let_in(person=person, code=invitation, by=by)
        person.standing = standing or _standing(taken is not None)
        person.save(force_insert=True)
        for row in (kept, key):
            if row is not None:
                row.person = person
                row.save(force_insert=True)
        record(
            act="joined" if person.standing == MEMBER else "asked to join",
            by=by,
            kind="person",
            ref=person.ref,
        )
        announce(PersonArrived(person.ref))
    return Joined(person, private, purpose=taken or "")


def invite(*, purpose: str = "", vouching: bool = False, by) -> str:
    """The code of a new invitation: it opens once, within 14 days; who joins by it brings `purpose`. With
    `vouching` those who look after this place give it: who comes by it is known to them. PermissionError for
    somebody whom a steward limited, and beyond 20 in a day (two, for who is new)."""
    if isinstance(by, Person) and not may_invite(by):
        raise PermissionError("A steward limited them.")
    if isinstance(by, Person) and not count_invitation(by=by):
        raise PermissionError("These are all that one person gives out in a day.")
    code = secrets.token_urlsafe(18)
    with writing():
        Invitation.objects.create(
            code_digest=digest(INVITATION, code),
            purpose=purpose,
            vouches=vouching or bool(purpose) or not isinstance(by, Person),
            made_by=by if isinstance(by, Person) else None,
            ends_at=clock.now() + INVITATION_LASTS,
        )
        record(act="invited", by=by, kind="person", ref=by.ref if isinstance(by, Person) else "")
    return code


def take_invitation(code: str, *, by=SITE) -> str | None:
    """The purpose of the invitation, None where there was none to be taken; afterwards it is used."""
    if not code or len(code) > LONGEST_CODE:
        return None
    rows = Invitation.objects.filter(code_digest=digest(INVITATION, code), used_at=None)
    with writing():
        row = rows.filter(ends_at__gt=clock.now()).first()
        taken = row is not None and rows.filter(pk=row.pk).update(used_at=clock.now())
        return row.purpose if taken else None


def admit(*, person: Person, by) -> None:
    """Afterwards somebody who asked to join is a member, and no newcomer. Twice is the same as once."""
    if _stand(person, {ASKING}, MEMBER, "admitted", by):
        vouch(person=person, by=by)


def suspend(*, person: Person, by) -> None:
    """Afterwards a member is signed out everywhere, and sees only what is theirs."""
    refs = list(SignIn.objects.filter(person=person).values_list("ref", flat=True))
    with writing():
        if _stand(person, {MEMBER, ASKING}, SUSPENDED, "suspended", by):
            SignIn.objects.filter(person=person).delete()
            # Heard once it is true, also where this is part of something longer.
            transaction.on_commit(lambda: [wire.publish(SIGNED_OUT, ref) for ref in refs])


def restore(*, person: Person, by) -> None:
    """Afterwards somebody who was suspended is a member."""
    _stand(person, {SUSPENDED}, MEMBER, "restored", by)


def _stand(person: Person, before: set[str], after: str, act: str, by) -> bool:
    with writing():
        changed = Person.objects.filter(pk=person.pk, standing__in=before).update(standing=after)
        if changed:
            record(act=act, by=by, kind="person", ref=person.ref)
            person.standing = after
            if after == MEMBER:
                announce(PersonArrived(person.ref))
    return bool(changed)


def _standing(is_invited: bool) -> str:
    """What the place says of those who join; before it is open, a member (its first steward)."""
    place = the_place()
    if is_invited or not place.is_open:
        return MEMBER
    if place.joining == INVITED:
        raise NotInvited
    return ASKING if place.joining == BY_ASKING else MEMBER


def _new_sign_in_name() -> str:
    while True:
        drawn = sign_in_name(secrets.randbelow)
        if not Passphrase.objects.filter(name_digest=name_digest(drawn)).exists():
            return drawn
