"""google-re2 for every pattern that meets a member's words: one message cannot freeze a worker."""

import ast
from pathlib import Path

from ..plan import OUTER, app_of, code_of, place_of


def findings(root: Path) -> list[str]:
    """Modules of the apps that import the backtracking `re`."""
    found = []
    for path in code_of(root):
        if app_of(root, path) in ("", "cli", *(set(OUTER) - {"web", "api"})):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if "re" in names:
                found.append(f"{place_of(root, path, node.lineno)}: `re` may backtrack for minutes; use re2")
    return found
