"""Codes of an app as a second step beside the passphrase: set up with proof, used once each, taken away."""

import secrets

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

from ..core.one_time import BYTES, secret_of, step_opened
from ..models import OneTimeCodes, Passphrase, Person


class NoPassphrase(ValueError):
    """A second step stands beside a passphrase, and there is none."""


def begin_one_time_codes(*, by: Person) -> OneTimeCodes:
    """Afterwards a secret is there that opens and asks for nothing yet; one that was shown and not proved is
    the same again. Raises NoPassphrase."""
    if not Passphrase.objects.filter(person=by).exists():
        raise NoPassphrase
    row = OneTimeCodes.objects.select_related("person").filter(person=by).first()
    if row is not None:
        return row
    row = OneTimeCodes(person=by, secret=secret_of(secrets.token_bytes(BYTES)))
    seal(row)
    with writing():
        row.save(force_insert=True)
    return row


def confirm_one_time_codes(*, code: str, by: Person) -> bool:
    """Whether `code` shows that the app has the secret; from then on the passphrase needs a second step."""
    row = OneTimeCodes.objects.select_related("person").filter(person=by, confirmed_at=None).first()
    if row is None or not _open(row, code):
        return False
    with writing():
        OneTimeCodes.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
        record(act="second step begun", by=by, kind="person", ref=by.ref)
    return True


def use_one_time_code(*, person: Person, code: str, by=SITE) -> bool:
    """Whether the code opens; afterwards neither it nor an earlier one does."""
    rows = OneTimeCodes.objects.select_related("person").exclude(confirmed_at=None)
    row = rows.filter(person=person).first()
    return row is not None and _open(row, code)


def take_one_time_codes_away(*, by: Person) -> None:
    """Afterwards the passphrase alone opens the door."""
    with writing():
        if OneTimeCodes.objects.filter(person=by).exclude(confirmed_at=None).exists():
            record(act="second step ended", by=by, kind="person", ref=by.ref)
        OneTimeCodes.objects.filter(person=by).delete()


def _open(row: OneTimeCodes, code: str) -> bool:
    step = step_opened(row.secret, code, seconds=int(clock.now().timestamp()), last_step=row.last_step)
    if step is None:
        return False
    with writing():  # two at once: one opens
        return bool(OneTimeCodes.objects.filter(pk=row.pk, last_step__lt=step).update(last_step=step))
