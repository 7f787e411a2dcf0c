"""What an agreement of two people holds, without asking anybody."""

from beenthere.foundation.safe_text import is_text

from .saying import TOO_LONG, UNREADABLE

PARTS = ("pace", "leave_out", "crisis", "ending")
SILENCES = (7, 14, 30, 0)  # days; 0: never
SILENCE = 14
MOST_AGREED = 300  # characters of one part
# Why a proposal was not kept, beside the codes of saying.
STANDS = "stands"  # the other's proposal waits for an answer


def tidied(told: dict) -> dict:
    """`told` with its parts trimmed and lines ended alike; what is missing is empty, or the usual silence."""
    words = {part: told.get(part, "") for part in PARTS}
    words = {
        part: one.replace("\r\n", "\n").strip() if isinstance(one, str) else one
        for part, one in words.items()
    }
    return {**words, "silence_days": told.get("silence_days", SILENCE)}


def agreement_fault(told: dict) -> tuple[str, str] | None:
    """The part and the code of what is wrong with `told` (as `tidied` gives it), None when nothing is."""
    for part in PARTS:
        if not isinstance(told[part], str) or not is_text(told[part]):
            return part, UNREADABLE
        if len(told[part]) > MOST_AGREED:
            return part, TOO_LONG
    days = told["silence_days"]
    if isinstance(days, bool) or days not in SILENCES:
        return "silence_days", UNREADABLE
    return None


def changed_parts(told: dict, before: dict | None) -> frozenset[str]:
    """The parts in which a proposal differs from what is in force; none when nothing is."""
    if before is None:
        return frozenset()
    return frozenset(part for part in (*PARTS, "silence_days") if told.get(part) != before.get(part))
