"""Our own code, read as a tree: where something is called, and what is imported."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "beenthere"


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of `beenthere/`, by its path there."""
    found = {}
    for path in sorted(OURS.rglob("*.py")):
        if "__pycache__" not in path.parts:
            found[path.relative_to(OURS).as_posix()] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Place, name as it is written (`subprocess.run`) and node of every call."""
    for place, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield place, ast.unparse(node.func), node


def calling(*names: str) -> set[str]:
    """Where one of `names` is called, as it is written or as the last part of it."""
    return {place for place, name, _ in calls() if name in names or name.rpartition(".")[2] in names}


def importing(*names: str) -> set[str]:
    """Where a module of `names`, or something in it, is imported."""
    found = set()
    for place, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                told = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                told = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            if any(one == name or one.startswith(f"{name}.") for one in told for name in names):
                found.add(place)
    return found


def scripts() -> dict[str, str]:
    """Every script that a browser is given, by its path."""
    return _texts("*.js")


def templates() -> dict[str, str]:
    return _texts("*.html")


def _texts(kind: str) -> dict[str, str]:
    return {path.relative_to(OURS).as_posix(): path.read_text(encoding="utf-8") for path in OURS.rglob(kind)}
