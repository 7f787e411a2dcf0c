"""The label is a wall: no word for one side of a pair in anything that this software says or keeps, and no
field that would turn a life into a file (docs/concepts.md)."""

import re
from pathlib import Path

from django.apps import apps
from django.test import Client

from .walled import CLINICAL, LABEL, shown_in
from .world import HOST, World, addresses

PACKAGE = Path(__file__).resolve().parents[2]
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_|-|/")


def findings(world: World) -> list[str]:
    """Labels in pages, in both catalogues, in addresses, in tables and in the API."""
    return [*_pages(), *_catalogues(), *_addresses(), *_tables(), *_api()]


def is_walled(name: str) -> bool:
    """Whether a name of ours is a label for one side, or a clinical field."""
    return bool(LABEL.search(CAMEL.sub(" ", name)) or CLINICAL.search(name))


def _pages() -> list[str]:
    found = []
    for path in sorted(PACKAGE.rglob("*.html")):
        words = LABEL.findall(shown_in(path.read_text(encoding="utf-8")))
        found += [f"{path.relative_to(PACKAGE)}: “{word}”" for word in words]
    return found


def _catalogues() -> list[str]:
    import polib

    found = []
    for path in sorted(PACKAGE.rglob("*.po")):
        for entry in polib.pofile(str(path)):
            for text in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values()):
                found += [f"{path.relative_to(PACKAGE)}: “{word}”" for word in LABEL.findall(text)]
    return found


def _addresses() -> list[str]:
    return [f"the address {one}" for one in addresses() if LABEL.search(CAMEL.sub(" ", one))]


def _tables() -> list[str]:
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("beenthere."):
            continue
        names = [model.__name__, *(field.name for field in model._meta.get_fields())]
        found += [f"{model._meta.label}: a table or field named {name}" for name in names if is_walled(name)]
    return found


def _api() -> list[str]:
    """The names of what the API takes and gives."""
    told = Client(HTTP_HOST=HOST).get("/api/v1/openapi.json").json()
    shapes = told.get("components", {}).get("schemas", {})
    names = [*shapes, *(name for shape in shapes.values() for name in shape.get("properties", {}))]
    return [f"the API: a field named {name}" for name in sorted(set(names)) if is_walled(name)]
