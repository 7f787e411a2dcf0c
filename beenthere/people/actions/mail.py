"""Mail: an address of one's own, confirmed by its owner; what is written to it holds no name and no content.

Addresses are sealed; a keyed digest finds them. Tasks and logs hold refs alone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from beenthere.foundation import clock
from beenthere.foundation.carried import Stale, carried, carry
from beenthere.foundation.digests import digest
from beenthere.foundation.jobs import enqueue
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.limits import within
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import refuse_inside, writing

from ..core.addresses import folded_address, tidy_address
from ..core.names import tidy_name
from ..core.quiet import quiet_until, time_in
from ..models import ADDRESS, MailAddress, Person
from .coming import delete_person, welcome_person

DAY = 24 * 3600
PURPOSE = "mail address"
CONFIRM, CONFIRM_SECONDS = "confirm mail address", 2 * DAY
FORGET, FORGET_SECONDS = "forget address", 120 * DAY
ADDRESS_LASTS = timedelta(days=90)
UNCONFIRMED = timedelta(days=3)
HERE = timedelta(minutes=5)
MOST_MAIL = 3  # unasked-for mail that an address may be sent in a day
log = structlog.get_logger(__name__)


def give_mail_address(*, address: str, by: Person) -> None:
    """Afterwards the address is kept, sealed, and a link was sent to it; nothing else is, until the link was
    followed. ValueError for what can be no address. Nobody learns whether it was known here already."""
    row = MailAddress.objects.filter(person=by).first() or MailAddress(person=by)
    row.address, row.address_digest = tidy_address(address), _digest(address)
    row.confirmed_at = row.told_at = None
    seal(row)
    with writing():
        row.save()
        record(act="mail address given", by=by, kind="person", ref=by.ref)
        _ask_to_confirm(row)


def confirm_mail_address(*, token: str, by=SITE) -> Person | None:
    """Whose address is confirmed now (again is the same as once); None for a link that is too old or was for
    another address than is kept now."""
    row = mail_address_of_token(token, by=by)
    if row is None:
        return None
    with writing():
        if MailAddress.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=clock.now()):
            record(act="mail address confirmed", by=by, kind="person", ref=row.person.ref)
    return row.person


def mail_address_of_token(token: str, *, by=SITE) -> MailAddress | None:
    """The address that a confirming link was sent to, as long as it is the one that is kept."""
    try:
        told = carried(token, purpose=CONFIRM, seconds=CONFIRM_SECONDS)
    except Stale:
        return None
    rows = MailAddress.objects.select_related("person")
    return rows.filter(ref=told["row"], address_digest=told["of"]).first()


def take_mail_address_away(*, by: Person) -> None:
    """Afterwards no address of theirs is here."""
    with writing():
        if MailAddress.objects.filter(person=by).delete()[0]:
            record(act="mail address taken away", by=by, kind="person", ref=by.ref)


def leave_address(*, address: str, prefers: dict, by=SITE) -> Person:
    """For who wants one mail when somebody comes, and no account. Afterwards somebody with standing ADDRESS
    is here for 90 days, with a key of their own; they are written to after they confirmed. ValueError for
    what can be no address."""
    kept = MailAddress(address=tidy_address(address), address_digest=_digest(address))
    person = welcome_person(name="", prefers=prefers, standing=ADDRESS, by=by)
    kept.person, person.ends_at = person, clock.now() + ADDRESS_LASTS
    seal(kept)
    with writing():
        person.save(update_fields=["ends_at"])
        kept.save(force_insert=True)
        _ask_to_confirm(kept)
    return person


def forget_address(*, token: str, by=SITE) -> bool:
    """Deletes whom the link of a mail names, if they only left an address; whether they were there."""
    person = person_to_forget(token, by=by)
    if person is not None:
        delete_person(person=person, by=person)
    return person is not None


def person_to_forget(token: str, *, by=SITE) -> Person | None:
    """Who only left an address, by the link in their mail."""
    try:
        told = carried(token, purpose=FORGET, seconds=FORGET_SECONDS)
    except Stale:
        return None
    return Person.objects.filter(ref=told["person"], standing=ADDRESS).first()


def let_addresses_go(*, by=SITE) -> int:
    """Deletes who only left an address: after 90 days, or three where they never confirmed it. Other
    addresses that nobody confirmed go alone. Returns how many people went."""
    old = clock.now() - UNCONFIRMED
    over = Q(ends_at__lte=clock.now()) | Q(made_at__lte=old, mail_address__confirmed_at=None)
    people = list(Person.objects.filter(over, standing=ADDRESS))
    for person in people:
        delete_person(person=person, by=by)
    with writing():
        MailAddress.objects.filter(confirmed_at=None, made_at__lte=old).delete()
    return len(people)


def note_waiting(*, person_ref: str, by) -> None:
    """Something waits for them. They are written to soon, if they chose mail, are not here, and were not
    told since they were last here; in their quiet hours, when these are over. Never raises."""
    try:
        with writing():
            if MailAddress.objects.filter(person__ref=person_ref).exclude(confirmed_at=None).exists():
                enqueue(import_string("beenthere.people.tasks.tell_waiting"), person_ref)
    except Exception as fault:  # what waits is there, with or without a mail
        log.error("Could not note that something waits", why=type(fault).__name__)


def tell_waiting(*, person_ref: str, noted_at: str = "", by=SITE) -> bool:
    """Sends "Something is waiting for you", at most once between two visits; whether it was sent. In quiet
    hours it hands itself in again for when they are over. `noted_at` (ISO 8601): when that something came;
    who was here since then has seen it."""
    rows = MailAddress.objects.select_related("person").exclude(confirmed_at=None)
    row = rows.annotate(seen=Max("person__sign_ins__seen_at")).filter(person__ref=person_ref).first()
    if row is None or not row.person.prefers.get("mail", True):
        return False
    here = row.seen is not None and clock.now() - row.seen < HERE
    if here or (row.told_at is not None and (row.seen is None or row.told_at >= row.seen)):
        return False
    if noted_at and row.seen is not None and row.seen > datetime.fromisoformat(noted_at):
        return False
    quiet = _quiet_until(row.person.prefers)
    if quiet is not None:
        task = import_string("beenthere.people.tasks.tell_waiting").using(run_after=quiet)
        with writing():
            enqueue(task, person_ref, noted_at or clock.now().isoformat())
        return False
    return _tell_once(row, lambda: (_("Something is waiting for you"), _say_waiting()))


def tell_somebody_came(person_ref: str, *, by=SITE) -> bool:
    """The one mail to who left an address; whether it was sent. Never a second time."""
    rows = MailAddress.objects.select_related("person").exclude(confirmed_at=None).filter(told_at=None)
    row = rows.filter(person__ref=person_ref, person__standing=ADDRESS).first()
    if row is None:
        return False
    forget = _link("people:forget", carry({"person": person_ref}, purpose=FORGET))
    said = _("You asked to be told when somebody comes. Somebody came:\n\n%(link)s") % {"link": _home()}
    gone = _("This is the only mail of its kind. To have your address deleted now:\n\n%(link)s") % {
        "link": forget
    }
    return _tell_once(row, lambda: (_("Somebody came"), f"{said}\n\n{gone}\n"))


def ask_to_confirm(*, person_ref: str, by=SITE) -> bool:
    """Sends the link by which an address is confirmed; whether it was sent."""
    row = (
        MailAddress.objects.select_related("person").filter(person__ref=person_ref, confirmed_at=None).first()
    )
    if row is None:
        return False
    link = _link("people:confirm", carry({"row": row.ref, "of": row.address_digest}, purpose=CONFIRM))
    forget = _link("people:forget", carry({"person": person_ref}, purpose=FORGET))

    def words() -> tuple[str, str]:
        said = _(
            "Somebody gave this address here, we hope it was you. If so, please follow this link "
            "within two days:\n\n%(link)s\n\nIf it was not you, do nothing. You will not be written to again."
        ) % {"link": link}
        if row.person.standing == ADDRESS:
            said += "\n\n" + _("To have the address deleted at once:\n\n%(link)s") % {"link": forget}
        return _("Please confirm this address"), said + "\n"

    return _send(row, words)


def _say_waiting() -> str:
    return _("Something is waiting for you. You can look when it suits you:\n\n%(link)s\n") % {
        "link": _home()
    }


def _ask_to_confirm(row: MailAddress) -> None:
    if within("unasked-for mail", of=row.address_digest, most=MOST_MAIL, seconds=DAY):
        enqueue(import_string("beenthere.people.tasks.ask_to_confirm"), row.person.ref)


def _tell_once(row: MailAddress, words) -> bool:
    """Two workers that come to it at once send one mail."""
    before, now = row.told_at, clock.now()
    with writing():
        if not MailAddress.objects.filter(pk=row.pk, told_at=before).update(told_at=now):
            return False
    sent = _send(row, words)
    if not sent:
        with writing():
            MailAddress.objects.filter(pk=row.pk, told_at=now).update(told_at=before)
    return sent


def _send(row: MailAddress, words) -> bool:
    """Sends what `words()` says in their language, under the neutral name they chose. What goes wrong is
    logged by its kind alone: the message of an error may hold the address."""
    refuse_inside("Mail")
    prefers = row.person.prefers
    with translation.override(_language(prefers)):
        subject, body = words()
        sender = tidy_name(prefers.get("sender") or "") or _("A note")
    quoted = sender.replace("\\", "").replace('"', "")
    message = EmailMessage(subject, body, f'"{quoted}" <{settings.PLACE.mail_from}>', [row.address])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except Exception as fault:
        log.error("A mail was not sent", why=type(fault).__name__, person=row.person.ref)
        return False
    return True


def _quiet_until(prefers: dict) -> datetime | None:
    """When the quiet hours that somebody is in are over; None when they are in none."""
    since, until = time_in(prefers.get("quiet_since")), time_in(prefers.get("quiet_until"))
    if since is None or until is None:
        return None
    try:
        zone = ZoneInfo(prefers.get("timezone") or "UTC")
    except (KeyError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return quiet_until(clock.now(), since=since, until=until, zone=zone)


def _language(prefers: dict) -> str:
    wanted = prefers.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _digest(address: str) -> str:
    return digest(PURPOSE, folded_address(address))


def _home() -> str:
    return settings.PLACE.own_address + "/"


def _link(name: str, token: str) -> str:
    return settings.PLACE.own_address + reverse(name, args=[token])
