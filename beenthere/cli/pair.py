"""`beenthere pair`: the local page that pairs the people of a spreadsheet, on this machine alone."""

import os

from beenthere.cli.place import choose
from beenthere.cli.saying import Stop, say, stopped
from beenthere.cli.serve import Folder, Port, serve_place
from beenthere.foundation.sentences import sentence


def pair(port: Port = None, data: Folder = None) -> None:
    """Pair the people of a spreadsheet on a page of this machine."""
    try:
        if data is None and "BEENTHERE_DATA" not in os.environ:
            from beenthere.foundation.folders import default_data_folder

            data = default_data_folder() / "pair"  # apart from a place that may be served beside it
        choose(local_tools="true")
        serve_place(port=port, data=data, greet=_greet)
    except Stop as stop:
        raise stopped(stop) from stop


def _greet(address: str) -> None:
    say(sentence("Open {address}/pair/ in a browser of this machine.", address=address))
    say(sentence("The sheet stays in memory and is forgotten when you close the page. Stop with Ctrl+C."))
