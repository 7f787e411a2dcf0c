"""What is offered and never pushed: questions, our picture, whether I felt heard."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema
from ninja.params.functions import Query
from pydantic import Field

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions.feeling import forget_felt, say_felt
from beenthere.conversations.queries.beside import open_room
from beenthere.conversations.queries.feeling import felt_for, felt_of
from beenthere.conversations.queries.offering import MOST_PAGE
from beenthere.conversations.queries.picture import OWN, Picture, picture_of
from beenthere.conversations.queries.prompts import ENGLISH, some_prompts
from beenthere.experiences.queries import experience_name

from .shapes import Done, Fault, Ref
from .tokens import asking

router = Router(tags=["offered"])
Moment = Literal["arriving", "opening", "deepening", "heavy", "hope", "ending"]
Page = Annotated[int, Query(ge=0, le=MOST_PAGE, description="Others of the same moment.")]
Answer = Literal["yes", "partly", "no"] | None


class Prompt(Schema):
    """A question that one may ask, and change."""

    id: str
    moment: Moment
    words: str


class Lived(Schema):
    """An experience by its name, and how it is now ("" if not said)."""

    experience: str
    stand: str


class Shared(Schema):
    """An experience of both, and how it is now for each ("" if not said)."""

    experience: str
    mine: str
    theirs: str


class Opened(Schema):
    """A piece that one opened to the other."""

    words: str
    experiences: list[str]


class OurPicture(Schema):
    """The pieces both opened to each other, what we share, and what each has alone. `held`: so many pieces
    are not in it, because they lead outside and that door is closed."""

    mine: list[Opened]
    theirs: list[Opened]
    shared: list[Shared]
    only_mine: list[Lived]
    only_theirs: list[Lived]
    held: int


class Felt(Schema):
    """Did I feel heard? All may be left out."""

    voice: Answer = None
    attention: Answer = None
    empathy: Answer = None
    respect: Answer = None
    ground: Answer = None


class FeltThen(Schema):
    """What I said of one talk. `conversation` is a ref, and may be of one that is no more."""

    ref: str
    conversation: str
    at: datetime
    answers: Annotated[dict[str, str], Field(description="yes, partly or no, by part")]


@router.get("/prompts", response=list[Prompt], summary="Three questions of a moment")
def read_prompts(request: HttpRequest, moment: Moment = "arriving", page: Page = 0):
    """In the language that was asked for, English where there are none."""
    return some_prompts(moment, page, get_language() or ENGLISH)


@router.get("/conversations/{ref}/picture", response={200: OurPicture, 404: Fault}, summary="Our picture")
def read_picture(request: HttpRequest, ref: Ref):
    room, _mine, _name = open_room(asking(request), ref)
    language = get_language() or ENGLISH
    return _facts(picture_of(asking(request), room, language), language)


@router.put("/conversations/{ref}/felt", response={200: Done, 404: Fault}, summary="Whether I felt heard")
def tell_felt(request: HttpRequest, ref: Ref, felt: Felt):
    """For nobody's eyes but mine; in place of what I said of the same talk. After its ending too."""
    room = get_room_for(asking(request), ref)
    say_felt(conversation=room.row, answers=felt.dict(exclude_none=True), by=asking(request))
    return Done()


@router.get("/felt/", response=list[FeltThen], summary="What I said of feeling heard, newest first")
def read_felt(request: HttpRequest):
    return [
        {"ref": one.ref, "conversation": one.conversation, "at": one.made_at, "answers": one.answers}
        for one in felt_of(asking(request))
    ]


@router.delete("/felt/{ref}", response={200: Done, 404: Fault}, summary="Take it back")
def forget(request: HttpRequest, ref: Ref):
    forget_felt(felt=felt_for(asking(request), ref), by=asking(request))
    return Done()


def _facts(ours: Picture, language: str) -> dict:
    def opened(pieces) -> list[dict]:
        return [
            {"words": one.words, "experiences": [_name(about, language) for about, _stand in one.about]}
            for one in pieces
        ]

    def alone(named) -> list[dict]:
        return [{"experience": name, "stand": str(stand)} for name, stand in named]

    return {
        "mine": opened(ours.mine),
        "theirs": opened(ours.theirs),
        "shared": [
            {"experience": name, "mine": str(mine), "theirs": str(theirs)}
            for name, mine, theirs in ours.shared
        ],
        "only_mine": alone(ours.only_mine),
        "only_theirs": alone(ours.only_theirs),
        "held": ours.held,
    }


def _name(experience: str, language: str) -> str:
    if experience.startswith(OWN):
        return experience.removeprefix(OWN)
    return experience_name(experience, language)
