"""A neutral title and icon: for who does not want the name of this place to be read in a tab, a list of
windows or a history. Chosen by a person for wherever they are signed in, or for one browser."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TITLES = {"notes": _("Notes"), "recipes": _("Recipes"), "weather": _("Weather"), "lists": _("Lists")}
OFF = "off"  # in this browser the place goes by its own name, whatever its person chose elsewhere


def plain_cookie() -> str:
    """The name of the cookie that holds the choice of this browser."""
    return settings.KNOWN_COOKIE.replace("known", "plain")


def plain_choice(request: HttpRequest) -> str:
    """The key of the title that every page stands under; "" where pages tell what they are."""
    here = request.COOKIES.get(plain_cookie(), "")
    if here in TITLES or here == OFF:
        return here if here in TITLES else ""
    person = getattr(request, "person", None)
    chosen = person.prefers.get("plain", "") if person else ""
    return chosen if chosen in TITLES else ""


def plain_title(request: HttpRequest) -> str:
    """That title in the language of the page, or ""."""
    chosen = plain_choice(request)
    return str(TITLES[chosen]) if chosen else ""
