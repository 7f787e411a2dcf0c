"""The door of the demo: everybody in it is made up, and any of them can be signed in to. It exists only in
a demo. Which people are the fictional ones stands in the mark file of the demo's folder, as refs."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in, sign_out
from beenthere.people.models import Person
from beenthere.people.queries import people_by_ref
from beenthere.stories.models import Piece
from beenthere.stories.queries import quotable_pieces_of

from .middleware import keep_signed_in

MARK = "demo"
LINE = 24  # words of theirs on a card


@dataclass
class Roll:
    """Who is fictional: `people` are refs by key. `done` are the keys of those who are here whole, `talks`
    how many talks are written; `whole` when nothing is left to do."""

    people: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    talks: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Way:
    """A card of the page: a fictional person and one line of theirs."""

    key: str
    name: str
    line: str
    language: str


def mark_file() -> Path:
    return settings.DATA / MARK


def read_roll() -> Roll:
    """What the mark file tells; an empty roll where it tells nothing."""
    try:
        told = json.loads(mark_file().read_text(encoding="utf-8"))
        return Roll(**told)
    except (OSError, ValueError, TypeError):
        return Roll()


def keep_roll(roll: Roll) -> None:
    """Afterwards the mark file tells this roll, or what it told before."""
    new = mark_file().with_name(f"{MARK}.{os.getpid()}")
    new.write_text(json.dumps(asdict(roll)), encoding="utf-8")
    os.replace(new, mark_file())


class Whom(forms.Form):
    who = forms.SlugField(max_length=40)


@require_http_methods(["GET", "HEAD", "POST"])
def demo_door(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, and a button each that signs in as them. 404 where no demo is."""
    if not settings.PLACE.demo:
        raise Http404
    roll = read_roll()
    if request.method == "POST":
        return _come_in(request, roll)
    return render(request, "web/demo.html", {"ways": _ways(roll)})


def _come_in(request: HttpRequest, roll: Roll) -> HttpResponse:
    form = Whom(request.POST)
    if not form.is_valid():
        raise SuspiciousOperation("No name of the demo.")
    ref = roll.people.get(form.cleaned_data["who"])
    person: Person | None = people_by_ref([ref]).get(ref) if ref else None
    if person is None:
        raise Http404
    if request.sign_in:
        sign_out(sign_in=request.sign_in, by=request.person)
    _, token = sign_in(person=person, device="demo", by=SITE)
    response = redirect("/today/")
    keep_signed_in(request, response, token)
    return response


def _ways(roll: Roll) -> list[Way]:
    """Ana and Ben first (they are on the way in that the command prints), then by name."""
    people = people_by_ref(roll.people.values())
    pieces = quotable_pieces_of(list(people))
    ways = [_way(key, people[ref], pieces.get(ref, [])) for key, ref in roll.people.items() if ref in people]
    return sorted(ways, key=lambda way: (way.key not in ("ana", "ben"), way.key))


def _way(key: str, person: Person, pieces: list[Piece]) -> Way:
    if not pieces:
        return Way(key, person.name, "", "")
    return Way(key, person.name, _line_of(pieces[0].words), pieces[0].about["language"])


def _line_of(words: str) -> str:
    """The first sentences, LINE words at most; of a long first sentence its beginning."""
    short = Truncator(words).words(LINE, truncate="")
    end = max(short.rfind(mark) for mark in ".?!")
    return short[: end + 1] if end > 0 else f"{short}…"
