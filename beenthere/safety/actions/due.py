"""By when somebody looks at what was reported."""

from datetime import datetime, timedelta

from beenthere.foundation import clock

from ..models import ABOUT_ME, APPEAL, CHECK_IN, LANES_GRAVE

# Each hour counts where somebody may come to harm: told of in the open, in danger, urged.
GRAVE = timedelta(hours=4)
# Whoever asks for a person waits for one: as long as in the grave lanes, and no longer than an evening.
ASKED_FOR = timedelta(hours=4)
# Once a day somebody is here, also where three people take turns.
OTHERS = timedelta(hours=24)
# Another steward than the first has to find the time, and nothing gets worse meanwhile.
APPEALS = timedelta(hours=72)
# What a report hides by itself is there again after that, if nobody has looked.
HIDES = timedelta(days=7)

__all__ = ["ABOUT_ME", "HIDES", "due"]


def due(*, kind: str, lane: str, by=None) -> datetime:
    """Until when somebody looks at a report of that kind and lane that is made now."""
    if kind == CHECK_IN:
        wait = ASKED_FOR
    elif kind == APPEAL:
        wait = APPEALS
    else:
        wait = GRAVE if lane in LANES_GRAVE else OTHERS
    return clock.now() + wait
