"""Writes what a benchmark printed into RESULTS.md: one section a claim, its machine and date with it."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def machine() -> str:
    """What this ran on, without its name or paths."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, "
        f"Python {platform.python_version()}, load {load:.1f} at the end"
    )


def record(title: str, command: str, lines: list[str]) -> None:
    """Prints the lines and puts them into RESULTS.md, in place of the section of the same title."""
    print(*lines, sep="\n")
    told = [f"## {title}", "", f"`{command}` · {datetime.now(UTC).date()} · {machine()}", "", *lines, ""]
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# What was measured\n\n"
    head, *sections = before.split("\n## ")
    kept = {one.splitlines()[0]: one for one in sections}
    kept[title] = "\n".join(told)[3:]
    text = head.rstrip() + "\n\n" + "\n".join("## " + one.rstrip() + "\n" for one in kept.values())
    RESULTS.write_text(text, encoding="utf-8")
