"""How the API says no: a status, and one sentence in the language that was asked for."""

from django.utils.translation import gettext as _
from ninja.errors import HttpError

from beenthere.foundation.sentences import Sentence


def because(why: Sentence, status: int = 422) -> HttpError:
    """What was sent cannot be kept so. To be raised."""
    return HttpError(status, why.said(_))


def not_there() -> HttpError:
    """The same for "not there" and "not yours". To be raised."""
    return HttpError(404, _("There is nothing here for you."))
