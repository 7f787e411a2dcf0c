"""Joining, once: however often the button was pressed."""

import time
from collections.abc import Callable
from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.place import tell_place
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing
from beenthere.matching.actions import propose, tell
from beenthere.matching.core.reading import SOON
from beenthere.people.actions import Joined, give_mail_address, invite, join, leave_address, passkey_made
from beenthere.people.models import Person
from beenthere.safety.actions import name_steward
from beenthere.stories.actions import write_piece
from beenthere.stories.models import INTRODUCED

from .first_key import forget_first_key
from .models import ADDRESS, DONE, FIRST, JOINED, Begun
from .queries import begun_of, mark_of
from .told import Told

WORKED_ON = timedelta(seconds=30)  # after which whoever worked on it is taken to have died
STEP = 0.1
KEEP = timedelta(days=1)
STEWARD = "steward"  # the purpose of an invitation: whoever takes it looks after the place too
GATE = "gate"  # no form is of this kind: nobody can show its nonce


class _SentBefore(Exception):
    """The same form was sent before."""


def claim(*, nonce: str, kind: str = JOINED, by=SITE) -> Begun | None:
    """The row to work on, if nobody did or does; else None, once the other is done."""
    mark = mark_of(nonce, kind=kind)
    tries = int(WORKED_ON.total_seconds() / STEP)
    for _ in range(tries):
        with writing():
            Begun.objects.filter(nonce_digest=mark, person=None, made_at__lt=clock.now() - WORKED_ON).delete()
            row, made = Begun.objects.get_or_create(nonce_digest=mark, defaults={"kind": kind})
        if made:
            return row
        if row.person_id is not None:
            return None
        time.sleep(STEP)
    return None


def join_once(*, nonce: str, kind: str, join: Callable[[], object], by=SITE):
    """What `join()` gave (a Joined) and its row; None where this form was sent before. If it fails, nothing
    is kept of the form, and it can be sent again."""
    row = claim(nonce=nonce, kind=kind, by=by)
    if row is None:
        return None
    try:
        joined = join()
    except BaseException:
        let_go(row=row, by=by)
        raise
    row.person, row.sign_in_name = joined.person, joined.sign_in_name
    seal(row)
    with writing():
        row.save()
    return joined


def let_go(*, row: Begun, by) -> None:
    with writing():
        row.delete()


def join_with(*, told: Told, answers: dict, kind: str = JOINED, by=SITE) -> Joined | None:
    """Afterwards somebody is here, their first words are a piece of theirs, matching knows what they told,
    and introductions are proposed. None where this form was sent before. Raises NotInvited, Untrue."""

    def begin() -> Joined:
        return join(
            name=answers["name"],
            prefers=answers["prefers"],
            passphrase=answers["passphrase"],
            passkey=passkey_made(**answers["passkey"], by=by) if answers["passkey"] else None,
            invitation=answers["invitation"],
            by=by,
        )

    joined = join_once(nonce=told.nonce, kind=kind, join=begin, by=by)
    if joined is not None:
        _begin_with(told, answers, joined.person)
        if joined.purpose == STEWARD:
            name_steward(person=joined.person, by=by)
    return joined


def _begin_with(told: Told, answers: dict, person: Person) -> None:
    said = [one.said() for one in told.chips]
    if told.words.strip():
        about = {"experiences": said, "language": answers["prefers"]["language"]}
        quotable = answers["quotable"]
        write_piece(words=told.words, about=about, audience=INTRODUCED, quotable=quotable, by=person)
    if answers["mail"]:
        give_mail_address(address=answers["mail"], by=person)
    held = {
        "experiences": said,
        "languages": answers["languages"],
        "timezone": answers["prefers"]["timezone"],
        "wish": SOON,
    }
    tell(held=held, by=person)
    propose(person_refs=[person.ref])


def leave_address_with(*, told: Told, address: str, language: str, by=SITE) -> Person:
    """Afterwards somebody who only left an address is here for 90 days, with what they have lived through and
    no words. The same form twice is the same as once."""

    def leave() -> Joined:
        return Joined(leave_address(address=address, prefers={"language": language}, by=by), None)

    joined = join_once(nonce=told.nonce, kind=ADDRESS, join=leave, by=by)
    if joined is None:
        return begun_of(told.nonce, kind=ADDRESS).person
    tell(held={"experiences": [one.said() for one in told.chips], "languages": [language]}, by=joined.person)
    return joined.person


def open_place(*, nonce: str, place: dict, answers: dict, by=SITE) -> Joined | None:
    """Afterwards the place is what `place` says (see `tell_place`), and open; whoever sent it is here and its
    first steward. None where this form was sent before, or where somebody else opens the place just now. The
    place opens last: if anything before fails, the same link still leads here."""

    def begin() -> Joined:
        joined = join_with(told=Told(nonce=nonce), answers=answers, kind=FIRST, by=by)
        if joined is None:
            raise _SentBefore
        name_steward(person=joined.person, by=by)
        tell_place(**place, by=joined.person)
        return joined

    try:
        joined = join_once(nonce="", kind=GATE, join=begin, by=by)  # one for all who have the link
    except _SentBefore:
        return None
    if joined is not None:
        forget_first_key()
    return joined


def invite_two(*, by: Person) -> list[str]:
    """The codes of two invitations to look after the place too."""
    return [invite(purpose=STEWARD, by=by) for _ in range(2)]


def written_down(*, by: Person) -> None:
    """Afterwards the sign-in name is shown nowhere any more. That the form was sent stays known."""
    with writing():
        for row in Begun.objects.filter(person=by):
            row.sign_in_name, row.kind = None, DONE
            row.save()


def forget_begun(*, by=SITE) -> int:
    """Deletes what is older than a day; returns how many rows."""
    with writing():
        return Begun.objects.filter(made_at__lt=clock.now() - KEEP).delete()[0]
