"""What a step of stewards is, how grave, and for how long it may be. Pure."""

from dataclasses import dataclass
from datetime import timedelta

ENDED, REMOVED, LIMITED, SUSPENSION = "ended", "removed", "limited", "suspended"
CLEARED, LET_GO = "cleared", "let_go"
STEPS = (ENDED, REMOVED, LIMITED, CLEARED, LET_GO)
SLOW, NO_INTRODUCTIONS, CIRCLE_ONLY, AWAY = "slow", "no_introductions", "circle_only", "away"
GRAVE_LIMITS = (CIRCLE_ONLY, AWAY)
DAYS = {SLOW: (1, 90), NO_INTRODUCTIONS: (1, 90), CIRCLE_ONLY: (1, 90), AWAY: (7, 365)}
HOLDS_FOR = timedelta(days=7)  # what waits for a second steward
APPEAL_FOR = timedelta(days=60)  # after a decision was told


@dataclass(frozen=True, slots=True)
class Step:
    """What a steward wants to do: `kind` of STEPS; with LIMITED which `limit`, for how many `days`."""

    kind: str
    limit: str = ""
    days: int = 0

    @property
    def told_as(self) -> str:
        """The kind of the act that tells it: leaving the place has one of its own."""
        return SUSPENSION if self.limit == AWAY else self.kind

    def is_grave(self, *, lane_is_grave: bool) -> bool:
        """Whether two stewards decide it: nothing that weighs is done by one alone."""
        if self.kind == ENDED:
            return lane_is_grave
        return self.kind == REMOVED or (self.kind == LIMITED and self.limit in GRAVE_LIMITS)

    def fault(self) -> str:
        """What is wrong with it: "step", "days" or ""."""
        if self.kind not in STEPS or (self.kind == LIMITED) != bool(self.limit):
            return "step"
        if self.kind != LIMITED:
            return ""
        if self.limit not in DAYS:
            return "step"
        least, most = DAYS[self.limit]
        return "" if least <= self.days <= most else "days"
