"""Where the programs are, remembered beside the environment, and fetched there where need be."""

import json
import subprocess
from pathlib import Path

from launch.environments import environment_here, write

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(environment_here(str(ROOT)).tools)
FETCHED = TOOLS / "services"
MEMORY = TOOLS / "services.json"


class Missing(Exception):
    """A program the tests need is not here; the text says how to get it."""


def remembered(name: str) -> Path:
    """The program (or folder of programs) `name`; raises Missing where it was never found or is gone."""
    place = recall().get(name, "")
    if not place or not Path(place).exists():
        raise Missing(f"No {name} is known here: `python3 run.py test` finds or fetches it once.")
    return Path(place)


def recall() -> dict[str, str]:
    try:
        return json.loads(MEMORY.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def remember(places: dict[str, str]) -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    write(str(MEMORY), json.dumps(places, indent=1))


def runs(program: Path | str, *arguments: str) -> bool:
    """Whether it starts at all: a name on PATH may be a stub that only says what to install."""
    try:
        run = subprocess.run(
            [program, *(arguments or ("--version",))],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0
