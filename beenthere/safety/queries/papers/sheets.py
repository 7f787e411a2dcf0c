"""The shape of a paper: parts with lines, tables and blanks to fill in; the same for the page and the "
"file."""

from collections.abc import Callable
from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Blank:
    """A question that the people of the place answer themselves."""

    asked: Sentence


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; each cell a sentence or plain text."""

    heads: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence | str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    heading: Sentence
    lines: tuple[Sentence | Blank | Table, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """`for_whom` says in one sentence who reads it and why."""

    title: Sentence
    for_whom: Sentence
    parts: tuple[Part, ...]


TO_FILL_IN = sentence("Write here:")


def as_markdown(paper: Paper, translate: Callable[[str], str] = str) -> str:
    """The paper as a file of Markdown, in the language of `translate`."""
    out = [f"# {paper.title.said(translate)}", paper.for_whom.said(translate)]
    for part in paper.parts:
        out.append(f"## {part.heading.said(translate)}")
        out += [_block(line, translate) for line in part.lines]
    return "\n\n".join(out) + "\n"


def _block(line: Sentence | Blank | Table, translate: Callable[[str], str]) -> str:
    if isinstance(line, Blank):
        return f"**{line.asked.said(translate)}**\n\n{TO_FILL_IN.said(translate)} ____"
    if isinstance(line, Table):
        rows = [[_cell(one, translate) for one in row] for row in (line.heads, *line.rows)]
        rows.insert(1, ["---"] * len(line.heads))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"- {line.said(translate)}"


def _cell(cell: Sentence | str, translate: Callable[[str], str]) -> str:
    text = cell.said(translate) if isinstance(cell, Sentence) else cell
    return " ".join(text.replace("|", "/").split())
