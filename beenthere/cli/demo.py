"""`beenthere demo`: a place of fictional people, to look at."""

import os

from beenthere.cli.place import choose
from beenthere.cli.progress import shown_progress
from beenthere.cli.saying import Stop, say, stopped, translate
from beenthere.cli.serve import Folder, Port, serve_place
from beenthere.foundation.sentences import sentence


def demo(port: Port = None, data: Folder = None) -> None:
    """Look around: a place of fictional people on this machine."""
    try:
        if data is None and "BEENTHERE_DATA" not in os.environ:
            from beenthere.foundation.folders import default_data_folder

            data = default_data_folder() / "demo"  # apart from a real place beside it
        os.environ.setdefault("BEENTHERE_NAME", "Beenthere demo")
        choose(demo="true", local_tools="true")
        serve_place(port=port, data=data, prepare=fill_demo, greet=_greet)
    except Stop as stop:
        raise stopped(stop) from stop


def fill_demo() -> None:
    """Afterwards the fictional people are here, once. Raises Stop in a folder that holds a real place."""
    from django.conf import settings

    from beenthere.people.queries import count_people
    from beenthere.web.demo_door import mark_file

    if count_people() and not mark_file().exists():
        raise Stop(
            sentence(
                "The folder {folder} holds a place that is no demo. Choose another with --data FOLDER.",
                folder=settings.DATA,
            )
        )
    mark_file().touch()
    from beenthere.cli.demo_people.filling import fill

    doing = sentence("Making the people of the demo, once")
    with shown_progress(translate) as progress:
        fill(settings.PLACE.name, lambda done, total: progress(done, total, doing))


def _greet(address: str) -> None:
    say(sentence("The demo is at {address}", address=address))
    for path, told in (
        ("/", sentence("as somebody new: say what you have lived through")),
        ("/demo/#ana", sentence("as Ana, who looked after her mother")),
        ("/demo/#ben", sentence("as Ben, her likely match; use another browser or a private window")),
        ("/demo/", sentence("as anybody else of the demo")),
        ("/pair/", sentence("pair the people of a spreadsheet")),
        ("/help/", sentence("Help now: helplines of many countries")),
        ("/gallery/", sentence("every component of the pages")),
    ):
        if _is_there(path.partition("#")[0]):
            say(sentence("  {address}{path} - {told}", address=address, path=path, told=told))
    say(sentence("Everybody in it is fictional. Stop it with Ctrl+C."))


def _is_there(path: str) -> bool:
    from django.urls import Resolver404, resolve

    try:
        resolve(path)
    except Resolver404:
        return False
    return True
