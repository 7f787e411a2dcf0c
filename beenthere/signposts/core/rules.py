"""Rules that find things in people's words, read from a file. `rules.js` does the same.

Words are folded to ASCII by a table of the file, rewritten into views (letters set apart are joined, a word
spelled otherwise becomes the word), and in each view one rule after the other takes what it finds. Only what
the engines share is used: RE2 knows no look-around, and in ASCII `\\b` means the same to both.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path
from typing import NamedTuple

import re2

from .spelling import Spelling, spelling_of

OTHER, BLANK = "~", b"~"  # what a character without an entry becomes, and what was taken
A_FEW = 8  # rules behind one gate
MEMORY = 1 << 26  # bytes one pattern's automaton may take before RE2 begins it anew
Pattern = type(re2.compile(""))


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was found: its kind, and where it stands in the words."""

    kind: str
    start: int
    end: int


class Folds(dict):
    """For `str.translate`: every character becomes ASCII."""

    def __missing__(self, point: int) -> str:
        return OTHER


class Rewrite(NamedTuple):
    """In all that `find` matches, what `within` matches becomes what `become` says of it, or `otherwise`."""

    find: Pattern
    within: Pattern
    become: Mapping[bytes, bytes]
    otherwise: bytes

    def changes(self, text: bytes) -> Iterable[tuple[int, int, bytes]]:
        """What becomes of which stretch, in order: start, end, and the new bytes."""
        for match in self.find.finditer(text):
            for inner in self.within.finditer(match[0]):
                start, end = match.start() + inner.start(), match.start() + inner.end()
                yield start, end, self.become.get(inner[0], self.otherwise)


class Find(NamedTuple):
    """What `pattern` matches, unless `unless` matches within it; where there is `near`, together with one
    match of each of these at most `within` bytes before or behind it. `unless` looks `around` more. (What the
    file calls `must` no match can do without: it saves the browser time, RE2 needs none of it.)"""

    kind: str
    pattern: Pattern
    unless: Pattern | None
    near: tuple[Pattern, ...]
    within: int
    around: int


class Finds(NamedTuple):
    """All rules, a few at a time. A gate matches where one of its rules does, so one pass may say no; where
    the file has `gates`, a gate is what no rule of a language can do without (together the rules would be too
    large for one automaton)."""

    gate: Pattern | None
    some: tuple[tuple[Pattern | None, tuple[Find, ...]], ...]


class View(NamedTuple):
    """A reading of the words: the view named `of`, rewritten in the way named `by`, where `only` matches."""

    name: str
    of: str
    by: str
    only: Pattern | None


class Rules(NamedTuple):
    folds: Folds
    help: frozenset[bytes]
    ways: Mapping[str, tuple[Rewrite | Spelling, ...]]
    views: tuple[View, ...]
    finds: Finds


class Edit(NamedTuple):
    """Bytes that a rewrite changed: where they stand now, and where they stood."""

    now: int
    now_end: int
    before: int
    before_end: int


class Reading(NamedTuple):
    """The text of one view, with the edits of each rewrite on the way to it, the last one first."""

    text: bytes
    edits: tuple[tuple[Edit, ...], ...]


def hear(rules: Rules, words: str) -> list[Heard]:
    """All that the rules find, by view; in several views the same may be found."""
    readings = {"": Reading(words.translate(rules.folds).encode(), ())}
    found: list[Heard] = []
    made, read, places = {}, set(), None
    for view in rules.views:
        base = readings[view.of]
        reading = made.get((base.text, view.by))
        if reading is None:
            ways = () if view.only and not view.only.search(base.text) else rules.ways[view.by]
            reading = made[base.text, view.by] = rewritten(base, ways)
        readings[view.name] = reading
        if reading.text in read:
            continue
        read.add(reading.text)
        for kind, start, end in taken(reading.text, rules.finds, rules.help):
            places = places or places_of(words, rules.folds)
            for edits in reading.edits:
                start, end = before(edits, start, end)
            found.append(Heard(kind, places[start], max(places[end - 1] + 1, places[end])))
    return found


def rewritten(base: Reading, rewrites: Iterable[Rewrite | Spelling]) -> Reading:
    """The base, rewritten in one way after the other."""
    text, all_edits = base
    for rewrite in rewrites:
        parts, edits, at, shift = [], [], 0, 0
        for start, end, new in rewrite.changes(text):
            parts += (text[at:start], new)
            edits.append(Edit(start + shift, start + shift + len(new), start, end))
            shift, at = shift + len(new) - (end - start), end
        if edits:
            text, all_edits = b"".join((*parts, text[at:])), (tuple(edits), *all_edits)
    return Reading(text, all_edits)


def taken(text: bytes, finds: Finds, help_numbers: frozenset[bytes]) -> list[tuple[str, int, int]]:
    """What the rules take from the text, one after the other: kind, start and end. What one took is blank
    for the next."""
    found, known = [], {}
    if finds.gate and not finds.gate.search(text):
        return found
    for gate, some in finds.some:
        for rule in some if not gate or gate.search(text) else ():
            for start, end in spans(text, rule, known):
                said = text[start:end]
                if rule.unless and rule.unless.search(text[max(0, start - rule.around) : end + rule.around]):
                    continue
                if rule.kind == "phone" and bytes(one for one in said if 48 <= one <= 57) in help_numbers:
                    continue
                found.append((rule.kind, start, end))
                text = text[:start] + BLANK * (end - start) + text[end:]
                known.clear()
    return found


def spans(text: bytes, rule: Find, known: dict[Pattern, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Where the rule matches, whatever it is excused by. `known`: where patterns match in this same text;
    several rules begin with the same one."""
    own = known.get(rule.pattern)
    if own is None:
        own = known[rule.pattern] = [match.span() for match in rule.pattern.finditer(text)]
    if not own or not rule.near:
        return own
    found = []
    for start, end in own:
        first = max(0, start - rule.within)
        stretch = text[first : end + rule.within]
        near = list(takewhile(bool, (pattern.search(stretch) for pattern in rule.near)))
        if len(near) == len(rule.near):
            starts = [first + one.start() for one in near]
            ends = [first + one.end() for one in near]
            found.append((min(start, *starts), max(end, *ends)))
    return found


def before(edits: tuple[Edit, ...], start: int, end: int) -> tuple[int, int]:
    """Where a stretch stood before the edits; never empty, unless it is nothing but an addition."""
    return _before(edits, start, last=False), max(
        _before(edits, end - 1, last=True) + 1, _before(edits, start, last=False) + 1
    )


def _before(edits: tuple[Edit, ...], at: int, *, last: bool) -> int:
    index = bisect_right(edits, at, key=lambda one: one.now) - 1
    if index < 0:
        return at
    edit = edits[index]
    if at < edit.now_end:
        return edit.before_end - 1 if last else edit.before
    return at - edit.now_end + edit.before_end


def places_of(words: str, folds: Folds) -> list[int]:
    """Of each byte of the folded words, and of their end, which character it comes from."""
    return [*(place for place, one in enumerate(words) for _ in folds[ord(one)]), len(words)]


def merged(found: list[Heard], kinds: tuple[str, ...]) -> tuple[Heard, ...]:
    """The same, in order; what overlaps within a kind is one."""
    ordered: list[Heard] = []
    for one in sorted(found, key=lambda one: (kinds.index(one.kind), one.start, one.end)):
        if ordered and ordered[-1].kind == one.kind and one.start < ordered[-1].end:
            ordered[-1] = Heard(one.kind, ordered[-1].start, max(one.end, ordered[-1].end))
        else:
            ordered.append(one)
    return tuple(sorted(ordered, key=lambda one: (one.start, one.end, one.kind)))


def rules_in(file: Path) -> Rules:
    """The rules of a file, compiled."""
    return rules_of(json.loads(file.read_text(encoding="utf-8")))


def rules_of(told: Mapping) -> Rules:
    """The rules as the file tells them. Raises KeyError or re2.error where the file is no good."""
    folds = Folds({point: chr(point) for point in range(32, 127)})
    for target, sources in told["folds"].items():
        folds.update((ord(source), target) for source in sources)
    for first, last in (one.split("-") for one in told["nothing"]):
        folds.update((point, "") for point in range(int(first, 16), int(last, 16) + 1))
    compiled = _compiling(told["parts"])
    ways = {way: tuple(_rewrite(one, compiled) for one in told["ways"][way]) for way in told["ways"]}
    views = tuple(
        View(view["name"], view["of"], view["by"], compiled(view["only"]) if "only" in view else None)
        for view in told["views"]
    )
    finds = _by_language(told, compiled) if "gates" in told else _gated(told["finds"], compiled)
    return Rules(folds, frozenset(one.encode() for one in told.get("help", ())), ways, views, finds)


def parts_of(parts: Mapping[str, str | list[str]]) -> dict[str, str]:
    """The parts, each with those told before it filled in; a list means any of it."""
    known: dict[str, str] = {}
    for name, part in parts.items():
        text = part if isinstance(part, str) else f"(?:{'|'.join(part)})"
        for earlier, told in known.items():
            text = text.replace(f"<{earlier}>", told)
        known[name] = text
    return known


def _compiling(parts: Mapping[str, str | list[str]]) -> Callable[[str], Pattern]:
    """Compiles a pattern in which `<name>` stands for the part of that name (a list: any of it)."""
    options = re2.Options()
    options.max_mem = MEMORY
    known = parts_of(parts)

    def filled(pattern: str) -> str:
        for name, text in known.items():
            pattern = pattern.replace(f"<{name}>", text)
        return pattern

    return cache(lambda pattern: re2.compile(filled(pattern).encode(), options))


def _rewrite(told: Mapping, compiled: Callable[[str], Pattern]) -> Rewrite | Spelling:
    if "words" in told:
        return spelling_of(told)
    become = {before.encode(): after.encode() for before, after in told["become"].items()}
    return Rewrite(
        compiled(told["find"]), compiled(told["within"]), become, told.get("otherwise", "").encode()
    )


def _gated(told: list[Mapping], compiled: Callable[[str], Pattern]) -> Finds:
    some = [told[first : first + A_FEW] for first in range(0, len(told), A_FEW)]
    return Finds(
        compiled("|".join(one["find"] for one in told)),
        tuple((compiled("|".join(one["find"] for one in few)), _finds(few, compiled)) for few in some),
    )


def _by_language(told: Mapping, compiled: Callable[[str], Pattern]) -> Finds:
    runs = groupby(told["finds"], key=lambda one: one["language"])
    return Finds(
        None, tuple((compiled(told["gates"][language]), _finds(run, compiled)) for language, run in runs)
    )


def _finds(told: Iterable[Mapping], compiled: Callable[[str], Pattern]) -> tuple[Find, ...]:
    return tuple(
        Find(
            one["kind"],
            compiled(one["find"]),
            compiled(one["unless"]) if one.get("unless") else None,
            tuple(compiled(pattern) for pattern in one.get("near", ())),
            one.get("within", 0),
            one.get("around", 0),
        )
        for one in told
    )
