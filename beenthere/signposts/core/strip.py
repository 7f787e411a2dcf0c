"""What follows from crisis words: whether other help is offered to the writer, and what stands behind a
cover. Pure: nothing is counted, and nothing of it is kept."""

from collections.abc import Mapping

from .crisis import lanes_in

DISCLOSURE, URGING, METHOD, OTHER = "disclosure", "urging", "method", "other"
# Urging alone says nothing of how the writer is.
OFFERED = frozenset({DISCLOSURE, METHOD, OTHER})
# What others meet only behind a cover, the graver first. Never what somebody says of themselves.
COVERED = (METHOD, URGING)
STRIP, COUNTRY = "strip", "country"  # in what somebody prefers


def strip_for(words: str, prefers: Mapping) -> bool:
    """Whether the strip is shown beside `words` to the one who wrote them and prefers `prefers`."""
    return is_on(prefers) and bool(words.strip()) and bool(lanes_in(words) & OFFERED)


def is_on(prefers: Mapping) -> bool:
    """Whether somebody wants the strip at all: everybody does who has not said no."""
    return prefers.get(STRIP) is not False


def cover_of(*texts: str) -> str:
    """The lane for which these texts stand behind a cover, also when read one after another; "" for none."""
    told = [text for text in texts if text.strip()]
    if not told:
        return ""
    lanes = lanes_in("\n".join(told))
    return next((lane for lane in COVERED if lane in lanes), "")
