"""report.html: one file that opens offline and tells a coordinator how good and how fair a round is.

Its reader holds the sheet, so nothing is kept back here for being about too few people.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import override

from beenthere.matching.core.plan import rounded_text
from beenthere.matching.queries.introductions import told
from beenthere.matching.queries.plots import bars_of_fits, bars_of_groups, bars_of_waits, name_of
from beenthere.matching.queries.speaking import speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from beenthere.foundation.sentences import Sentence
    from beenthere.matching.core.plan import Plan

PACKAGE = Path(__file__).resolve().parents[2]
STYLES = ("ui/static/ui/tokens.css", "matching/static/matching/report.css")
FONTS = {"Literata": "literata-latin", "Atkinson Hyperlegible Next": "atkinson-latin"}


def report(plan: "Plan", *, name: str, notices: tuple["Sentence", ...] = (), language: str = "en") -> bytes:
    """The report as UTF-8. `name` is the sheet's own name; the same plan gives the same bytes."""
    translate, measures = speaking(language), plan.measures
    with override(language):
        context = {
            "language": language,
            "name": name,
            "style": _style(),
            "style_hash": base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode(),
            "measures": measures,
            "mean": rounded_text(measures.mean_fit),
            "median": rounded_text(measures.median_fit),
            "floor": plan.asked.floor_said,
            "alone": measures.people - measures.paired,
            "worst": name_of(measures.worst_off, translate) if measures.worst_off else "",
            "rounds": list(rounds_of(plan, translate)),
            "asked": plan.asked,
            "unmatched": [(one.ref, one.why.said(translate)) for one in plan.unmatched],
            "notices": [one.said(translate) for one in (*notices, *plan.notices)],
            "fits": bars_of_fits(measures),
            "waits": bars_of_waits(measures),
            "groups": bars_of_groups(measures, translate),
        }
        return render_to_string("matching/report/report.html", context).encode("utf-8", "replace")


def rounds_of(plan: "Plan", translate: "Callable[[str], str]") -> "Iterator[dict]":
    """The pairs of each round, drawn as on the page."""
    rounds: dict[int, list[dict]] = {}
    for pair in plan.pairs:
        rounds.setdefault(pair.round, []).append(told(pair, translate) | {"kept": pair.kept})
    for number, pairs in sorted(rounds.items()):
        yield {"number": number, "pairs": pairs}


@cache
def _style() -> str:
    """All of the report's style, its fonts within, so that nothing is asked of anywhere."""
    fonts = "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url("data:font/woff2;base64,{_font(file)}") format("woff2")}}\n'
        for family, file in FONTS.items()
    )
    return fonts + "\n".join((PACKAGE / path).read_text(encoding="utf-8") for path in STYLES)


def _font(file: str) -> str:
    return base64.b64encode((PACKAGE / f"ui/static/ui/fonts/{file}.woff2").read_bytes()).decode()
