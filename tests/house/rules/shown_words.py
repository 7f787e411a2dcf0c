"""The label is a wall: no word for one side of a pair in anything that our own software says."""

import ast
import re
from pathlib import Path

from beenthere.cli.audit.walled import CLINICAL, LABEL, shown_in

from ..plan import code_of, files_of, place_of

SPOKEN = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "sentence", "echo", "print"}
LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}


def findings(root: Path) -> list[str]:
    """Labels in pages, strings, logs, addresses, commands' words, tables and fields."""
    found = []
    for path in files_of(root, "*.html"):
        text = path.read_text(encoding="utf-8")
        found += [f"{place_of(root, path)}: “{word}”" for word in LABEL.findall(shown_in(text))]
    for path in files_of(root, "*.po"):
        said = re.findall(r'^(?:msgid|msgstr)?\s*"(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        found += [f"{place_of(root, path)}: “{word}”" for line in said for word in LABEL.findall(line)]
    for path in code_of(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += _spoken(root, path, tree)
        if "models" in path.parts or path.name in {"models.py", "schemas.py"}:
            found += _fields(root, path, tree)
    return found


def _spoken(root: Path, path: Path, tree: ast.Module) -> list[str]:
    found = []
    routes = path.name == "urls.py" or "cli" in path.parts
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in SPOKEN | LOGGED or (routes and name in {"path", "command", "Option", "Argument"}):
            texts = [
                n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            ]
            found += [
                f"{place_of(root, path, node.lineno)}: “{word}”"
                for text in texts
                for word in LABEL.findall(text)
            ]
    return found


def _fields(root: Path, path: Path, tree: ast.Module) -> list[str]:
    found = []
    for model in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        fields = [
            n.targets[0].id
            for n in model.body
            if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        ]
        fields += [
            n.target.id for n in model.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
        ]
        for name in [model.name, *fields]:
            spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name)
            if LABEL.search(spaced) or CLINICAL.search(name):
                found.append(f"{place_of(root, path, model.lineno)}: a table or field named {name}")
    return found
