"""Where the doors of the first screen and of the top lead."""

from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from beenthere.people.access import visitor_of
from beenthere.people.models import MEMBER


def pairing_address() -> str:
    """The page that pairs, where this place may show it (on a loopback alone); else the page that
    says how to run it."""
    if settings.PLACE.local_tools:
        try:
            return reverse("matching:pair")
        except NoReverseMatch:
            pass
    return reverse("pairing")


def places(request: object) -> dict:
    """Where one may go from any page, for the slot `places`: a member's places, or a visitor's."""
    person = visitor_of(request)
    about, stories = ("/about/", _("About")), ("/stories/", _("Stories"))
    safety, me = ("/safety/", _("Safety")), ("/me/", _("Me"))
    if person is None:
        items = [about, stories, ("/sign-in/", _("Sign in"))]
    elif person.standing == MEMBER:
        items = [("/today/", _("Today")), ("/talk/", _("Talk")), stories, safety, me]
    else:
        items = [about, safety, me]
    shown = [
        {"address": address, "name": name}
        for address, name in items
        if _is_there(address, settings.ROOT_URLCONF)
    ]
    return {"label": _("Places"), "items": shown}


@cache
def _is_there(address: str, addresses: str) -> bool:
    """Whether the module `addresses` leads anywhere from there: looked through once, not for each page."""
    try:
        resolve(address, addresses)
    except Resolver404:
        return False
    return True
