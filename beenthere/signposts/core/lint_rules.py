"""What keeps a file of rules from being used, in words. The build fails on any of it."""

from collections.abc import Iterable, Iterator, Mapping

import re2

from .rules import parts_of

LANGUAGES = ("en", "es")
KEYS = {"kind", "language", "why", "find", "unless", "near", "within", "around"}
PART = re2.compile(r"<[a-z_]+>")
# RegExp looks back: what repeats without an end, around what repeats without an end, could take it hours.
NESTED = re2.compile(r"[+*}]\)[+*]|[+*]\)\{[0-9]+,\}")
LOOK_AROUND = re2.compile(r"\(\?(?:[=!]|<[=!])|\\[1-9]")


def lint_rules(told: Mapping, kinds: Iterable[str]) -> list[str]:
    """Every fault of the rules, one a sentence; empty where they are good."""
    parts, kinds = parts_of(told["parts"]), tuple(kinds)
    faults = [f"part {name}: {fault}" for name, text in parts.items() for fault in _faults_of(text)]
    for number, rule in enumerate(told["finds"], 1):
        name = f"rule {number} ({rule.get('why', '?')})"
        faults += [f"{name}: {fault}" for fault in _untold(rule, kinds)]
        for pattern in patterns_of(rule):
            faults += [f"{name}: {fault}" for fault in _faults_of(filled(pattern, parts))]
    return faults + [f"spelling: {fault}" for fault in _misspelt(told)]


def patterns_of(rule: Mapping) -> Iterator[str]:
    """The patterns of one rule, as the file has them."""
    yield rule.get("find", "")
    if rule.get("unless"):
        yield rule["unless"]
    yield from rule.get("near", ())


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with the parts in it."""
    for name, text in parts.items():
        pattern = pattern.replace(f"<{name}>", text)
    return pattern


def _untold(rule: Mapping, kinds: tuple[str, ...]) -> Iterator[str]:
    yield from (f"unknown key {key}" for key in sorted(set(rule) - KEYS))
    if rule.get("kind") not in kinds:
        yield f"the kind is one of {', '.join(kinds)}"
    if rule.get("language") not in LANGUAGES:
        yield "the language is one of en, es"
    if not rule.get("why", "").strip():
        yield "it does not say why"
    if rule.get("near") and not rule.get("within"):
        yield "it says what is near, and not how near"


def _faults_of(pattern: str) -> Iterator[str]:
    if not pattern:
        yield "no pattern"
    if not pattern.isascii():
        yield "words are folded to ASCII before; this can never be found"
    yield from (f"unknown part {one[0]}" for one in PART.finditer(pattern))
    if LOOK_AROUND.search(pattern):
        yield "it looks around, which RE2 cannot"
    if NESTED.search(pattern):
        yield "a repetition of a repetition is slow in a browser"
    try:
        re2.compile(pattern.encode())
    except re2.error:
        yield "it does not compile"


def _misspelt(told: Mapping) -> Iterator[str]:
    for way in (one for ways in told["ways"].values() for one in ways if "words" in one):
        for word in (*way["words"], *way["near"]):
            if not (word.isascii() and word.isalnum() and word == word.lower()):
                yield f"{word!r} can never be met: a word is of a-z and 0-9"
        yield from (f"{word!r} is listed twice" for word in sorted({*way["near"]} & {*way["not"]}))
        yield from (f"{word!r} becomes itself" for word, new in way["words"].items() if word == new)
