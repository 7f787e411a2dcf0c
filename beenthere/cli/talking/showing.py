"""What a terminal shows. Words of others are words: no sign of theirs moves, colours or hides anything."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime

import typer

from beenthere.cli.saying import translate
from beenthere.foundation.sentences import Sentence, sentence

from .asking import Fault

INDENT = "    "
# Joiners that words and pictures of some scripts need; all other signs without a shape of their own go.
JOINERS = "\u200c\u200d"
MOST_MARKS = 6  # on one letter
COVERS = {
    "method": sentence("Something about ways of harming oneself. You need not read it."),
    "urging": sentence("Words that may push somebody to harm themselves. You need not read them."),
}
PARTS = {
    "pace": sentence("Pace"),
    "leave_out": sentence("We leave out"),
    "crisis": sentence("If one of us is in crisis"),
    "ending": sentence("How we end"),
}


def safe(text: str) -> str:
    """`text` without anything that steers a terminal or turns letters around; lines end in \\n alone."""
    found, marks = [], 0
    for one in text.replace("\r\n", "\n").replace("\r", "\n"):
        kind = unicodedata.category(one)
        if one == "\n" or kind in ("Zl", "Zp"):
            found.append("\n")
        elif one == "\t" or kind == "Zs":
            found.append(" ")
        elif kind[0] != "C" or one in JOINERS or kind == "Cn":
            marks = marks + 1 if kind[0] == "M" else 0
            if marks <= MOST_MARKS:
                found.append(one)
    return "".join(found)


def one_line(text: str) -> str:
    return " ".join(safe(text).split())


def width_of(text: str) -> int:
    """Columns that `text` takes, rather too many than too few."""
    return sum(
        2 if unicodedata.east_asian_width(one) in "WFA" else 0 if unicodedata.combining(one) else 1
        for one in text
    )


def wrapped(text: str, room: int) -> Iterator[str]:
    """`text` in lines of `room` columns at most, its own lines kept."""
    for line in safe(text).split("\n"):
        now = ""
        for word in line.split(" "):
            if now and width_of(now) + 1 + width_of(word) <= room:
                now = f"{now} {word}"
                continue
            if now:
                yield now
            now = ""
            for one in word:
                if now and width_of(now) + width_of(one) > room:
                    yield now
                    now = ""
                now += one
        yield now


class Terminal:
    """Prints in the language of BEENTHERE_LANGUAGE, as wide as the terminal is. Lines of our own begin at the
    margin; words of people never do, so that nobody can write a line that looks like ours."""

    def __init__(self) -> None:
        self.room = max(20, min(shutil.get_terminal_size((80, 24)).columns, 100)) - 2
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def line(self, said: Sentence | str, *, error: bool = False) -> None:
        """A line of our own; names in it come as one line each."""
        text = said if isinstance(said, str) else said.said(translate)
        typer.echo(one_line(text), err=error)

    def words(self, text: Sentence | str, *, deep: int = 1, error: bool = False) -> None:
        """Words of somebody, behind the margin, and what stands in their place."""
        indent, text = INDENT * deep, text if isinstance(text, str) else text.said(translate)
        for line in wrapped(text, self.room - len(indent)):
            typer.echo((indent + line).rstrip(), err=error)

    def fault(self, fault: Fault) -> None:
        """Why it was not done, and the words that would be lost else."""
        if fault.said is not None:
            self.line(fault.said, error=True)
        if fault.theirs:
            self.line(fault.theirs, error=True)
        if fault.more is not None:
            self.line(fault.more, error=True)
        if fault.words:
            self.line(sentence("Nothing is lost. Your words:"), error=True)
            self.words(fault.words, error=True)

    def plain(self, told: object) -> None:
        """As JSON, in ASCII: nothing in it steers a terminal."""
        typer.echo(json.dumps(told, indent=1))

    def talks(self, talks: list[dict]) -> None:
        if not talks:
            self.line(sentence("There is no conversation yet. Introductions lead to them."))
        for one in talks:
            facts = [sentence("something new waits")] if one["waits"] else []
            facts += [sentence("you paused it")] if one["paused"] else []
            facts += [] if one["is_open"] else [sentence("ended")]
            name = one["name"] or "-"
            when = moment(one["last_at"] or one["made_at"])
            self.line("  ".join([one["ref"], when, name, ", ".join(fact.said(translate) for fact in facts)]))

    def said(self, one: dict, name: str | None, *, unfold: bool) -> None:
        """A message: whose and when, then its words."""
        who = sentence("You") if one["mine"] else name or sentence("The other")
        facts = {"who": who, "when": moment(one["at"]), "number": one["number"]}
        self.line(sentence("{who}, {when} ({number})", **facts))
        if one["withdrawn"]:
            self.words(sentence("Words that stood here were taken back."))
            return
        if one.get("covered") and not one["mine"]:
            self.words(COVERS[one["covered"]])
            if not unfold:
                self.words(sentence("Read on with --open."))
                return
        if one["note"]:
            self.words(sentence("About: {note}", note=one["note"]))
        if one["note"] and not one["mine"] and not unfold:
            self.words(sentence("Read on with --open."))
            return
        if one["muted"] and not unfold:
            self.words(sentence("It holds a word that you muted. Read on with --open."))
            return
        self.words(one["words"] or "")
        self._piece(one["piece"])

    def agreements(self, told: dict) -> None:
        if not told["in_force"] and not told["proposal"]:
            self.line(sentence("Nothing is agreed yet."))
        if told["in_force"]:
            self.line(sentence("Agreed, {when}:", when=moment(told["in_force"]["at"])))
            self._parts(told["in_force"]["told"])
        if told["proposal"]:
            mine = told["proposal"]["mine"]
            mine_waits, theirs = sentence("You propose:"), sentence("The other proposes:")
            self.line(mine_waits if mine else theirs)
            self._parts(told["proposal"]["told"])
            self.line(
                sentence("It holds once the other says yes.")
                if mine
                else sentence("It holds once you say yes, on its page.")
            )

    def export(self, told: dict) -> None:
        self.line(sentence("Taken along {when}", when=moment(told["made"])))
        if told["name"] is None:
            self.line(sentence("Your own words alone."))
        for one in told["said"]:
            who = sentence("You") if one["by"] == "me" else told["name"] or "-"
            self.line(sentence("{who}, {when}", who=who, when=moment(one["at"])))
            if one.get("covered"):
                self.words(COVERS[one["covered"]])
            if one["note"]:
                self.words(sentence("About: {note}", note=one["note"]))
            self.words(one["words"])
            self._piece(one["piece"] or None)

    def found(self, told: dict) -> None:
        if not told["hits"]:
            self.line(sentence("Nothing was found."))
        for one in told["hits"]:
            self.line(one["conversation"])
            self.said(one["message"], one["name"], unfold=False)
        if not told["is_whole"]:
            self.line(sentence("There is more than this. Another word may narrow it."))

    def _piece(self, piece: str | None) -> None:
        if piece == "":
            self.words(sentence("The piece that stood here was taken back."))
        elif piece:
            self.words(piece, deep=2)

    def _parts(self, told: dict) -> None:
        for part, label in PARTS.items():
            if told[part]:
                self.words(label)
                self.words(told[part], deep=2)
        days = told["silence_days"]
        asked = sentence("If it gets quiet, we are asked after {days} days.", days=days)
        never = sentence("If it gets quiet, nobody is asked.")
        self.words(asked if days else never)


def moment(at: str) -> str:
    """A time of the place in the clock of this machine: 2026-11-22 09:05."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return "?"
