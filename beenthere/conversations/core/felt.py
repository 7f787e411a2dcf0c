"""Whether one felt heard: its parts, its answers, and what may be said of many. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

PARTS = ("voice", "attention", "empathy", "respect", "ground")
YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS = (YES, PARTLY, NO)
WORTH = {YES: 2, PARTLY: 1, NO: 0}
FIFTHS = 5
# When the page of a conversation asks, quietly: after so long a silence, and for so long.
AFTER, UNTIL = timedelta(hours=1), timedelta(days=7)
ONE_TALK = timedelta(hours=6)  # a longer silence begins another


def tidied(answers: Mapping) -> dict[str, str]:
    """Of `answers` those that say something, in the order of the parts. What was skipped is not in it."""
    return {part: answers[part] for part in PARTS if answers.get(part) in ANSWERS}


def is_time_to_ask(*, last_at: datetime | None, now: datetime) -> bool:
    """Whether the last words are old enough, and not too old."""
    return last_at is not None and AFTER <= now - last_at < UNTIL


def last_quarter(now: datetime) -> str:
    """The quarter that is over last, as "2026-Q3" (UTC)."""
    now = now.astimezone(UTC)
    number = now.year * 4 + (now.month - 1) // 3 - 1
    return f"{number // 4}-Q{number % 4 + 1}"


def bounds_of(quarter: str) -> tuple[datetime, datetime]:
    """When a quarter begins and when the next one does."""
    year, number = quarter.split("-Q")
    first = int(year) * 4 + int(number) - 1
    begin, end = (datetime(one // 4, one % 4 * 3 + 1, 1, tzinfo=UTC) for one in (first, first + 1))
    return begin, end


def shares_of(told: Iterable[tuple[str, datetime, Mapping]], *, k: int) -> dict[str, int]:
    """By part how many fifths of the people said yes, partly counting half; rounded. `told` are person, time
    and answers. Each person counts once, with what they said last. A part that fewer than `k` people spoke
    of is left out, and all of them when fewer than `k` people said anything."""
    last: dict[str, dict[str, tuple[datetime, str]]] = defaultdict(dict)
    for person, at, answers in told:
        for part, answer in tidied(answers).items():
            kept = last[part].get(person)
            if kept is None or kept[0] <= at:
                last[part][person] = (at, answer)
    return {
        part: _fifths([answer for _, answer in last[part].values()])
        for part in PARTS
        if len(last[part]) >= max(k, 1)
    }


def _fifths(answers: list[str]) -> int:
    """The share rounded to the nearest fifth, halves to the middle, so that neither end is reached early."""
    reached, whole = sum(WORTH[one] for one in answers) * FIFTHS, 2 * len(answers)
    low, rest = divmod(reached, whole)
    if rest * 2 == whole:
        return low + (1 if low * 2 < FIFTHS else 0)
    return low + (rest * 2 > whole)
