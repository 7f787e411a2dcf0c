"""Finding words again, taking a conversation along, and the words one would rather be warned of."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions.finding import mark_words_of
from beenthere.conversations.actions.writing import Unmutable, keep_muted_words
from beenthere.conversations.queries.exporting import export_for
from beenthere.conversations.queries.finding import found_for
from beenthere.conversations.queries.writing import behind, muted_words_of, muting_of
from beenthere.foundation import clock

from .shapes import Covered, Fault, Message, Ref
from .tokens import asking

router = Router(tags=["words"])


class Search(Schema):
    """A word or a few. Other endings of a word are found too."""

    words: Annotated[str, Field(max_length=200)]


class Hit(Schema):
    """A message that was found. `name`: what the other is called there, null after the end."""

    conversation: str
    name: str | None
    message: Message


class Found(Schema):
    """Newest first. `asked`: there was something to look for; `is_whole`: nothing was left off."""

    hits: list[Hit]
    asked: bool
    is_whole: bool


class Taken(Schema):
    """A message as it may be taken along."""

    by: Literal["me", "them"]
    at: datetime
    words: str
    kind: str = "words"
    note: str = ""
    piece: str = ""
    covered: Covered = ""


class Export(Schema):
    """My words of a conversation, in order; the other's too where they said that I may. `name`: what they
    are called there, null where their words are not in it."""

    made: datetime
    name: str | None
    said: list[Taken]


class Muted(Schema):
    """Each is a word or a few, up to 60 characters; 100 of them at most."""

    words: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=1000)]


@router.post("/conversations/search", response=Found, summary="Find words again")
def search(request: HttpRequest, looked: Search):
    """In my own conversations, and where one has ended in my own words. By POST, so that they stand in no
    address and no log."""
    person = asking(request)
    mark_words_of(by=person)
    found = found_for(person, looked.words)
    shown = behind([hit.said for hit in found.hits], muting_of(person))
    hits = [
        {"conversation": hit.conversation, "name": hit.name, "message": said}
        for hit, said in zip(found.hits, shown, strict=True)
    ]
    return {"hits": hits, "asked": found.asked, "is_whole": found.is_whole}


@router.get("/conversations/{ref}/export", response={200: Export, 404: Fault}, summary="Take it along")
def export(request: HttpRequest, ref: Ref):
    """Without what was taken back. After the end my own words alone."""
    person = asking(request)
    told = export_for(person, get_room_for(person, ref)).plain()
    return {"made": clock.now(), "name": told["with"], "said": told["said"]}


@router.get("/me/muted", response=Muted, summary="Words I would rather be warned of")
def read_muted(request: HttpRequest):
    return {"words": muted_words_of(asking(request))}


@router.put("/me/muted", response={200: Muted, 422: Fault}, summary="Choose them anew")
def choose_muted(request: HttpRequest, muted: Muted):
    """For nobody else. Messages of others that hold one come with `muted`."""
    try:
        keep_muted_words(words=muted.words, by=asking(request))
    except Unmutable as fault:
        raise HttpError(
            422,
            _("Each entry needs a word in it, of 60 characters at most; there may be 100 of them."),
        ) from fault
    return {"words": muted_words_of(asking(request))}
