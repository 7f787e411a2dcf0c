"""Every write is an action, inside `writing()`, and an action names who acts: keyword-only `by`."""

import ast
from pathlib import Path

from ..plan import GROUND, app_of, code_of, place_of

WRITING = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def findings(root: Path) -> list[str]:
    """Writes outside `actions`, and public actions without a keyword-only `by`."""
    found = []
    for path in code_of(root):
        app = app_of(root, path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        step = path.relative_to(root / "beenthere").with_suffix("").parts[1:2]
        if step == ("actions",):
            found += _without_by(root, path, tree)
        elif app and app not in GROUND and step not in (("models",), ("migrations",)):
            found += _writes(root, path, tree)
        if app and app != "foundation":
            found += _bare_transactions(root, path, tree)
    return found


def _bare_transactions(root: Path, path: Path, tree: ast.Module) -> list[str]:
    """`writing()` keeps transactions short: it refuses to seal, hash or render inside one."""
    return [
        f"{place_of(root, path, node.lineno)}: a bare transaction; use foundation.writing"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]


def _writes(root: Path, path: Path, tree: ast.Module) -> list[str]:
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    return [
        f"{place_of(root, path, call.lineno)}: .{call.func.attr}() outside an action"
        for call in calls
        if call.func.attr in WRITING and _on_a_row(call.func.value)
    ]


def _on_a_row(value: ast.expr) -> bool:
    """Whether it reads like a model's row or manager: `Model.objects...` or a plain name's method."""
    return ".objects" in ast.unparse(value) or (
        isinstance(value, ast.Name) and value.id not in {"cache", "router"}
    )


def _without_by(root: Path, path: Path, tree: ast.Module) -> list[str]:
    return [
        f"{place_of(root, path, node.lineno)}: {node.name} does not take a keyword-only `by`"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
    ]
