"""Never match me with: a name or an address that the place cannot read."""

from beenthere.foundation import clock
from beenthere.foundation.digests import digest
from beenthere.foundation.events import announce
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.foundation.writing import writing

from ..core.addresses import folded_address
from ..core.names import MOST as LONGEST
from ..core.names import folded_name, tidy_name
from ..events import NeverChanged
from ..models import NeverMeet, Person
from ..queries.never import ADDRESS, NAME, digest_of_name
from .mail import PURPOSE as MAIL

MOST = 50


class Refused(ValueError):
    """It was not kept; `why` is a sentence for the one who wrote it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.text)
        self.why = why


def never_meet(*, whom: str, hint: str = "", by: Person) -> NeverMeet:
    """Afterwards nobody who is called `whom`, or has this address, is proposed to `by`, nor `by` to them,
    whether they are here now or come later; nothing tells which. `hint` is what `by` calls it, for
    themself. Twice is the same as once. Raises Refused."""
    kind, found = _digest(whom)
    row = NeverMeet(person=by, kind=kind, digest=found, made_at=clock.now())
    row.hint = tidy_name(hint)[:LONGEST] or None
    seal(row)
    with writing():
        rows = NeverMeet.objects.filter(person=by)
        before = rows.filter(kind=kind, digest=found).first()
        if before is not None:
            return before
        if rows.count() >= MOST:
            raise Refused(
                sentence("These are {most} by now, the most there can be. Take one back first.", most=MOST)
            )
        row.save(force_insert=True)
        record(act="never to meet", by=by, kind="person", ref=by.ref)
        announce(NeverChanged(by.ref))
    return row


def take_never_back(*, never: NeverMeet, by: Person) -> None:
    """Afterwards it holds no more for introductions to come. Twice is the same as once."""
    with writing():
        if NeverMeet.objects.filter(pk=never.pk, person=by).delete()[0]:
            record(act="never taken back", by=by, kind="person", ref=by.ref)


def _digest(whom: str) -> tuple[str, str]:
    text = tidy_name(whom)
    if "@" in text:
        try:
            return ADDRESS, digest(MAIL, folded_address(text))
        except ValueError as fault:
            why = sentence("This does not look like an e-mail address. Nothing was kept; please look again.")
            raise Refused(why) from fault
    if not folded_name(text) or len(text) > 254:
        raise Refused(sentence("Write a name or an e-mail address. Nothing was kept yet."))
    return NAME, digest_of_name(text)
