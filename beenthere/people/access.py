"""Who may see which person, and who is asking."""

import base64
import json
import secrets
import threading
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import Http404, HttpRequest, HttpResponse

from beenthere.foundation import clock
from beenthere.foundation.asking import Question
from beenthere.foundation.carried import Stale, carried, carry
from beenthere.foundation.digests import digest
from beenthere.foundation.place import the_place
from beenthere.foundation.writing import refuse_inside

from .core.passkeys import Door, asked_to_make, asked_to_show
from .core.passphrases import tidy_passphrase
from .core.words import folded_sign_in_name
from .models import (
    ADDRESS,
    MEMBER,
    SUSPENDED,
    AccessToken,
    Passkey,
    Passphrase,
    Person,
    SignIn,
)

TOKEN, ACCESS, NAME = "sign-in token", "access token", "sign-in name"
LONGEST_TOKEN = 100
LASTS, MOST = timedelta(days=60), timedelta(days=180)  # a sign-in, after it was last seen; in all
# The same on a shared device, where it also ends when the browser is closed.
SHARED_LASTS, SHARED_MOST = timedelta(minutes=30), timedelta(hours=12)
FRESH = timedelta(minutes=10)  # how long a proof of who it is holds
KNOWN, KNOWN_LASTS = "known browser", timedelta(days=400)
LONGEST_COOKIE = 1000
PASSKEY, ASKED, ASKED_SECONDS = "passkey", "passkey asked", 900
_hashing = threading.BoundedSemaphore(2)  # each takes 100 MB while it works


class SignInNeeded(Exception):
    """The page is for members; `web` leads to the sign-in page and back."""


class ProofNeeded(Exception):
    """The page asks who it is once more: the last proof is older than ten minutes."""


def get_person_for(viewer: Person, ref: str) -> Person:
    """The person `ref` as `viewer` may see them: for now, oneself. The same 404 for "not there" and
    "not yours"."""
    person = Person.objects.filter(ref=ref).first()
    if person is None or person.ref != viewer.ref:
        raise Http404
    return person


def get_passkey_for(person: Person, ref: str) -> Passkey:
    """One's own passkey, else 404."""
    return _own(Passkey, person, ref)


def get_sign_in_for(person: Person, ref: str) -> SignIn:
    """One's own browser, else 404."""
    return _own(SignIn, person, ref)


def get_access_token_for(person: Person, ref: str) -> AccessToken:
    """One's own token, else 404."""
    return _own(AccessToken, person, ref)


def visitor_of(request: HttpRequest) -> Person | None:
    """Who is signed in (set by `web.middleware.who`), None for a visitor."""
    return getattr(request, "person", None)


def member_of(request: HttpRequest) -> Person:
    """The member who is signed in. Raises SignInNeeded."""
    person = visitor_of(request)
    if person is None or person.standing != MEMBER:
        raise SignInNeeded
    return person


_signed_in = Question(
    lambda token, now: (
        SignIn.objects.select_related("person")
        .filter(token_digest=token, ends_at__gt=now)
        .exclude(person__standing=ADDRESS)
    )
)


def sign_in_of_token(token: str) -> SignIn | None:
    """The sign-in whose cookie holds `token`, with its person; None when it ended or never was."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    return next(iter(_signed_in(token=digest(TOKEN, token), now=clock.now())), None)


def person_of_access_token(token: str) -> Person | None:
    """Whose token for the API it is; None when it was taken away or never was."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    rows = AccessToken.objects.select_related("person").filter(token_digest=digest(ACCESS, token))
    row = rows.exclude(person__standing__in=(ADDRESS, SUSPENDED)).first()
    return row.person if row else None


def one_signed_in(request: HttpRequest) -> Person:
    """Who is signed in, also while they wait to be admitted or are suspended. Raises SignInNeeded."""
    person = visitor_of(request)
    if person is None or getattr(request, "sign_in", None) is None:
        raise SignInNeeded
    return person


def proved(request: HttpRequest) -> Person:
    """Who is signed in and showed within ten minutes that it is them. Raises SignInNeeded, ProofNeeded. Who
    has nothing to prove it with yet needs no proof."""
    person = one_signed_in(request)
    if clock.now() - request.sign_in.proved_at > FRESH and has_a_door(person):
        raise ProofNeeded
    return person


def has_a_door(person: Person) -> bool:
    """Whether they can sign in by passphrase or passkey."""
    return Passphrase.objects.filter(person=person).exists() or person.passkeys.exists()


def hashed(passphrase: str) -> str:
    """By argon2; takes a moment, so before `writing`."""
    refuse_inside("Hashing")
    with _hashing:
        return make_password(tidy_passphrase(passphrase))


def person_by_passphrase(sign_in_name: str, passphrase: str) -> Person | None:
    """Whose sign-in name and passphrase these are. Unknown names and wrong passphrases take the same work."""
    rows = Passphrase.objects.select_related("person")
    return _opened(rows.filter(name_digest=name_digest(sign_in_name)).first(), passphrase)


def is_passphrase_of(person: Person, passphrase: str) -> bool:
    """Whether it is theirs."""
    rows = Passphrase.objects.select_related("person")
    return _opened(rows.filter(person=person).first(), passphrase) is not None


def name_digest(sign_in_name: str) -> str:
    return digest(NAME, folded_sign_in_name(sign_in_name))


def keep_signed_in(
    request: HttpRequest, response: HttpResponse, token: str, *, shared: bool | None = None
) -> None:
    """Afterwards the browser keeps `token`, out of reach of scripts and of other sites; on a shared device
    until it is closed. `shared` is that of the sign-in it has, unless given."""
    if shared is None:
        shared = bool(getattr(request, "sign_in", None) and request.sign_in.shared)
    _set_cookie(request, response, settings.SIGN_IN_COOKIE, token, None if shared else LASTS)


def remember_browser(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Afterwards this browser counts as one in which `person` has signed in, also when they are signed out:
    others who try their sign-in name elsewhere cannot keep them out here. It says nothing readable."""
    row = Passphrase.objects.filter(person=person).first()
    if row is not None:
        known = carry({"name": row.name_digest, "id": secrets.token_urlsafe(16)}, purpose=KNOWN)
        _set_cookie(request, response, settings.KNOWN_COOKIE, known, KNOWN_LASTS)


def known_browser(request: HttpRequest, sign_in_name: str) -> str:
    """The id of a browser in which this very name has signed in before; "" for any other."""
    return _known(request, name_digest(sign_in_name))


def known_browser_of(request: HttpRequest, person: Person) -> str:
    """The same where it is clear who it would be."""
    row = Passphrase.objects.filter(person=person).first()
    return _known(request, row.name_digest) if row else ""


def _known(request: HttpRequest, name: str) -> str:
    cookie = request.COOKIES.get(settings.KNOWN_COOKIE, "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return ""
    try:
        known = carried(cookie, purpose=KNOWN, seconds=KNOWN_LASTS.total_seconds())
    except Stale:
        return ""
    return known["id"] if known["name"] == name else ""


def door_of(request: HttpRequest) -> Door:
    """Where this page would ask for a passkey: its own host name."""
    host = request.get_host()
    host = host if host.endswith("]") else host.rpartition(":")[0] or host
    return Door(host=host.lower(), name=the_place().name)


def passkey_asked(request: HttpRequest, *, make: bool = False, called: str = "") -> dict | None:
    """What a page puts into its passkey element: `options` (JSON for the browser) and `asked` (the same
    question, sealed, for the form). `make` asks for a new one, under the name `called`. None where browsers
    keep no passkeys, at an address that is a number."""
    door, challenge = door_of(request), secrets.token_bytes(32)
    if not door.can_open:
        return None
    if make:
        person = visitor_of(request)
        there = [row.credential["id"] for row in person.passkeys.all()] if person else []
        handle = secrets.token_bytes(16)  # stands for nobody: the passkey is found by its own id
        options = asked_to_make(
            door, challenge=challenge, handle=handle, called=called or door.name, there=there
        )
    else:
        options = asked_to_show(door, challenge=challenge)
    sealed = {"challenge": base64.urlsafe_b64encode(challenge).decode(), "host": door.host}
    return {"options": json.dumps(options), "asked": carry(sealed, purpose=ASKED), "make": make}


def _own(model: type, person: Person, ref: str):
    row = model.objects.select_related("person").filter(ref=ref, person=person).first()
    if row is None:
        raise Http404
    return row


def _opened(row: Passphrase | None, passphrase: str) -> Person | None:
    kept = row.hashed if row else ""
    none = _nobodys()
    with _hashing:
        is_right = check_password(tidy_passphrase(passphrase), kept or none)
    return row.person if row and is_right else None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """What an unknown name is checked against."""
    return hashed(secrets.token_urlsafe(32))


def _set_cookie(
    request: HttpRequest, response: HttpResponse, name: str, value: str, lasts: timedelta | None
) -> None:
    response.set_cookie(name, value, max_age=lasts, secure=request.is_secure(), httponly=True, samesite="Lax")
