"""What a steward sees of their own: what they can do here, and what they wrote for themself."""

from django.utils.translation import gettext

from beenthere.foundation.keys.fields import open_together
from beenthere.people.models import Person

from ..models import Debrief


def powers_told() -> list[tuple[str, str]]:
    """Each power in plain words, and what binds it. Nothing else can be done here that others cannot."""
    return [
        (
            gettext("Open a report"),
            gettext("With a reason, for two hours, and written down. Never one about somebody near you."),
        ),
        (gettext("Answer it"), gettext("Who reported reads it. It closes the report.")),
        (
            gettext("Decide"),
            gettext("By a rule of this place, told to whom it concerns. Another steward looks at it after."),
        ),
        (
            gettext("Propose what is grave"),
            gettext("It holds for seven days at most. Only another steward can make it last."),
        ),
        (
            gettext("Take a second look"),
            gettext("At what another did: it stands, or it is lifted. Never at what you had a hand in."),
        ),
        (gettext("Lift a limit"), gettext("At any time. Whom it held is told.")),
        (gettext("Let somebody in"), gettext("Who asked to join. Others learn only that somebody came.")),
        (
            gettext("Agree that another goes on"),
            gettext("A term is half a year, and ends by itself. Two others agree to one more."),
        ),
    ]


def debriefs_of(person: Person) -> list[Debrief]:
    """What they wrote for themself, newest first."""
    rows = list(Debrief.objects.select_related("person").filter(person=person).order_by("-pk"))
    open_together(*rows)
    return rows
