"""Browsers that are signed in: the token is in the cookie alone, a keyed digest of it here."""

import secrets
from datetime import timedelta

from beenthere.foundation import clock, wire
from beenthere.foundation.digests import digest
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing

from ..access import LASTS, TOKEN
from ..events import SIGNED_OUT
from ..models import Invitation, Person, SignIn

SEEN_EVERY = timedelta(minutes=5)


def sign_in(*, person: Person, device: str, by) -> tuple[SignIn, str]:
    """Afterwards a browser is signed in, and who it is counts as just proved. Returns the row and the
    token for its cookie. `device` is what the list of browsers will call it."""
    token = secrets.token_urlsafe(32)
    row = SignIn(person=person, token_digest=digest(TOKEN, token), device=device, ends_at=clock.now() + LASTS)
    seal(row)
    with writing():
        row.save(force_insert=True)
    return row, token


def sign_out(*, sign_in: SignIn, by) -> None:
    """Afterwards its cookie opens nothing, and what it held open is told to close."""
    with writing():
        SignIn.objects.filter(pk=sign_in.pk).delete()
    wire.publish(SIGNED_OUT, sign_in.ref)


def sign_out_everywhere(*, person: Person, but: SignIn | None = None, by) -> None:
    """Afterwards `person` is signed in nowhere, or only in the browser `but`."""
    with writing():
        rows = SignIn.objects.filter(person=person).exclude(pk=but.pk if but else None)
        refs = list(rows.values_list("ref", flat=True))
        rows.delete()
    for ref in refs:
        wire.publish(SIGNED_OUT, ref)


def note_seen(*, sign_in: SignIn, by) -> bool:
    """Afterwards the sign-in was seen within five minutes; whether that had to be written."""
    now = clock.now()
    if now - sign_in.seen_at < SEEN_EVERY:
        return False
    with writing():
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now, ends_at=now + LASTS)
    sign_in.seen_at, sign_in.ends_at = now, now + LASTS
    return True


def note_proved(*, sign_in: SignIn, by) -> None:
    """Who it is was shown once more, just now."""
    now = clock.now()
    with writing():
        SignIn.objects.filter(pk=sign_in.pk).update(proved_at=now)
    sign_in.proved_at = now


def let_old_go(*, by) -> None:
    """Deletes sign-ins and invitations that are over."""
    now = clock.now()
    with writing():
        SignIn.objects.filter(ends_at__lte=now).delete()
        Invitation.objects.filter(ends_at__lte=now).delete()
