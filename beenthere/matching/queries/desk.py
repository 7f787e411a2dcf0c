"""What the local page shows of an open sheet."""

from beenthere.matching.core.sheet import Fault
from beenthere.matching.models import OpenSheet, Two
from beenthere.matching.queries import tables
from beenthere.matching.queries.report import report, two_digits
from beenthere.matching.queries.speaking import speaking, speaking_here

FILES = ("report.html", "pairs.csv", "unmatched.csv")
FAULTY_ROWS = 50  # shown in place; the whole list stands beneath
REFS = 2000  # offered while typing


def faulty_rows(opened: OpenSheet) -> list[dict]:
    """The first rows with faults, every cell in its place, the faulty ones with what is wrong."""
    by_line: dict[int, list[Fault]] = {}
    for fault in opened.sheet.faults:
        by_line.setdefault(fault.line, []).append(fault)
    rows = {row.line: row.cells for row in opened.sheet.rows if row.line in by_line}
    return [
        {
            "line": line,
            "cells": [_cell(column, rows.get(line, {}), faults) for column in opened.sheet.columns],
            "whole": [_told(fault) for fault in faults if fault.column not in opened.sheet.columns],
        }
        for line, faults in sorted(by_line.items())[:FAULTY_ROWS]
    ]


def pairs_told(opened: OpenSheet) -> list[dict]:
    """Every pair with its reason, and whether it is kept or parted for the next run."""
    if opened.paired is None:
        return []
    translate = speaking_here()
    return [_told_pair(opened, pair, translate) for pair in opened.paired.plan.pairs]


def told_pair(opened: OpenSheet, two: Two) -> dict | None:
    """One pair, as `pairs_told` tells it."""
    plan = opened.paired.plan if opened.paired else None
    pair = next((one for one in plan.pairs if (one.a, one.b) == two), None) if plan else None
    return _told_pair(opened, pair, speaking_here()) if pair else None


def unmatched_told(opened: OpenSheet) -> list[tuple[str, str]]:
    """Who has nobody this time, and why."""
    translate = speaking_here()
    return (
        [(one.ref, one.why.said(translate)) for one in opened.paired.plan.unmatched] if opened.paired else []
    )


def notices_told(opened: OpenSheet) -> list[str]:
    """What was noticed in the sheet and in the pairing."""
    translate = speaking_here()
    of_plan = opened.paired.plan.notices if opened.paired else ()
    return [one.said(translate) for one in (*opened.sheet.notices, *of_plan)]


def refs_of(opened: OpenSheet) -> list[str]:
    """Refs to choose from while typing; where there are too many, none."""
    refs = [person.ref for person in opened.sheet.people]
    return refs if len(refs) <= REFS else []


def two_of(opened: OpenSheet, a: str, b: str) -> Two | None:
    """The two refs in order, if both are people of the sheet."""
    refs = {person.ref for person in opened.sheet.people}
    return (min(a, b), max(a, b)) if a != b and {a, b} <= refs else None


def why_told(opened: OpenSheet, a: str, b: str) -> str | None:
    """Why these two, or why not; None where nothing can be said of them."""
    if opened.paired is None or two_of(opened, a, b) is None:
        return None
    from beenthere.matching.core.why import why_not  # numpy comes with it

    return why_not(opened.paired.prepared, opened.paired.plan, a, b).said.said(speaking_here())


def initial_wishes(opened: OpenSheet) -> dict:
    """What the form of wishes shows at first: what was asked last."""
    wishes = opened.wishes
    return {"rounds": wishes.rounds, "floor": wishes.floor, "seed": wishes.seed, "on": wishes.on}


def file_of(opened: OpenSheet, name: str, *, language: str) -> bytes | None:
    """pairs.csv, unmatched.csv or report.html of the last run; None for any other name, or before."""
    if opened.paired is None:
        return None
    plan, translate = opened.paired.plan, speaking(language)
    made = {
        "pairs.csv": lambda: tables.pairs_table(plan, translate),
        "unmatched.csv": lambda: tables.unmatched_table(plan, translate),
        "report.html": lambda: report(
            plan, name=opened.name, notices=opened.sheet.notices, language=language
        ),
    }
    return made[name]() if name in made else None


def _told_pair(opened: OpenSheet, pair, translate) -> dict:
    two = (pair.a, pair.b)
    return {
        "round": pair.round,
        "a": pair.a,
        "b": pair.b,
        "fit": two_digits(pair.fit),
        "shared": [(tables.said(one, translate), "") for one in pair.shared],
        "reason": pair.reason.said(translate),
        "kept": two in opened.kept,
        "parted": two in opened.parted,
    }


def _cell(column: str, cells: dict[str, str], faults: list[Fault]) -> dict:
    return {"text": cells.get(column, ""), "faults": [_told(one) for one in faults if one.column == column]}


def _told(fault: Fault) -> dict:
    translate = speaking_here()
    return {"why": fault.why.said(translate), "wants": fault.wants.said(translate)}
