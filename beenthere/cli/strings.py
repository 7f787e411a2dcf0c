"""`beenthere strings`: gathers every string people read into the catalogues, and compiles them.

Babel reads the Python (gettext's names, and our `sentence`), Django turns templates into something
Babel can read, polib writes; so nobody needs GNU gettext installed.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "sentence": None,
}


def strings(
    check: Annotated[bool, typer.Option(help="Change nothing; say what is missing and end with 1.")] = False,
) -> None:
    """Gather the strings of pages and commands into the catalogues and compile these."""
    missing = []
    for path in sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/django.po")):
        missing += [f"{path.parts[-3]}: {one}" for one in (faults_of(path) if check else update(path))]
    for one in missing:
        typer.echo(one)
    if missing and check:
        raise typer.Exit(1)


def gathered() -> dict[tuple[str | None, str], dict]:
    """Every string by (context, English): its plural, and the files it stands in."""
    found: dict[tuple[str | None, str], dict] = {}
    for path, message, context in _messages():
        single, plural = message if isinstance(message, tuple) else (message, None)
        entry = found.setdefault((context, single), {"plural": None, "places": []})
        entry["plural"] = entry["plural"] or plural
        place = path.relative_to(PACKAGE.parent).as_posix()
        if place not in entry["places"]:
            entry["places"].append(place)
    return found


def update(path: Path) -> list[str]:
    """Brings one catalogue up to date, writes its compiled form; returns what still lacks words."""
    import polib  # only this command needs it

    catalogue, found = polib.pofile(str(path), wrapwidth=100), gathered()
    for entry in list(catalogue):
        if (entry.msgctxt, entry.msgid) not in found:
            catalogue.remove(entry)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for (context, single), told in found.items():
        entry = known.get((context, single))
        if entry is None:
            entry = polib.POEntry(msgctxt=context, msgid=single)
            catalogue.append(entry)
        if told["plural"] and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = told["plural"], "", {0: "", 1: ""}
        entry.occurrences = [(place, "") for place in told["places"]]
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    path.write_text(str(catalogue) + "\n", encoding="utf-8")
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())
    return [entry.msgid for entry in catalogue if not entry.translated()]


def faults_of(path: Path) -> list[str]:
    """What keeps a catalogue from being complete: missing, left over, or with other places."""
    import polib

    catalogue, found = polib.pofile(str(path)), gathered()
    keys = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    faults = [f"not in the catalogue: {single}" for context, single in found if (context, single) not in keys]
    faults += [f"nowhere said any more: {single}" for context, single in keys - set(found)]
    for entry in catalogue:
        said = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if not entry.translated() or entry.fuzzy:
            faults.append(f"without words: {entry.msgid}")
        elif _other_places(entry, said):
            faults.append(f"other places: {entry.msgid}")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        faults.append("the compiled catalogue is not of these words: run `beenthere strings`")
    return faults


def _other_places(entry, said: list[str]) -> bool:
    """A plural may leave a place out (one, and no number); nothing may name a place that is not there."""
    if entry.msgid_plural:
        return any(_places_in(text) - _places_in(entry.msgid + entry.msgid_plural) for text in said)
    return _places_in(said[0]) != _places_in(entry.msgid)


def _places_in(text: str) -> set[str]:
    """The named places of a string: `{name}` and `%(name)s`."""
    import re2

    return set(re2.findall(r"\{\w+\}|%\(\w+\)[sd]", text))


def _messages() -> Iterator[tuple[Path, str | tuple, str | None]]:
    from io import BytesIO

    from babel.messages.extract import extract

    templates = [path for path in PACKAGE.rglob("*.txt") if "templates" in path.parts]
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *templates]):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        source = text if path.suffix == ".py" else _as_python(text, path)
        for _, message, _, context in extract("python", BytesIO(source.encode()), KEYWORDS, [], {}):
            if message and message != ("", ""):
                yield path, message, context
        if path.suffix == ".py":
            yield from ((path, told, None) for told in _declared(source))


def _declared(source: str) -> Iterator[str]:
    """What tables say of themselves, and the page of what is kept says again."""
    if "foundation.registry import" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("table", "declare"):
            for given in node.keywords:
                if given.arg in ("retention", "export") and getattr(given.value, "value", ""):
                    yield given.value.value


def _as_python(template: str, path: Path) -> str:
    """A template as lines for Python's tokenizer, to which the indentation of a page says nothing."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).splitlines())
