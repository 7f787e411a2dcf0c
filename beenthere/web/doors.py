"""Where the doors of the first screen lead."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _


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
    """What a visitor may go to, for the slot `places`."""
    return {
        "label": _("Places"),
        "items": [
            {"address": reverse("about"), "name": _("About")},
            {"address": pairing_address(), "name": _("Pairing")},
        ],
    }
