"""Oneself: name, language, room, pauses, and all one's data."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from beenthere.foundation.sentences import Sentence
from beenthere.foundation.taking import everything_of
from beenthere.people.actions import change_oneself, choose_capacity, pause, resume
from beenthere.people.actions.boundaries import MOST_ROOM
from beenthere.signposts.core.strip import is_on
from beenthere.signposts.queries import countries

from .refusing import because
from .shapes import Fault
from .tokens import asking

router = Router(tags=["me"])
PREFERRED = ("language", "timezone", "mail", "strip", "country")
Text = Annotated[str, Field(max_length=200)]


class Me(Schema):
    """Myself. `capacity` is how many people I have room for; `mail`: whether a mail says something
    waits; `strip`: whether other help stands beside the box when I may not be safe, for `country` (two
    letters, "" for none), which only I see."""

    name: str
    language: str
    timezone: str
    mail: bool
    strip: bool
    country: str
    capacity: int
    paused: bool
    room_now_until: datetime | None


class Change(Schema):
    """What is left out stays as it is."""

    name: Text | None = None
    language: Text | None = None
    timezone: Text | None = None
    mail: bool | None = None
    strip: bool | None = None
    country: Annotated[str, Field(max_length=2)] | None = None
    capacity: Annotated[int, Field(ge=0, le=MOST_ROOM)] | None = None
    paused: bool | None = None


@router.get("/", response=Me, summary="Myself")
def read_me(request: HttpRequest):
    return _told(asking(request))


@router.patch("/", response={200: Me, 422: Fault}, summary="Change what I say of myself")
def change_me(request: HttpRequest, change: Change):
    person = asking(request)
    said = change.dict(exclude_none=True)
    prefers = {name: said[name] for name in PREFERRED if name in said}
    if prefers.get("country") and prefers["country"] not in countries("en"):
        raise HttpError(422, _("We do not know that country."))
    try:
        if "name" in said or prefers:
            change_oneself(name=said.get("name"), prefers=prefers, by=person)
    except ValueError as refused:
        raise because(_why(refused)) from refused
    if "capacity" in said:
        choose_capacity(people=said["capacity"], by=person)
    if "paused" in said:
        (pause if said["paused"] else resume)(by=person)
    return _told(person)


@router.get("/data", response=dict[str, list[dict[str, Any]]], summary="All that is kept of me")
def read_my_data(request: HttpRequest):
    return everything_of(asking(request).ref)


def _why(refused: ValueError) -> Sentence:
    return refused.args[0]


def _told(person) -> dict:
    return {
        "name": person.name,
        "language": person.prefers.get("language", ""),
        "timezone": person.prefers.get("timezone", ""),
        "mail": bool(person.prefers.get("mail")),
        "strip": is_on(person.prefers),
        "country": person.prefers.get("country", ""),
        "capacity": person.capacity,
        "paused": person.paused_at is not None,
        "room_now_until": person.room_now_until,
    }
