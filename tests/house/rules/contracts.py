"""Floors, steps, pure cores, no admin: the import-linter contracts of pyproject.toml."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..plan import ROOT


def findings(root: Path) -> list[str]:
    """The broken imports, one a finding: `contract: importer -> imported`."""
    if root == ROOT:
        return _broken(root)
    # A planted tree holds only its violation: it is laid over a copy of the real package.
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(
            ROOT / "beenthere", copy / "beenthere", ignore=shutil.ignore_patterns("*.woff2", "*.pyc")
        )
        shutil.copytree(root, copy, dirs_exist_ok=True)
        shutil.copy(ROOT / "pyproject.toml", copy)
        return _broken(copy)


def _broken(folder: Path) -> list[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300", "NO_COLOR": "1"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return []
    arrows = re.findall(r"(beenthere[\w.]*) -> ([\w.]+)", ran.stdout)
    broken = re.findall(r"^(\w[^\n]*?) BROKEN", ran.stdout, re.MULTILINE)
    missing = re.findall(
        r"(?:not listed as layers|undeclared)[^\n]*\n(?:[^\n]*\n)??[-\s]*(beenthere\.[\w.]+)", ran.stdout
    )
    found = sorted({f"{importer} -> {imported}" for importer, imported in arrows})
    return found + [f"no floor or step: {name}" for name in missing] or broken or [ran.stdout + ran.stderr]
