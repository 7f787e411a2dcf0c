"""Browsers that are signed in: the token is in the cookie alone, a keyed digest of it here."""

import secrets
from datetime import datetime, timedelta

from beenthere.foundation import clock, wire
from beenthere.foundation.digests import digest
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing

from ..access import LASTS, MOST, SHARED_LASTS, SHARED_MOST, TOKEN
from ..events import SIGNED_OUT
from ..models import Invitation, Person, SignIn

SEEN_EVERY = timedelta(minutes=5)
MOST_BROWSERS = 20  # of one person; with one more, the one seen longest ago is signed out


def sign_in(*, person: Person, device: str, shared: bool = False, by) -> tuple[SignIn, str]:
    """Afterwards a browser is signed in, and who it is counts as just proved. Returns the row and the
    token for its cookie. `device` is what the list of browsers will call it; `shared`: others use it too."""
    token, now = secrets.token_urlsafe(32), clock.now()
    row = SignIn(person=person, token_digest=digest(TOKEN, token), device=device, shared=shared, made_at=now)
    row.ends_at = _ends(row, now)
    seal(row)
    with writing():
        row.save(force_insert=True)
        rows = SignIn.objects.filter(person=person).order_by("-seen_at", "-pk")
        over = dict(rows.values_list("pk", "ref")[MOST_BROWSERS:])
        SignIn.objects.filter(pk__in=over).delete()
    for ref in over.values():
        wire.publish(SIGNED_OUT, ref)
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
    ends = _ends(sign_in, now)
    with writing():
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now, ends_at=ends)
    sign_in.seen_at, sign_in.ends_at = now, ends
    return True


def note_proved(*, sign_in: SignIn, by) -> str:
    """Who it is was shown once more, just now. Returns a new token for the cookie: the one before, which
    somebody may have seen, opens nothing any more."""
    token, now = secrets.token_urlsafe(32), clock.now()
    with writing():
        SignIn.objects.filter(pk=sign_in.pk).update(proved_at=now, token_digest=digest(TOKEN, token))
    sign_in.proved_at, sign_in.token_digest = now, digest(TOKEN, token)
    return token


def _ends(sign_in: SignIn, now: datetime) -> datetime:
    lasts, most = (SHARED_LASTS, SHARED_MOST) if sign_in.shared else (LASTS, MOST)
    return min(now + lasts, sign_in.made_at + most)


def let_old_go(*, by) -> None:
    """Deletes sign-ins and invitations that are over."""
    now = clock.now()
    with writing():
        SignIn.objects.filter(ends_at__lte=now).delete()
        Invitation.objects.filter(ends_at__lte=now).delete()
