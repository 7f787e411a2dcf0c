"""The agreement of a pair: one proposes, and it holds once the other said yes."""

from django.http import Http404

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.writing import writing
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard

from ..core import OUTSIDE
from ..core.agreeing import PARTS, STANDS, agreement_fault, tidied
from ..models import Agreement, Conversation
from .between import held_open


class AgreementRefused(ValueError):
    """`why` is a code of core, `part` the part it is about ("" for the whole)."""

    def __init__(self, why: str, part: str = "") -> None:
        super().__init__("This cannot be proposed.")
        self.why, self.part = why, part


def propose_agreement(*, conversation: Conversation, told: dict, by: Person) -> Agreement:
    """Afterwards `told` (parts of core.agreeing, and `silence_days`) waits for the other's yes, in place of
    what `by` proposed before; nothing else has changed. Raises AgreementRefused."""
    told = tidied(told)
    fault = agreement_fault(told)
    if fault is not None:
        raise AgreementRefused(fault[1], fault[0])
    outside = _leads_outside(told)
    row = Agreement(author_ref=by.ref, told=told)
    try:
        seal(row)
    except KeyGone as gone:
        raise Http404 from gone
    with writing():
        held = held_open(conversation=conversation, by=by)
        if outside is not None and held.room.row.door_open_at is None:
            raise AgreementRefused(OUTSIDE, outside)
        standing = _standing(held.room.row)
        if standing.exclude(author_ref=by.ref).exists():
            raise AgreementRefused(STANDS)
        row.made_at = clock.now()
        standing.update(closed_at=row.made_at)
        row.conversation_id, row.author_id = held.room.row.pk, held.mine.pk
        row.save(force_insert=True)
        held.tell_changed()
    return row


def _leads_outside(told: dict) -> str | None:
    """The part that leads outside, None where none does. A number or an address may be said in several; a
    place in one and a time in another are none."""
    parts = [part for part in PARTS if told[part]]
    alone = next((part for part in parts if heard(told[part])), None)
    if alone is not None or len(parts) < 2:
        return alone
    whole = {one.kind for one in heard("\n".join(told[part] for part in parts))}
    return parts[-1] if whole - {"address", "meeting"} else None


def agree(*, conversation: Conversation, proposal: str, by: Person) -> bool:
    """Afterwards the other's proposal of the ref `proposal` holds; False when it does not stand."""
    return _answered(conversation, proposal, by, own=False, agreed_at=clock.now())


def not_now(*, conversation: Conversation, proposal: str, by: Person) -> bool:
    """Afterwards the other's proposal stands no more; what was agreed before holds on."""
    return _answered(conversation, proposal, by, own=False, closed_at=clock.now())


def take_back_proposal(*, conversation: Conversation, proposal: str, by: Person) -> bool:
    """Afterwards one's own proposal stands no more."""
    return _answered(conversation, proposal, by, own=True, closed_at=clock.now())


def _answered(conversation: Conversation, proposal: str, by: Person, *, own: bool, **facts) -> bool:
    """Nobody answers their own proposal, and nobody takes back the other's."""
    with writing():
        held = held_open(conversation=conversation, by=by)
        found = _standing(held.room.row).filter(ref=proposal)
        found = found.filter(author_ref=by.ref) if own else found.exclude(author_ref=by.ref)
        if not found.update(**facts):
            return False
        held.tell_changed()
    return True


def _standing(conversation: Conversation):
    return Agreement.objects.filter(conversation=conversation, agreed_at=None, closed_at=None)
