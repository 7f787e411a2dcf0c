"""Counting on somebody: who is no newcomer to others any more, and who may let others in."""

from beenthere.foundation import clock
from beenthere.foundation.digests import digest
from beenthere.foundation.ledger import record
from beenthere.foundation.limits import within
from beenthere.foundation.writing import writing

from ..models import MEMBER, Invitation, Person
from ..queries.vouching import LET_IN_LASTS, are_vouched, is_new

INVITATION = "invitation"
MOST_INVITATIONS, MOST_WHILE_NEW, A_DAY = 20, 2, 86400


def vouch(*, person: Person, by) -> None:
    """Afterwards `person` is a newcomer to nobody. Twice is the same as once."""
    with writing():
        now = clock.now()
        rows = Person.objects.filter(pk=person.pk).exclude(are_vouched())
        if rows.update(vouched_at=now):
            person.vouched_at = now
            record(act="vouched for", by=by, kind="person", ref=person.ref)


def vouch_for_all(*, by) -> int:
    """Afterwards nobody who is a member now is a newcomer: for a place that has just begun, whose steward
    awaited about so many. How many there were."""
    with writing():
        rows = Person.objects.filter(standing=MEMBER).exclude(are_vouched())
        number = rows.update(vouched_at=clock.now())
        if number:
            record(act="vouched for all who are here", by=by, kind="place", ref="")
    return number


def let_in(*, person: Person, code: str, by) -> None:
    """Before `person` is saved: who let them in by the invitation `code`, and whether they are known by it:
    at once where those who look after this place gave it, after 30 days where a member did on whom others
    count. Nothing for any other text."""
    rows = Invitation.objects.select_related("made_by").filter(code_digest=digest(INVITATION, code))
    row = rows.first()
    if row is None:
        return
    person.let_in_by = row.made_by.ref if row.made_by else ""
    if row.vouches:
        person.vouched_at = clock.now()
    elif row.made_by and Person.objects.filter(are_vouched(), pk=row.made_by.pk).exists():
        person.vouched_at = clock.now() + LET_IN_LASTS


def count_invitation(*, by: Person) -> bool:
    """Whether `by` may give out one more invitation today; if so, counts it."""
    most = MOST_WHILE_NEW if is_new(by) else MOST_INVITATIONS
    return within("invitation", of=by.ref, most=most, seconds=A_DAY)


def stop_inviting(*, person: Person, by) -> int:
    """Afterwards nobody joins by what `person` gave out, and whom they let in are newcomers until others
    count on them for another reason, as who talks with somebody here will be. How many ended."""
    with writing():
        ended, _ = Invitation.objects.filter(made_by=person, used_at=None).delete()
        Person.objects.filter(let_in_by=person.ref).update(vouched_at=None)
        record(act="invitations ended", by=by, kind="person", ref=person.ref)
    return ended


def forget_who_let_in(*, ref: str, by) -> None:
    """Afterwards nothing says whom `ref` let in. Within the transaction of whoever calls."""
    Person.objects.filter(let_in_by=ref).update(let_in_by="")
