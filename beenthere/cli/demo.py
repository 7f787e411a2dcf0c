"""`beenthere demo`: a place of fictional people, to look at."""

import os

from beenthere.cli.place import choose
from beenthere.cli.saying import Stop, say, stopped
from beenthere.cli.serve import Folder, Port, serve_place
from beenthere.foundation.sentences import sentence

# Fictional, as every page of the demo says.
PEOPLE = ("Ana", "Ben", "Cleo", "Dev", "Sol", "Sam", "Imre", "Noor", "Wanjiru", "Mateo", "Yuki", "Freya")
MARK = "demo"


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

    from beenthere.foundation.refs import SITE
    from beenthere.people.actions import welcome_person
    from beenthere.people.queries import count_people

    mark = settings.DATA / MARK
    if count_people() and not mark.exists():
        raise Stop(
            sentence(
                "The folder {folder} holds a place that is no demo. Choose another with --data FOLDER.",
                folder=settings.DATA,
            )
        )
    mark.touch()
    for name in PEOPLE[count_people() :]:
        welcome_person(name=name, by=SITE)


def _greet(address: str) -> None:
    say(sentence("The demo is at {address}", address=address))
    for path, told in (
        ("/", sentence("the first page: say what you have lived through")),
        ("/pair/", sentence("pair the people of a spreadsheet")),
        ("/help/", sentence("Help now: helplines of many countries")),
        ("/gallery/", sentence("every component of the pages")),
    ):
        if _is_there(path):
            say(sentence("  {address}{path} - {told}", address=address, path=path, told=told))
    say(sentence("Everybody in it is fictional. Stop it with Ctrl+C."))


def _is_there(path: str) -> bool:
    from django.urls import Resolver404, resolve

    try:
        resolve(path)
    except Resolver404:
        return False
    return True
