"""Foreign keys point down: a model refers to its own app or to one below."""

import ast
from pathlib import Path

from ..plan import FLOOR, app_of, code_of, place_of

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def findings(root: Path) -> list[str]:
    """Relations to an app on the same or a higher floor."""
    found = []
    for path in code_of(root):
        app = app_of(root, path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in RELATIONS
            ):
                other = _app_of_target(node, tree, app)
                if other != app and FLOOR.get(other, -1) >= FLOOR.get(app, 99):
                    found.append(
                        f"{place_of(root, path, node.lineno)}: a foreign key from {app} up to {other}"
                    )
    return found


def _app_of_target(call: ast.Call, tree: ast.Module, own: str) -> str:
    target = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "to"), None)
    if isinstance(target, ast.Constant) and "." in str(target.value):
        return str(target.value).split(".")[0]
    name = ast.unparse(target).split(".")[0] if target is not None else ""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
            module = (node.module or "").split(".")
            return module[1] if module[0] == "beenthere" and len(module) > 1 else own
    return own
