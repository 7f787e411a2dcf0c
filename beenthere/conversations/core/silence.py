"""What a silence says to each of a pair. It depends on times and on who spoke last, on nothing else."""

from datetime import datetime, timedelta

from .agreeing import SILENCE, SILENCES

# One was spoken to last (or nobody ever spoke): they are asked. The other waits: they get a kind note.
ASKED, WAITS = "asked", "waits"
SHORTEST = timedelta(days=min(days for days in SILENCES if days))


def silence_of(
    me: str, *, last_by: str | None, since: datetime, days: int | None, now: datetime
) -> str | None:
    """ASKED or WAITS for the person `me`; None while it is no silence. `last_by`: who spoke last (None:
    nobody yet), `since` when; `days`: what the pair agreed (None: nothing, 0: never)."""
    days = SILENCE if days is None else days
    if not days or now < since + timedelta(days=days):
        return None
    return WAITS if last_by == me else ASKED
