"""How the API says no: a status, and one sentence in the language that was asked for."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from beenthere.conversations.core import (
    ASKED_FIRST,
    EMPTY,
    HARM,
    METHOD,
    NOT_HERE,
    NOT_KEPT,
    NOT_YOURS,
    OUTSIDE,
    TOO_LONG,
    URGING,
    stopped,
)
from beenthere.conversations.forms import OUTSIDE_SENTENCES, why_stopped
from beenthere.foundation.sentences import Sentence
from beenthere.signposts.core.outside import KINDS, heard


class Refusal(HttpError):
    """A no that says more than its sentence: `more` stands beside `detail` in the answer."""

    def __init__(self, status: int, sentence: str, **more) -> None:
        super().__init__(status, sentence)
        self.more = more


def because(why: Sentence, status: int = 422) -> HttpError:
    """What was sent cannot be kept so. To be raised."""
    return HttpError(status, why.said(_))


def not_there() -> HttpError:
    """The same for "not there" and "not yours". To be raised."""
    return HttpError(404, _("There is nothing here for you."))


def leads_outside(*texts: str) -> HttpError:
    """The door to the outside is closed: what was heard in `texts`, by kind, with the sentences of the pages.
    To be raised."""
    found = {one.kind for text in (*texts, "\n".join(texts)) if text for one in heard(text)}
    kinds = [kind for kind in KINDS if kind in found]
    waits = _(
        "Nothing was sent, and nobody saw it. What leads out of here waits until you have both opened that "
        "door."
    )
    said = [*(str(OUTSIDE_SENTENCES[kind]) for kind in kinds), waits]
    return Refusal(422, " ".join(said), outside=kinds)


def asks_first(lane: str) -> HttpError:
    """Its writer is asked before it goes: `covered_ok` sends it behind a cover. To be raised."""
    said = {
        METHOD: _("This seems to speak of ways of harming oneself."),
        URGING: _("This seems to push somebody to harm themselves."),
    }
    how = _("Nothing was sent. With covered_ok it goes behind a cover.")
    return Refusal(409, f"{said[lane]} {how}", covered=lane)


def refused(code: str, *texts: str, most: int = 4000) -> HttpError:
    """The no for a code of conversations. `texts` are the words it is about, `most` the characters they may
    have. To be raised."""
    if code == NOT_KEPT:
        return HttpError(503, _("This could not be sent just now. Send it again with the same mark."))
    if code in (NOT_HERE, NOT_YOURS):
        return not_there()
    if code == OUTSIDE:
        return leads_outside(*texts)
    if code == HARM:
        return HttpError(
            422,
            _("This seems to speak of ways of harming oneself, or to push somebody to it. Nothing was sent."),
        )
    if code in ASKED_FIRST:
        return asks_first(code)
    if stopped(code) is not None:
        return HttpError(403, why_stopped(code))
    if code == TOO_LONG:
        told = {"most": number_format(most, force_grouping=True)}
        return HttpError(422, _("This is longer than %(most)s characters.") % told)
    if code == EMPTY:
        return HttpError(422, _("There are no words in it."))
    return HttpError(422, _("There is a character in it that cannot be kept."))
