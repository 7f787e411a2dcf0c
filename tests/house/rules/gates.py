"""The gate is the lookup: only access, queries, actions and models touch rows; addresses carry refs."""

import ast
from pathlib import Path

from ..plan import GROUND, app_of, code_of, place_of

ROOMS = {"access", "queries", "actions", "models", "migrations"}


def findings(root: Path) -> list[str]:
    """Rows fetched outside the gates, addresses that carry a primary key, Django's admin."""
    found = []
    for path in code_of(root):
        if "django.contrib." + "admin" in path.read_text(encoding="utf-8"):
            found.append(f"{place_of(root, path)}: Django's admin passes every gate by")
        app, inside = app_of(root, path), path.relative_to(root / "beenthere").with_suffix("").parts
        if not app or app in GROUND:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                inside[1] not in ROOMS
                and isinstance(node, ast.Attribute)
                and node.attr in {"objects", "_base_manager"}
            ):
                found.append(
                    f"{place_of(root, path, node.lineno)}: rows fetched outside access, queries, actions"
                )
            if isinstance(node, ast.Name) and node.id == "get_object_or_404" and inside[1] != "access":
                found.append(f"{place_of(root, path, node.lineno)}: get_object_or_404 outside access")
            if inside[1] == "urls" and isinstance(node, ast.Constant) and "<int:" in str(node.value):
                found.append(f"{place_of(root, path, node.lineno)}: an address carries a number, not a ref")
    return found
