"""A place's own lines: what its file says on top of ours: new lines, corrections by `id`, lines to hide."""

from collections.abc import Mapping
from datetime import date

from .lint import faults_of, numbers_faults

PARTS = ("line", "one", "apart")
REACHED_BY = ("phones", "sms", "sms_word", "url")
TOLD_BY = ("source", "verified_on")


def with_own(rows: list[dict], emergency: Mapping, own: Mapping) -> tuple[list[dict], dict, list[str]]:
    """Our rows and emergency numbers as the place has them, and each fault of its file in a sentence. What
    has a fault is left out: there our own stays as it was."""
    faults = [f"unknown part {part}" for part in sorted(set(own) - set(PARTS))]
    merged, done = {row["id"]: row for row in rows}, set()
    told = own.get("line", [])
    if not isinstance(told, list):
        faults, told = [*faults, "a line begins with [[line]]"], []
    for number, one in enumerate(told, 1):
        row = _plain(one) if isinstance(one, Mapping) else {}
        ref = row.get("id") if isinstance(row.get("id"), str) else ""
        found = _faults(row, merged.get(ref), again=ref in done)
        faults += [f"own line {number} ({ref or 'no id'}): {fault}" for fault in found]
        done.add(ref)
        if not found and row.get("hidden"):
            del merged[ref]
        elif not found:
            merged[ref] = {**merged.get(ref, {}), **row}
    numbers, more = _numbers(emergency, own)
    known = {**numbers["one"], **numbers["apart"]}
    without = sorted({row["country"] for row in merged.values()} - set(known))
    more += [f"{country}: a line, and no emergency number" for country in without]
    return list(merged.values()), numbers, faults + more


def _faults(row: dict, ours: dict | None, *, again: bool) -> list[str]:
    if not row or again:
        return ["it stands there twice" if row else "it is empty"]
    if "hidden" in row:
        right = row["hidden"] is True and set(row) == {"id", "hidden"} and ours is not None
        return [] if right else ["to hide one of our lines, write its id and hidden = true"]
    reached = ours and any(row.get(way, ours.get(way)) != ours.get(way) for way in REACHED_BY)
    if reached and not all(row.get(one) for one in TOLD_BY):
        return ["who changes how it is reached also says source and verified_on"]
    return faults_of({**(ours or {}), **row})


def _numbers(emergency: Mapping, own: Mapping) -> tuple[dict, list[str]]:
    numbers = {part: dict(emergency[part]) for part in ("one", "apart")}
    faults = []
    for part, other in (("one", "apart"), ("apart", "one")):
        told = own.get(part, {})
        for country, number in told.items() if isinstance(told, Mapping) else ():
            right_kind = isinstance(number, Mapping) == (part == "apart")
            found = (
                numbers_faults(country, number) if right_kind else [f"{country}: not a number for [{part}]"]
            )
            if not found:
                numbers[part][country] = number
                numbers[other].pop(country, None)
            faults += found
    return numbers, faults


def _plain(row: Mapping) -> dict:
    """A day may be written with or without quotation marks."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
