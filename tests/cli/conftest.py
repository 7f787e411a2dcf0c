"""The command in this process: its exit code, what it printed, and its files."""

from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from beenthere.cli import matching, progress
from beenthere.cli.commands import app

SHEET = (
    "ref,words,experiences,hopes,leave_out,capacity\n"
    "ana,My mum died in spring and the house is quiet.,Loss of a parent=in it now,to talk,,1\n"
    "ben,I lost my dad two years ago.,Loss of a parent=living with it,to talk,,1\n"
    "cleo,I hear voices and I draw them.,Hearing voices,,,1\n"
    "dev,I lost my dad and I drink.,Loss of a parent; Drinking,to talk,Hearing voices,0\n"
    "eli,I lost my dad two years ago.,Loss of a parent=living with it,to talk,,1\n"
)


@pytest.fixture(autouse=True)
def _quick_enough(monkeypatch):
    """What is fast needs no progress; a machine that does much else must not change what a test reads."""
    monkeypatch.setattr(progress, "QUIET_SECONDS", 600.0)


class Answer(NamedTuple):
    code: int
    out: str
    err: str


class Place:
    """A folder with a sheet, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.sheet = self.write("people.csv", SHEET)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def match(self, *options: object, sheet: Path | None = None) -> Answer:
        """`beenthere match SHEET OPTIONS`."""
        words = ["match", str(sheet or self.sheet), *map(str, options)]
        return Answer(*_result(CliRunner().invoke(app, words)))

    def paired(self, *options: object, sheet: Path | None = None) -> str:
        """The same with --out into a fresh folder; pairs.csv."""
        answer = self.match("--out", self.out, "--force", *options, sheet=sheet)
        assert answer.code == 0, answer
        return self.read("pairs.csv")

    def read(self, name: str) -> str:
        return (self.out / name).read_bytes().decode()


def _result(result) -> tuple[int, str, str]:
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Place:
    """Django is up already, and the masks of the process stay as they are."""
    monkeypatch.setattr(matching, "open_place", lambda: None)
    return Place(tmp_path)
