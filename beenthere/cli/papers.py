"""`beenthere papers`: the papers of the place, as files."""

from pathlib import Path
from typing import Annotated

import typer

from beenthere.cli.saying import Stop, say, stopped, translate
from beenthere.cli.serve import Folder
from beenthere.foundation.sentences import sentence


def papers(
    out: Annotated[Path, typer.Option(help="The folder they are written to; it is made.")],
    data: Folder = None,
    force: Annotated[bool, typer.Option(help="Write over files that are there.")] = False,
) -> None:
    """Write what a place has to be able to show: privacy, terms, what is kept, assessments to fill in."""
    from beenthere.cli.folders import refuse_folder, write_files
    from beenthere.cli.place import choose, open_place, prepare_databases

    try:
        choose(data=data)
        open_place()
        prepare_databases()
        from beenthere.safety.queries.papers import as_markdown, papers_here

        files = {f"{name}.md": as_markdown(one, translate).encode() for name, one in papers_here().items()}
        wrong = refuse_folder(out, force=force, names=files)
        if wrong is not None:
            raise Stop(wrong)
        try:
            write_files(out, files)
        except OSError as failure:
            why = failure.strerror or type(failure).__name__
            raise Stop(
                sentence("The folder {folder} cannot be written ({why}).", folder=str(out), why=why)
            ) from failure
    except Stop as stop:
        raise stopped(stop) from stop
    say(
        sentence(
            "{count} papers are in {folder}. Fill in the blanks before you need them.",
            count=len(files),
            folder=str(out),
        )
    )
