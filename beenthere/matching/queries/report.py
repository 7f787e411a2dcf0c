"""report.html: one file that opens offline and tells a coordinator how good and how fair a round is.

Its reader holds the sheet, so nothing is kept back here for being about too few people.
"""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import override

from beenthere.matching.queries.plots import bars_of_fits, bars_of_groups, bars_of_waits
from beenthere.matching.queries.speaking import speaking
from beenthere.matching.queries.tables import said

if TYPE_CHECKING:
    from beenthere.foundation.sentences import Sentence
    from beenthere.matching.core.plan import Plan

PACKAGE = Path(__file__).resolve().parents[2]
STYLES = ("ui/static/ui/tokens.css", "matching/static/matching/report.css")


def report(plan: "Plan", *, name: str, notices: tuple["Sentence", ...] = (), language: str = "en") -> bytes:
    """The report as UTF-8. `name` is the sheet's own name; the same plan gives the same bytes."""
    translate = speaking(language)
    style = "\n".join((PACKAGE / path).read_text(encoding="utf-8") for path in STYLES)
    context = {
        "language": language,
        "name": name,
        "style": style,
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "measures": plan.measures,
        "mean": two_digits(plan.measures.mean_fit),
        "median": two_digits(plan.measures.median_fit),
        "alone": plan.measures.people - plan.measures.paired,
        "rounds": rounds_of(plan, translate),
        "asked": plan.asked,
        "unmatched": [(one.ref, one.why.said(translate)) for one in plan.unmatched],
        "notices": [one.said(translate) for one in (*notices, *plan.notices)],
    }
    with override(language):
        context |= {
            "fits": bars_of_fits(plan.measures),
            "waits": bars_of_waits(plan.measures),
            "groups": bars_of_groups(plan.measures, translate),
        }
        return render_to_string("matching/report/report.html", context).encode("utf-8")


def rounds_of(plan: "Plan", translate) -> list[dict]:
    """The pairs of each round, as the report and the page tell them."""
    rounds: dict[int, list[dict]] = {}
    for pair in plan.pairs:
        told = {
            "a": pair.a,
            "b": pair.b,
            "fit": two_digits(pair.fit),
            "shared": [said(one, translate) for one in pair.shared],
            "reason": pair.reason.said(translate),
            "kept": pair.kept,
        }
        rounds.setdefault(pair.round, []).append(told)
    return [{"number": number, "pairs": pairs} for number, pairs in sorted(rounds.items())]


def two_digits(fit: int) -> str:
    """A fit for reading, 0.00 to 1.00; tables hold the exact one."""
    return f"{fit / 65536:.2f}"
