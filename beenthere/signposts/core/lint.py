"""What keeps a table of lines from being used, in words. The build fails on any of it."""

from collections.abc import Iterable, Mapping
from datetime import date

import re2

from .lines import AS_NOTED, dialled

KINDS = ("crisis", "text", "listening", "warmline", "chat", "young")
KEYS = {
    "id", "country", "name", "kind", "phones", "sms", "sms_word", "url", "hours", "languages", "note",
    "source", "verified_on",
}  # fmt: skip
LISTS, TABLES = ("phones", "languages"), ("note",)
ID = re2.compile(r"[a-z]{2}-[a-z0-9-]{1,60}")
COUNTRY = re2.compile(r"[A-Z]{2}")
PHONE = re2.compile(r"[*+(]?\d[\d ()-]*\d|\d")
HOURS = re2.compile(r"24/7|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)|as noted|")
LANGUAGE = re2.compile(r"[a-z]{2,3}")
ADDRESS = re2.compile(r"https://[a-z0-9.-]+/\S*")


def lint(rows: Iterable[Mapping], emergency: Mapping) -> list[str]:
    """Every fault of the two tables, one a sentence; empty where they are good."""
    rows, faults = list(rows), []
    for number, row in enumerate(rows, 1):
        name = f"line {number} ({row.get('country', '?')}, {row.get('name', '?')})"
        faults += [f"{name}: {fault}" for fault in faults_of(row)]
    ids = [row.get("id") for row in rows]
    faults += [
        f"{one}: the id of two lines" for one in sorted({one for one in ids if ids.count(one) > 1}, key=str)
    ]
    known = {**emergency.get("one", {}), **emergency.get("apart", {})}
    without = sorted({row.get("country", "?") for row in rows} - set(known))
    faults += [f"{country}: a line, and no emergency number" for country in without]
    faults += [f"{both}: two kinds of emergency number" for both in _twice(emergency)]
    return faults + [
        fault for country, numbers in known.items() for fault in numbers_faults(country, numbers)
    ]


def numbers_faults(country: str, numbers: Mapping | str) -> list[str]:
    """What is wrong with the emergency numbers of one country."""
    if not COUNTRY.fullmatch(country):
        return [f"{country}: no country"]
    if isinstance(numbers, Mapping) and set(numbers) != {"ambulance", "police"}:
        return [f"{country}: two numbers apart are ambulance and police"]
    apart = numbers.values() if isinstance(numbers, Mapping) else [numbers]
    return [
        f"{country}: {one!r} is no emergency number"
        for one in apart
        if not str(one).isdigit() or not isinstance(one, str)
    ]


def _twice(emergency: Mapping) -> list[str]:
    return sorted(set(emergency.get("one", {})) & set(emergency.get("apart", {})))


def faults_of(row: Mapping) -> list[str]:
    """What is wrong with one line."""
    faults = [f"unknown key {key}" for key in sorted(set(row) - KEYS)]
    wrong = [key for key, value in row.items() if key in KEYS and not _is_of_its_kind(key, value)]
    if wrong:  # nothing else can be said of them
        return faults + [f"{key} is written in another way" for key in wrong]
    if not COUNTRY.fullmatch(row.get("country", "")):
        faults.append("no country")
    elif not ID.fullmatch(row.get("id", "")) or not row["id"].startswith(f"{row['country'].lower()}-"):
        faults.append("the id is the country and a word, such as es-024")
    if not row.get("name", "").strip():
        faults.append("no name")
    if row.get("kind") not in KINDS:
        faults.append(f"the kind is one of {', '.join(KINDS)}")
    if not (row.get("phones") or row.get("sms") or row.get("url")):
        faults.append("no way to reach it")
    for number in [*row.get("phones", []), *filter(None, [row.get("sms")])]:
        if not PHONE.fullmatch(number) or not dialled(number).strip("*+").isdigit():
            faults.append(f"{number!r} is no number")
    if row.get("sms_word") and not row.get("sms"):
        faults.append("a word to text, and no number to text it to")
    if row.get("url") and not ADDRESS.fullmatch(row["url"]):
        faults.append("the address is not https")
    return faults + _untold(row)


def _is_of_its_kind(key: str, value: object) -> bool:
    if key in LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if key in TABLES:
        return isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())
    return isinstance(value, str)


def _untold(row: Mapping) -> list[str]:
    faults = []
    if "hours" not in row or not HOURS.fullmatch(row["hours"]):
        faults.append("the hours are 24/7, HH:MM-HH:MM, as noted or empty")
    if row.get("hours") == AS_NOTED and not row.get("note"):
        faults.append("the hours are as noted, and no note says them")
    if not row.get("languages") or not all(LANGUAGE.fullmatch(one) for one in row["languages"]):
        faults.append("no languages")
    if "note" in row and set(row["note"]) != {"en", "es"}:
        faults.append("a note stands in English and in Spanish")
    if not row.get("source", "").strip():
        faults.append("no source")
    if "verified_on" not in row or not _is_date_or_empty(row["verified_on"]):
        faults.append("verified_on is a date (2026-11-22) or empty")
    return faults


def _is_date_or_empty(text: str) -> bool:
    try:
        return text == "" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
