"""Pages that compose the apps. No rule of their own."""

from .arriving import address, here, join
from .begin import begin, home, invited
from .first import first, two_more
from .leaving import leave
from .plain import (
    about,
    bad_request,
    form_went_stale,
    not_allowed,
    not_found,
    pairing,
    rules,
    went_wrong,
)
from .today import room, today

__all__ = [
    "about",
    "address",
    "bad_request",
    "begin",
    "first",
    "form_went_stale",
    "here",
    "home",
    "invited",
    "join",
    "leave",
    "not_allowed",
    "not_found",
    "pairing",
    "room",
    "rules",
    "today",
    "two_more",
    "went_wrong",
]
