"""What people say of themselves: what they want to be called, their language, time zone and mail."""

from beenthere.foundation.events import announce
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing

from ..core.names import name_fault, tidy_name
from ..events import BoundariesChanged
from ..models import Person

# `strip`: other help beside the box, unless False; `country`: whose lines it shows.
# `plain`: the neutral title that pages stand under.
PREFERRED = (
    *("language", "timezone", "mail", "sender", "quiet_since", "quiet_until"),
    *("strip", "country", "plain"),
)


def change_oneself(*, name: str | None = None, prefers: dict | None = None, by: Person) -> None:
    """Afterwards `by` is called `name` where nothing else was chosen, and prefers what stands in `prefers`;
    what is not given stays. ValueError for a name that cannot be, KeyError for an unknown preference."""
    if name is not None:
        fault = name_fault(name)
        if fault is not None:
            raise ValueError(fault)
        by.name = tidy_name(name)
    for key in prefers or {}:
        if key not in PREFERRED:
            raise KeyError(key)
    by.prefers = {**by.prefers, **(prefers or {})}
    seal(by)
    with writing():
        by.save(update_fields=["name", "prefers"])
        if name is not None:  # matching reads it: nobody's own name is quoted
            announce(BoundariesChanged(by.ref))
