"""A reason in the parts that a page draws: what both share, what each said, what makes meeting easier.

The parts are the sentences of the reason itself, so that what is drawn can never say anything else.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from beenthere.foundation.sentences import Sentence
from beenthere.matching.core.people import STANDS
from beenthere.matching.core.plan import rounded_text
from beenthere.matching.queries.tables import said

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Pair

MOST_LIT = 2  # names that find room in the overlap
LONGEST_LIT = 12  # letters of a word there


def told(pair: "Pair", translate: Callable[[str], str]) -> dict:
    """One pair, ready to be drawn. `common` is the headline; `pieces_a`, `pieces_b` are own words, `note_a`,
    `note_b` what stands there instead of or beside them; `line` is how it is now and what makes meeting
    easier."""
    parts = list(sentences_of(pair.reason))
    shared = [said(one, translate) for one in pair.shared]
    drawn = {
        "round": pair.round,
        "a": pair.a,
        "b": pair.b,
        "fit": rounded_text(pair.fit),
        "shared": shared,
        "below": len(shared) > MOST_LIT or any(_is_long(name) for name in shared),
        "common": " ".join(part.said(translate) for part in parts if _is_common(part)),
        "line": " ".join(part.said(translate) for part in parts if not _is_common(part) and not _whose(part)),
    }
    for side, ref in (("a", pair.a), ("b", pair.b)):
        theirs = [part for part in parts if _whose(part) == ref]
        drawn[f"pieces_{side}"] = [part.facts["quote"] for part in theirs if "quote" in part.facts]
        drawn[f"note_{side}"] = " ".join(part.said(translate) for part in theirs if "quote" not in part.facts)
        wrote = gettext("%(ref)s wrote") if drawn[f"pieces_{side}"] else "%(ref)s"
        drawn[f"who_{side}"] = wrote % {"ref": ref}
    return drawn


def sentences_of(reason: Sentence) -> Iterator[Sentence]:
    """The sentences that `reason` was put together from, in order."""
    if reason.facts.keys() == {"so_far", "then"}:
        yield from sentences_of(reason.facts["so_far"])
        yield from sentences_of(reason.facts["then"])
    else:
        yield reason


def _whose(part: Sentence) -> str | None:
    """The one person whom a sentence is about, where it is about one alone."""
    return part.facts["ref"] if part.facts.keys() in ({"ref"}, {"ref", "quote"}) else None


def _is_common(part: Sentence) -> bool:
    """Whether it names both and what is between them, not how it is now for each."""
    now = part.facts.get("of_a")
    is_how_it_is = isinstance(now, Sentence) and now.text in STANDS
    return {"a", "b"} <= part.facts.keys() and not is_how_it_is


def _is_long(name: str) -> bool:
    return len(name) > 3 * LONGEST_LIT or any(len(word) > LONGEST_LIT for word in name.split())
