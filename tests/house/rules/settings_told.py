"""Every setting stands in docs/running.md, and nothing there that is no setting."""

import ast
import re
from pathlib import Path

TOLD = re.compile(r"^\| `(BEENTHERE_[A-Z_]+)`", re.MULTILINE)


def findings(root: Path) -> list[str]:
    """Settings that are not told, and told ones that are none."""
    settings, running = root / "beenthere/settings.py", root / "docs/running.md"
    if not settings.exists():
        return []
    tree = ast.parse(settings.read_text(encoding="utf-8"))
    place = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Place")
    known = {f"BEENTHERE_{node.target.id.upper()}" for node in place.body if isinstance(node, ast.AnnAssign)}
    told = set(TOLD.findall(running.read_text(encoding="utf-8"))) if running.exists() else set()
    told_elsewhere = {"BEENTHERE_ENV"}  # read by run.py, before any setting
    return [f"{name} is not told in docs/running.md" for name in sorted(known - told)] + [
        f"{name} is told in docs/running.md and is no setting"
        for name in sorted(told - known - told_elsewhere)
    ]
