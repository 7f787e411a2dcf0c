"""Plots of a round as plain geometry: the template draws them as SVG, and says the same as text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from beenthere.matching.queries.tables import said

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Group, Measures

WIDTH, HEIGHT = 480, 120  # of an upright plot, in SVG's own units
ROW, THICK, TEXT = 44, 10, 22  # of a lying plot: a row, its bar, and room above it for what it says
WAITS = ((7, "up to a week"), (30, "up to a month"), (90, "up to three months"), (None, "longer"))
SHOWN_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands (whole units: a page in Spanish would write 1,5), how it is called, what it
    says; `lit` marks the one to look at."""

    x: int
    y: int
    width: int
    height: int
    label: str
    says: str
    lit: bool = False
    second: bool = False
    of: str = ""  # its name where `label` is left to the bar before
    count: int = 0

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars and the size of their drawing."""

    bars: tuple[Bar, ...]
    width: int
    height: int


def bars_of_fits(measures: "Measures") -> Plot:
    """How many pairs have which fit, in steps of 0.05."""
    most, step = max(measures.fits, default=0) or 1, WIDTH // max(1, len(measures.fits))
    bars = []
    for place, count in enumerate(measures.fits):
        tall = max(2, round(HEIGHT * count / most)) if count else 0
        span = f"{place / 20:.2f}–{(place + 1) / 20:.2f}"
        says = ngettext("%(count)d pair", "%(count)d pairs", count) % {"count": count}
        bars.append(Bar(place * step + 1, HEIGHT - tall, step - 2, tall, span, says, count=count))
    return Plot(tuple(bars), WIDTH, HEIGHT)


def bars_of_waits(measures: "Measures") -> Plot:
    """For each length of waiting, how many have a pair and how many have none: two bars each."""
    names = {
        "up to a week": gettext("up to a week"),
        "up to a month": gettext("up to a month"),
        "up to three months": gettext("up to three months"),
        "longer": gettext("longer"),
    }
    paired, alone = _by_length(measures.wait_paired), _by_length(measures.wait_unpaired)
    if not any([*paired, *alone]):
        return Plot((), WIDTH, 0)
    most, bars = max([*paired, *alone]), []
    for place, (_, name) in enumerate(WAITS):
        for second, counts in enumerate((paired, alone)):
            wide = round(WIDTH * counts[place] / most)
            says = (gettext("%(count)d with a pair"), gettext("%(count)d without"))[second]
            y = (place * 2 + second) * ROW + TEXT
            told = says % {"count": counts[place]}
            label = "" if second else names[name]
            bars.append(Bar(0, y, wide, THICK, label, told, second=bool(second), of=names[name]))
    return Plot(tuple(bars), WIDTH, ROW * 2 * len(WAITS))


def bars_of_groups(measures: "Measures", translate) -> Plot:
    """The share that has a pair, of the groups that fare worst and of the largest ones."""
    groups = sorted(measures.groups, key=lambda one: (one.met / one.people, -one.people, one.kind, one.name))
    kept = groups[: SHOWN_GROUPS // 2]
    for group in sorted(groups, key=lambda one: (-one.people, one.kind, one.name)):
        if len(kept) >= SHOWN_GROUPS:
            break
        if group not in kept:
            kept.append(group)
    bars = [
        _bar_of(group, place, measures, translate)
        for place, group in enumerate(sorted(kept, key=groups.index))
    ]
    return Plot(tuple(bars), WIDTH, ROW * max(1, len(bars)))


def _bar_of(group: "Group", place: int, measures: "Measures", translate) -> Bar:
    wide = round(WIDTH * group.met / group.people)
    says = gettext("%(met)d of %(people)d") % {"met": group.met, "people": group.people}
    name, lit = name_of(group, translate), group == measures.worst_off
    return Bar(0, place * ROW + TEXT, wide, THICK, name, says, lit=lit, of=name)


def name_of(group: "Group", translate) -> str:
    """What a group is called, by its kind."""
    unsaid = {"age": gettext("no age said"), "gender": gettext("no gender said")}
    kinds = {
        "language": gettext("language %(name)s"),
        "age": gettext("age %(name)s"),
        "gender": gettext("gender %(name)s"),
    }
    if not group.name:
        return unsaid.get(group.kind, group.kind)
    return kinds.get(group.kind, "%(name)s") % {"name": said(group.name, translate)}


def _by_length(waits: tuple[int, ...]) -> list[int]:
    counts = [0] * len(WAITS)
    for days in waits:
        counts[next(place for place, (most, _) in enumerate(WAITS) if most is None or days <= most)] += 1
    return counts
