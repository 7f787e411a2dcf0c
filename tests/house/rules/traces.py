"""What is committed holds no path of a machine and no address of a registry."""

import re
import subprocess
from pathlib import Path

from ..plan import ROOT, place_of

# Spelt in pieces, so that this file is no finding of its own.
MACHINE = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "C:" + r"\\Users")))
REGISTRY = re.compile(
    "|".join(
        (
            r"https?://[\w.-]*py" + "pi",
            "regis" + "try.npmjs",
            "files.python" + "hosted",
            "--index" + "-url",
            "--find" + "-links",
        )
    )
)


def findings(root: Path) -> list[str]:
    """Tracked text files that name a machine's path or a registry's address."""
    found = []
    for path in _texts(root):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if MACHINE.search(line):
                found.append(f"{place_of(root, path, number)}: a path of a machine")
            if REGISTRY.search(line) and not ("no-" in line and "emit" in line):
                found.append(f"{place_of(root, path, number)}: an address of a registry")
    return found


def _texts(root: Path) -> list[Path]:
    if root != ROOT:
        return sorted(path for path in root.rglob("*") if path.is_file() and path.name != "expected.txt")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [
        root / name
        for name in listed
        if not name.startswith("tests/house/planted/") and (root / name).is_file()
    ]
