"""What `beenthere match` writes and prints."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from beenthere.cli.folders import write_files
from beenthere.cli.matching.asked import Asked, Refused
from beenthere.foundation.sentences import Sentence, sentence

Translate = Callable[[str], str]


class Unwritten(Exception):
    """The machine would not take the files (a full disk); nothing of them is there."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


@contextmanager
def or_unwritten(path: Path) -> Iterator[None]:
    """Turns the system's refusal to write into Unwritten."""
    try:
        yield
    except OSError as error:
        raise Unwritten(
            sentence(
                "{path} cannot be written: {why}. Nothing was changed there.",
                path=str(path),
                why=error.strerror or type(error).__name__,
            )
        ) from error


def tell_refusal(refused: Refused, translate: Translate, *, as_json: bool) -> None:
    """Every sentence on standard error; with --json also as `faults` on standard output."""
    said = [one.said(translate) for one in refused.sentences]
    if as_json:
        print_json({"faults": said})
    for one in said:
        typer.echo(one, err=True)


def write_template(asked: Asked, translate: Translate) -> None:
    from beenthere.matching.core.sheet import template

    path = asked.template
    if path.is_dir() or (path.exists() and not asked.force):
        raise Refused(sentence("{path} is there already. Name another file, or add --force.", path=str(path)))
    with or_unwritten(path):
        write_files(path.parent, {path.name: template()})
    said = sentence("An example of every column is in {path}. Its people are fictional.", path=str(path))
    typer.echo(said.said(translate))


def explain(asked: Asked, prepared, plan, translate: Translate) -> None:
    """Why these two, or why not."""
    from beenthere.matching.core.fit import fit_text
    from beenthere.matching.core.why import why_not

    unknown = [ref for ref in asked.why if ref not in prepared.numbers]
    if unknown:
        raise Refused(*(sentence("{ref} is not in the sheet.", ref=ref) for ref in dict.fromkeys(unknown)))
    if asked.why[0] == asked.why[1]:
        raise Refused(sentence("Name two different people."))
    why = why_not(prepared, plan, *asked.why)
    if not asked.as_json:
        typer.echo(why.said.said(translate))
        return
    preferred = [
        {
            "round": one.round,
            "ref": one.ref,
            "partner": one.partner,
            "fit": float(fit_text(one.fit)),
            "kept": one.kept,
        }
        for one in why.preferred
    ]
    print_json(
        {
            "failing": [one.said(translate) for one in why.failing],
            "preferred": preferred,
            "said": why.said.said(translate),
        }
    )


def files_of(asked: Asked, plan, sheet, translate: Translate, language: str) -> dict[str, bytes]:
    """The files of the contract by name; none where none are asked for."""
    if asked.out is None or asked.why:
        return {}
    from beenthere.matching.queries import tables
    from beenthere.matching.queries.report import report

    files = {
        "pairs.csv": tables.pairs_table(plan, translate),
        "unmatched.csv": tables.unmatched_table(plan, translate),
        "report.html": report(plan, name=asked.people.name, notices=sheet.notices, language=language),
    }
    if asked.nearest:
        files["nearest.csv"] = tables.nearest_table(plan, translate)
    return files


def print_plan(plan, notices: tuple[Sentence, ...], translate: Translate) -> None:
    """The tables as JSON: the same rows and names, a fit as a number."""
    from beenthere.matching.queries import tables

    def numbered(rows: list[dict]) -> list[dict]:
        # A fit is a whole number of 65536ths, which a double holds exactly.
        return [row | {"fit": float(row["fit"])} for row in rows]

    print_json(
        {
            "pairs": numbered(tables.pair_rows(plan, translate)),
            "unmatched": tables.unmatched_rows(plan, translate),
            "nearest": numbered(tables.nearest_rows(plan, translate)),
            "notices": [one.said(translate) for one in notices],
        }
    )


def print_json(answer: dict) -> None:
    """On standard output, in letters that it can write."""
    is_plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(answer, ensure_ascii=is_plain, indent=1))


def print_summary(asked: Asked, plan, notices: tuple[Sentence, ...], translate: Translate) -> None:
    """On the terminal; beside --json on standard error, so that what is printed stays JSON."""
    from beenthere.matching.queries.plots import name_of

    measures = plan.measures
    lines = [sentence("Notice: {notice}", notice=one) for one in notices]
    lines.append(
        sentence(
            "People: {people}. With someone to meet: {paired}. With nobody yet: {alone}. Pairs: {pairs}.",
            people=measures.people,
            paired=measures.paired,
            alone=measures.people - measures.paired,
            pairs=measures.pairs,
        )
    )
    if measures.worst_off:
        lines.append(
            sentence(
                "The group that fares worst: {group}, {met} of {people} have someone to meet.",
                group=name_of(measures.worst_off, translate),
                met=measures.worst_off.met,
                people=measures.worst_off.people,
            )
        )
    if asked.out is not None:
        lines.append(sentence("Written to {folder}. Begin with report.html.", folder=str(asked.out)))
        if not asked.nearest and (asked.out / "nearest.csv").exists():
            lines.append(sentence("The nearest.csv there is of an earlier run."))
    for line in lines:
        typer.echo(line.said(translate), err=asked.as_json)
