"""What the local page shows of an open sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext

from beenthere.matching.core.sheet import Fault, write_table
from beenthere.matching.models import OpenSheet, Two
from beenthere.matching.queries import tables
from beenthere.matching.queries.introductions import told
from beenthere.matching.queries.speaking import speaking, speaking_here

FILES = ("report.html", "pairs.csv", "unmatched.csv")
UNMATCHED = 200  # shown on the page; the table holds all
LISTED = 300  # faults in one list on the page; the table holds all
REFS = 2000  # offered while typing


def faulty_lines(opened: OpenSheet) -> list[int]:
    """The lines with faults, in order."""
    return sorted({fault.line for fault in opened.sheet.faults})


def faulty_rows(opened: OpenSheet, lines: Iterable[int]) -> list[dict]:
    """These lines, every cell in its place, the faulty ones with what is wrong and what would be right."""
    faults: dict[int, list[Fault]] = {line: [] for line in lines}
    for fault in opened.sheet.faults:
        if fault.line in faults:
            faults[fault.line].append(fault)
    rows = {row.line: row.cells for row in opened.sheet.rows if row.line in faults}
    header = {column: column for column in opened.sheet.columns}
    ref = opened.sheet.used.get("ref")
    return [
        {
            "line": line,
            "cells": [
                _cell(column, rows.get(line, header), wrong, column == ref) for column in opened.sheet.columns
            ],
            "whole": [_told(fault) for fault in wrong if fault.column not in opened.sheet.columns],
        }
        for line, wrong in faults.items()
    ]


def faults_table(opened: OpenSheet) -> bytes:
    """faults.csv: every fault, for who puts them right in a program of tables."""
    translate = speaking_here()
    rows = (
        (one.line, one.column, one.value, one.why.said(translate), one.wants.said(translate))
        for one in opened.sheet.faults
    )
    return write_table(("line", "column", "value", "why", "wants"), rows)


def pairs_told(opened: OpenSheet, pairs: Iterable) -> list[dict]:
    """These pairs of the plan with their reasons, and whether each is kept or parted for the next run."""
    translate = speaking_here()
    return [
        told(pair, translate)
        | {"kept": (pair.a, pair.b) in opened.kept, "parted": (pair.a, pair.b) in opened.parted}
        for pair in pairs
    ]


def told_pair(opened: OpenSheet, two: Two) -> dict | None:
    """One pair, as `pairs_told` tells it; None when it is not in the last run."""
    plan = opened.paired.plan if opened.paired else None
    found = [one for one in plan.pairs if (one.a, one.b) == two][:1] if plan else []
    return next(iter(pairs_told(opened, found)), None)


def pairs_of(opened: OpenSheet) -> tuple:
    """The pairs of the last run."""
    return opened.paired.plan.pairs if opened.paired else ()


def parted_elsewhere(opened: OpenSheet) -> list[Two]:
    """Who was parted by hand and is in no pair that could be shown so."""
    shown = {(pair.a, pair.b) for pair in pairs_of(opened)}
    return sorted(opened.parted - shown)


def unmatched_told(opened: OpenSheet) -> list[tuple[str, str]]:
    """Who has nobody this time, and why; the first of them, where they are many."""
    if opened.paired is None:
        return []
    translate = speaking_here()
    return [(one.ref, one.why.said(translate)) for one in opened.paired.plan.unmatched[:UNMATCHED]]


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


def why_told(opened: OpenSheet) -> dict | None:
    """The answer to what was asked last: `said`, and whether it is a refusal; None when nothing was asked."""
    if opened.asked_why is None:
        return None
    if opened.paired is None:
        return {"said": gettext("Pair these people first; then ask."), "wrong": True}
    two = two_of(opened, *opened.asked_why)
    if two is None:
        return {"said": gettext("Write the refs of two different people of this sheet."), "wrong": True}
    if two in opened.paired.parted:
        parted = gettext("%(a)s and %(b)s were parted by hand before this run.") % dict(
            zip("ab", two, strict=True)
        )
        return {"said": parted, "wrong": False}
    from beenthere.matching.core.why import why_not  # numpy comes with it

    why = why_not(opened.paired.prepared, opened.paired.plan, *two)
    return {"said": why.said.said(speaking_here()), "wrong": False}


def initial_wishes(opened: OpenSheet) -> dict:
    """What the form of wishes shows at first: what was asked last."""
    wishes = opened.wishes
    names = ("rounds", "floor", "seed", "on", "nearest")
    return {name: getattr(wishes, name) for name in names}


def files_of(opened: OpenSheet) -> tuple[str, ...]:
    """The names of what can be downloaded now."""
    if opened.paired is None:
        return ("faults.csv",) if opened.sheet.faults else ()
    return (*FILES, "nearest.csv") if opened.paired.plan.nearest else FILES


def file_of(opened: OpenSheet, name: str, *, language: str) -> bytes | None:
    """One of `files_of`, the same bytes as the command writes; None for any other name."""
    if name not in files_of(opened):
        return None
    if name == "faults.csv":
        return faults_table(opened)
    from beenthere.matching.queries.report import report

    plan, translate = opened.paired.plan, speaking(language)
    if name == "report.html":
        return report(plan, name=opened.name, notices=opened.sheet.notices, language=language)
    made = {
        "pairs.csv": tables.pairs_table,
        "unmatched.csv": tables.unmatched_table,
        "nearest.csv": tables.nearest_table,
    }
    return made[name](plan, translate)


def _cell(column: str, cells: dict[str, str], faults: list[Fault], is_ref: bool) -> dict:
    wrong = [_told(one) for one in faults if one.column == column]
    return {"column": column, "text": cells.get(column, ""), "faults": wrong, "is_ref": is_ref}


def _told(fault: Fault) -> dict:
    translate = speaking_here()
    return {"why": fault.why.said(translate), "wants": fault.wants.said(translate)}
