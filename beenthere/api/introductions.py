"""Introductions: mine, my answer to each, and what I told for them."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from beenthere.matching.access import get_card_for
from beenthere.matching.actions import answer_card, propose, show_cards, tell
from beenthere.matching.core.telling import Untellable
from beenthere.matching.queries.cards import CardSeen, card_seen, cards_of
from beenthere.matching.queries.seen import drawn
from beenthere.matching.queries.telling import held_of
from beenthere.people.actions import has_room_now
from beenthere.people.core.names import name_fault

from .refusing import because, not_there
from .shapes import Done, Fault, Named, Ref
from .tokens import asking

router = Router(tags=["introductions"])
Short = Annotated[str, Field(max_length=200)]


class Introduction(Schema):
    """An introduction as I see it. Until both say yes, nothing of it depends on what the other answered.

    `gone`: words of the other stood here and do not any more. `pair` is the conversation, once we met.
    """

    ref: str
    headline: str
    shared: list[str]
    now: str
    adds: list[str]
    languages: str
    mine: list[str]
    theirs: list[str]
    gone: bool
    answer: Literal["", "yes", "not_now", "never"]
    ends_at: datetime | None
    pair: str | None = None


class Answer(Schema):
    """`called`: what I am called in the conversation if we meet, where it is not my name."""

    answer: Literal["yes", "not_now", "never"]
    called: Short | None = None


class Answered(Schema):
    """My answer stands. `pair` is the conversation that began, if the other had said yes too."""

    pair: str | None


class Told(Schema):
    """What I tell for introductions. Every part left out is empty."""

    experiences: Annotated[list[Named], Field(max_length=50)] = []
    languages: Annotated[list[Short], Field(max_length=50)] = []
    timezone: Short = ""
    hopes: Annotated[list[Short], Field(max_length=50)] = []
    leave_out: Annotated[list[Named], Field(max_length=50)] = []
    wish: Literal["", "soon", "closer"] = ""


@router.get("/", response=list[Introduction], summary="My introductions; seen from now on")
def list_introductions(request: HttpRequest):
    show_cards(by=asking(request))
    return [_told(card) for card in cards_of(asking(request))]


@router.get("/telling", response=Told, summary="What I told for introductions")
def read_telling(request: HttpRequest):
    return held_of(asking(request))


@router.put("/telling", response={200: Done, 422: Fault}, summary="Tell it anew")
def tell_anew(request: HttpRequest, told: Told):
    try:
        tell(held=told.dict(), by=asking(request))
    except Untellable as refused:
        raise because(refused.why) from refused
    propose(person_refs=[asking(request).ref], by=asking(request))
    return Done()


@router.post("/room-now", response=Done, summary="I have room now, for the next hour")
def room_now(request: HttpRequest):
    has_room_now(by=asking(request))
    propose(person_refs=[asking(request).ref], by=asking(request))
    return Done()


@router.get("/{ref}", response={200: Introduction, 404: Fault}, summary="One introduction; seen from now on")
def read_introduction(request: HttpRequest, ref: Ref):
    person = asking(request)
    card = get_card_for(person, ref)
    show_cards(by=person)
    seen = card_seen(person, card.ref)
    if seen is None:
        raise not_there()
    return _told(seen)


@router.post(
    "/{ref}/answer", response={200: Answered, 404: Fault, 422: Fault}, summary="Yes, not now, or never"
)
def answer(request: HttpRequest, ref: Ref, given: Answer):
    person = asking(request)
    card = get_card_for(person, ref)
    if given.called and (fault := name_fault(given.called)):
        raise because(fault)
    card = answer_card(card=card, answer=given.answer, called=given.called, by=person)
    pair = card.introduction.pair or None
    if card.ended_at is not None and pair is None:
        raise not_there()
    return Answered(pair=pair)


def _told(card: CardSeen) -> dict:
    seen = drawn(card)
    return {name: seen[name] for name in seen.keys() & Introduction.model_fields.keys()} | {
        "ends_at": card.ends_at
    }
