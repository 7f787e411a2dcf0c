"""What this place is set to, as the papers tell it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from beenthere.foundation.place import ASKING, INVITED, the_place
from beenthere.foundation.sentences import Sentence, sentence

BY = {
    INVITED: sentence("Only who is invited may join."),
    ASKING: sentence("Whoever asks to join is let in by a steward."),
}


@dataclass(frozen=True, slots=True)
class Facts:
    name: str
    address: str
    hours: str
    joining: Sentence
    k: int
    mail_host: str
    leads_to: str
    on_postgresql: bool
    keys_apart: bool
    has_tls: bool


def facts_here() -> Facts:
    """As the settings and the stewards say today."""
    place, told = the_place(), settings.PLACE
    mail = told.mail.get_secret_value()
    return Facts(
        name=place.name,
        address=told.own_address,
        hours=place.hours,
        joining=BY.get(place.joining, sentence("Whoever is 18 or over may join.")),
        k=told.k,
        mail_host=(urlsplit(mail).hostname or "") if mail else "",
        leads_to=urlsplit(told.leave_to).hostname or "",
        on_postgresql=bool(told.database),
        keys_apart=not told.database and not told.key_folder.is_relative_to(told.data),
        has_tls=told.own_address.startswith("https://"),
    )
