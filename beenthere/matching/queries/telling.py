"""What a member told for introductions, as they see it."""

from beenthere.matching.models import Telling
from beenthere.people.models import Person


def held_of(person: Person) -> dict:
    """As in `Telling.held`; for who told nothing yet, what is known of their language and time zone."""
    row = Telling.objects.filter(person=person).select_related("person").first()
    if row is not None:
        return row.held
    language, timezone = person.prefers.get("language") or "en", person.prefers.get("timezone") or ""
    return {"experiences": [], "languages": [language], "timezone": timezone, "hopes": [], "leave_out": []}
