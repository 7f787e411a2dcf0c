"""Other help, for anybody: no token, and nobody is asked who they are or where."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, override
from ninja import Router, Schema
from ninja.params.functions import Query
from pydantic import Field

from beenthere.signposts.queries import facts_of

router = Router(tags=["other help"], auth=None)
Asked = Annotated[
    str, Query(max_length=60, description="A country by its two letters or its name: ES, Spain.")
]


class Emergency(Schema):
    said: str
    number: str


class OneLine(Schema):
    """A line of other help. `hours` is `24/7`, `HH:MM-HH:MM` every day, or empty: not confirmed. Its number
    stood at `source` on the day `verified_on`; nobody dialled it. `stale`: that is over 180 days ago."""

    id: str
    name: str
    kind: Literal["crisis", "text", "listening", "warmline", "chat", "young"]
    kind_said: str
    phones: list[str]
    sms: str
    sms_word: str
    url: str
    hours: str
    hours_said: str
    languages: list[str]
    languages_said: list[str]
    note: str
    source: str
    verified_on: str
    stale: bool


class Which(Schema):
    help: str
    when: str


class Help(Schema):
    """The facts of the page *Help now*. `country` is null where none was named that we know; `without_number`
    then, and where we are not sure, says what is true about emergency numbers."""

    country: str | None
    name: str
    emergency: list[Emergency]
    without_number: str
    lines: list[OneLine]
    checked_on: str | None
    checked: str
    stale: bool
    elsewhere: Annotated[str, Field(description="Lines in many more countries.")]
    if_nobody_answers: list[str]
    grounding: list[str]
    which_is_which: list[Which]


@router.get("/help", response=Help, summary="Other help in a country")
def read_help(request: HttpRequest, country: Asked = "", language: Literal["en", "es"] = "en"):
    with override(language):
        return facts_of(country, language=language, on=timezone.localdate(), translate=gettext)
