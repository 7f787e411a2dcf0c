"""The public log: what stewards did, by week and rule. Nobody is in it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..models import PublicAct

WEEKS = 52


@dataclass(frozen=True, slots=True)
class Line:
    """`count` acts of one week that are alike: of `kind`, by the rule `rule` (0: none was broken), `review`
    as the second look went ("" while it waits)."""

    kind: str
    rule: int
    review: str
    count: int


@dataclass(frozen=True, slots=True)
class Week:
    """`monday`: the day it began (UTC)."""

    monday: date
    lines: list[Line]


def weeks() -> list[Week]:
    """The last year of weeks in which something was done, the newest on top; in each the same order, which
    tells nothing of what came first."""
    rows = PublicAct.objects.order_by("-week", "kind", "rule_number", "review")
    facts = rows.values_list("week", "kind", "rule_number", "review")
    found = []
    for monday, one in groupby(facts, key=lambda row: row[0]):
        lines = [Line(*row[1:], len(list(same))) for row, same in groupby(list(one))]
        found.append(Week(monday, lines))
    return found[:WEEKS]
