"""A plan as the tables of the contract: CSV for programs of tables, plain values for JSON."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from beenthere.foundation.sentences import Sentence
from beenthere.matching.core.sheet import write_table

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Plan

Translate = Callable[[str], str]


def pair_rows(plan: "Plan", translate: Translate) -> list[dict]:
    """Rows of pairs.csv: by round, fit falling, a, b. `round` stands only where rounds were asked for."""
    from beenthere.matching.core.fit import fit_text

    return [
        {
            **({"round": pair.round} if plan.asked.rounds > 1 else {}),
            "a": pair.a,
            "b": pair.b,
            "fit": fit_text(pair.fit),
            "shared": "; ".join(said(one, translate) for one in pair.shared),
            "reason": pair.reason.said(translate),
        }
        for pair in plan.pairs
    ]


def unmatched_rows(plan: "Plan", translate: Translate) -> list[dict]:
    """Rows of unmatched.csv: everyone without a pair in any round, by ref."""
    return [{"ref": one.ref, "why": one.why.said(translate)} for one in plan.unmatched]


def nearest_rows(plan: "Plan", translate: Translate) -> list[dict]:
    """Rows of nearest.csv: by ref, then rank."""
    from beenthere.matching.core.fit import fit_text

    return [
        {
            "ref": near.ref,
            "peer": near.peer,
            "rank": near.rank,
            "fit": fit_text(near.fit),
            "reason": near.reason.said(translate),
        }
        for near in plan.nearest
    ]


def said(one: str | Sentence, translate: Translate) -> str:
    """A name or a sentence in the reader's language."""
    return one.said(translate) if isinstance(one, Sentence) else one


def pairs_table(plan: "Plan", translate: Translate) -> bytes:
    """pairs.csv; `round` is its last column where several rounds were asked for."""
    header = ["a", "b", "fit", "shared", "reason"] + (["round"] if plan.asked.rounds > 1 else [])
    return _table(header, pair_rows(plan, translate))


def unmatched_table(plan: "Plan", translate: Translate) -> bytes:
    """unmatched.csv."""
    return _table(["ref", "why"], unmatched_rows(plan, translate))


def nearest_table(plan: "Plan", translate: Translate) -> bytes:
    """nearest.csv."""
    return _table(["ref", "peer", "rank", "fit", "reason"], nearest_rows(plan, translate))


def _table(header: list[str], rows: list[dict]) -> bytes:
    return write_table(header, ([row[name] for name in header] for row in rows))
