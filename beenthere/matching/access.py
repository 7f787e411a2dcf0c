"""Who may open the local page, a sheet on it, and a card of an introduction."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest

from beenthere.foundation import clock
from beenthere.matching.models import DESK, Card, OpenSheet
from beenthere.people.models import Person

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_local(request: HttpRequest) -> bool:
    """Whether the page may be shown: this place was started for one machine (`pair`, `demo`), and both
    the one who asks and the name they used are on the loopback. The name matters too: a page
    elsewhere could point a name of its own at 127.0.0.1. What came through a proxy did not begin here."""
    return (
        settings.PLACE.local_tools
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _name_of(request.get_host()) in LOOPBACK_NAMES
        and not any(header in request.META for header in FORWARDED)
    )


def get_open_sheet_for(request: HttpRequest, ref: str) -> OpenSheet:
    """The open sheet, or 404: the same for one that is forgotten and one that never was. Being looked
    at keeps it on the desk."""
    sheet = DESK.find(ref) if is_local(request) else None
    if sheet is None:
        raise Http404
    sheet.touched_at, sheet.closing_at = clock.now(), None
    return sheet


def get_card_for(person: Person, ref: str) -> Card:
    """The card `ref` of `person`, its introduction loaded, ended ones too (`ended_at`; `introduction.pair`
    where they met); 404 for everybody else's."""
    card = Card.objects.select_related("introduction", "person").filter(person=person, ref=ref).first()
    if card is None:
        raise Http404
    return card


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
