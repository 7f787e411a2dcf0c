"""The ways in: passphrase, passkeys, recovery codes, tokens for the API. Each is kept as a hash or a
digest."""

import base64
import secrets
from typing import Any

from beenthere.foundation import clock
from beenthere.foundation.carried import Stale, carried
from beenthere.foundation.digests import digest
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.limits import within
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

from ..access import ACCESS, ASKED, ASKED_SECONDS, PASSKEY, hashed, name_digest
from ..core.passkeys import Door, Untrue, id_shown, made, shown
from ..core.passphrases import passphrase_fault
from ..core.words import folded_recovery_code, recovery_code, sign_in_name
from ..models import ADDRESS, AccessToken, Passkey, Passphrase, Person, RecoveryCode

RECOVERY = "recovery code"
CODES = 10
LONGEST_CODE = 100
MOST_PASSKEYS = 20
LONGEST_LABEL = 60


class LastDoor(ValueError):
    """It is the only way in that is left."""


def set_passphrase(*, passphrase: str, new_name: bool = False, by: Person) -> str | None:
    """Afterwards `by` signs in with it. Returns the sign-in name where one was drawn, to be shown once: for
    who had none, or with `new_name`. Where there was one before, tokens open nothing any more: whoever had
    been in may have made one. ValueError for a passphrase that is guessed too easily."""
    fault = passphrase_fault(passphrase, names=(by.name,))
    if fault is not None:
        raise ValueError(fault)
    there = Passphrase.objects.filter(person=by).first()
    drawn = sign_in_name(secrets.randbelow) if new_name or there is None else None
    row = there or Passphrase(person=by)
    row.hashed, row.made_at = hashed(passphrase), clock.now()
    if drawn:
        row.name_digest = name_digest(drawn)
    with writing():
        row.save()
        if there is not None:
            AccessToken.objects.filter(person=by).delete()
        record(act="passphrase changed", by=by, kind="person", ref=by.ref)
    return drawn


def passkey_made(*, door: Door, asked: str, answer: Any, by=SITE) -> dict:
    """The credential that the browser made when it was `asked` (see `access.passkey_asked`). Raises Untrue,
    also when this question was answered before."""
    return made(door, challenge=_challenge(asked, door), answer=answer)


def use_passkey(*, door: Door, asked: str, answer: Any, by=SITE) -> Person | None:
    """Whose passkey answered; None for one that is not known here. Raises Untrue."""
    challenge = _challenge(asked, door)
    rows = Passkey.objects.select_related("person")
    row = rows.filter(id_digest=digest(PASSKEY, id_shown(answer))).exclude(person__standing=ADDRESS).first()
    if row is None:
        return None
    row.credential = {
        **row.credential,
        "count": shown(door, challenge=challenge, answer=answer, credential=row.credential),
    }
    row.used_at = clock.now()
    seal(row)
    with writing():
        row.save(update_fields=["credential", "used_at"])
    return row.person


def add_passkey(*, credential: dict, called: str, by: Person) -> Passkey:
    """Afterwards `by` can sign in with it. ValueError for one too many or one that is known already."""
    row = passkey_row(credential={**credential, "called": called}, by=by)
    if by.passkeys.count() >= MOST_PASSKEYS or Passkey.objects.filter(id_digest=row.id_digest).exists():
        raise ValueError("It is here already, or one too many.")
    with writing():
        row.save(force_insert=True)
        record(act="passkey added", by=by, kind="person", ref=by.ref)
    return row


def passkey_row(*, credential: dict, by: Person) -> Passkey:
    """The sealed row of a new passkey of `by`, whose key must be there. Saved by the caller."""
    called = credential.get("called", "")[:LONGEST_LABEL]
    row = Passkey(
        person=by,
        id_digest=digest(PASSKEY, credential["id"]),
        credential={**credential, "called": called},
    )
    seal(row)
    return row


def name_passkey(*, passkey: Passkey, called: str, by: Person) -> None:
    """Afterwards its owner finds it under this name."""
    passkey.credential = {**passkey.credential, "called": called[:LONGEST_LABEL]}
    seal(passkey)
    with writing():
        passkey.save(update_fields=["credential"])


def take_passkey_away(*, passkey: Passkey, by: Person) -> None:
    """Afterwards it opens nothing. Raises LastDoor for the only way in."""
    with writing():
        others = Passkey.objects.filter(person=by).exclude(pk=passkey.pk).exists()
        if not others and not Passphrase.objects.filter(person=by).exists():
            raise LastDoor
        passkey.delete()
        record(act="passkey taken away", by=by, kind="person", ref=by.ref)


def make_recovery_codes(*, by: Person) -> tuple[str, ...]:
    """Ten new codes, shown once; those before open nothing any more."""
    codes = tuple(recovery_code(secrets.randbelow) for _ in range(CODES))
    rows = [RecoveryCode(person=by, code_digest=_code_digest(code)) for code in codes]
    with writing():
        RecoveryCode.objects.filter(person=by).delete()
        RecoveryCode.objects.bulk_create(rows)
        record(act="recovery codes made", by=by, kind="person", ref=by.ref)
    return codes


def use_recovery_code(*, code: str, of: Person | None = None, by=SITE) -> Person | None:
    """Whose code it is (`of` one person alone, where given); afterwards it is used up. None for any other."""
    rows = RecoveryCode.objects.select_related("person").filter(code_digest=_code_digest(code[:LONGEST_CODE]))
    rows = rows if of is None else rows.filter(person=of)
    with writing():
        row = rows.select_for_update(of=("self",)).first()
        if row is None:
            return None
        row.delete()
        record(act="recovery code used", by=by, kind="person", ref=row.person.ref)
    return row.person


def make_access_token(*, label: str, by: Person) -> tuple[AccessToken, str]:
    """Afterwards a program can speak for `by`. The token is returned once and kept as a digest."""
    token = secrets.token_urlsafe(32)
    row = AccessToken(person=by, token_digest=digest(ACCESS, token), label=label[:LONGEST_LABEL])
    seal(row)
    with writing():
        row.save(force_insert=True)
        record(act="token made", by=by, kind="person", ref=by.ref)
    return row, token


def take_access_token_away(*, token: AccessToken, by: Person) -> None:
    """Afterwards it opens nothing."""
    with writing():
        AccessToken.objects.filter(pk=token.pk, person=by).delete()
        record(act="token taken away", by=by, kind="person", ref=by.ref)


def _challenge(asked: str, door: Door) -> bytes:
    """The challenge of a question that was asked here, now, and not answered before. Raises Untrue."""
    try:
        told = carried(asked, purpose=ASKED, seconds=ASKED_SECONDS)
    except Stale as why:
        raise Untrue("The question is too old.") from why
    once = within("answered", of=told["challenge"], most=1, seconds=2 * ASKED_SECONDS)
    if told["host"] != door.host or not once:
        raise Untrue("The question was answered before, or asked elsewhere.")
    return base64.urlsafe_b64decode(told["challenge"])


def _code_digest(code: str) -> str:
    return digest(RECOVERY, folded_recovery_code(code))
