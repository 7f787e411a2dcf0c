"""The list of commands. A module of `cli` holds one command and imports nothing heavy at its top."""

import typer

from beenthere.cli.audit import audit
from beenthere.cli.crisis import crisis
from beenthere.cli.demo import demo
from beenthere.cli.doctor import doctor
from beenthere.cli.help_now import help_now
from beenthere.cli.log import log
from beenthere.cli.match import match
from beenthere.cli.outside import outside
from beenthere.cli.pair import pair
from beenthere.cli.papers import papers
from beenthere.cli.serve import serve
from beenthere.cli.steward import steward
from beenthere.cli.strings import strings
from beenthere.cli.talk import talk
from beenthere.cli.work import work

app = typer.Typer(
    name="beenthere",
    help="Building mutual understanding and support: the place, and its tools.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def beenthere() -> None:
    """Keeps `beenthere` a group even while it has one command."""


app.command()(audit)
app.command()(crisis)
app.command()(demo)
app.command()(doctor)
app.command()(serve)
app.command()(work)
app.command()(help_now)
app.command("help")(help_now)
app.command()(log)
app.command()(match)
app.command()(outside)
app.command()(pair)
app.command()(papers)
app.command()(steward)
app.command()(strings)
app.add_typer(talk, name="talk")
