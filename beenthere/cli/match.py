"""`beenthere match`: people of a spreadsheet introduced to each other, within everyone's boundaries."""

from pathlib import Path
from typing import Annotated

import typer

Paths = list[Path] | None


def match(  # the options are the contract; docs/pairing.md tells each
    people: Annotated[
        Path | None, typer.Argument(help="The sheet: .csv, .xlsx or .ods; only `ref` is required.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for pairs.csv, unmatched.csv and report.html.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Write an example sheet to this file, and stop.")
    ] = None,
    renames: Annotated[
        list[str] | None, typer.Option("--map", help="THEIRS=OURS: a column of theirs is one of ours.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print pairs, unmatched, nearest and notices.")
    ] = False,
    nearest: Annotated[
        int, typer.Option(min=0, help="Also write nearest.csv: the N best peers of everyone.")
    ] = 0,
    rounds: Annotated[
        int, typer.Option(min=1, max=1000, help="So many rounds; nobody meets anybody twice.")
    ] = 1,
    met: Annotated[Paths, typer.Option(help="An earlier pairs.csv: these two have met.")] = None,
    keep: Annotated[Paths, typer.Option(help="A pairs.csv whose pairs stay as they are, in round 1.")] = None,
    why: Annotated[tuple[str, str] | None, typer.Option(help="Explain these two people, and stop.")] = None,
    mode: Annotated[str, typer.Option(help="`stable`; `reach` is not built yet.")] = "stable",
    seed: Annotated[int, typer.Option(help="Decides between equals.")] = 0,
    floor: Annotated[str, typer.Option(help="The least fit of a pair, 0 to 1.")] = "0.15",
    on: Annotated[
        str, typer.Option(help="Today, for hours and waiting; by default the latest `since`.")
    ] = "",
    force: Annotated[bool, typer.Option(help="Write into a folder that is not empty.")] = False,
    language: Annotated[str, typer.Option(help="Language of reasons and messages: en or es.")] = "",
    data: Annotated[Path | None, typer.Option(help="Folder of caches (BEENTHERE_DATA).")] = None,
) -> None:
    """Introduce the people of a spreadsheet to each other, mutually, and say why.

    Exit codes: 0 done, 1 the machine is in the way, 2 something to put right, 130 stopped."""
    options = dict(locals())
    from beenthere.cli import matching  # what it needs is read only now

    raise typer.Exit(matching.run(matching.Asked(**options)))
