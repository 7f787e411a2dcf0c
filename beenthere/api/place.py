"""What anybody may know: the place, and what words are understood to say. No token needed."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from beenthere.experiences.queries import experience_name, suggested_in
from beenthere.foundation.place import the_place
from beenthere.matching.queries.counts import how_many_here

from .shapes import Words

router = Router(tags=["the place"], auth=None)


class Place(Schema):
    name: str
    is_open: bool
    joining: Literal["open", "invited", "asking"]
    languages: list[str]
    hours: str
    rules: str


class FewWords(Schema):
    """A few words of one's own. They are read, answered, and not kept."""

    words: Words
    language: Annotated[str, Field(max_length=12)] = "en"


class Understood(Schema):
    """An experience that words speak of. `how_many` have lived it here: `many` (`at_least` so many), `few` or
    `none`; no number under K is ever told."""

    experience: str
    name: str
    stand: str | None
    how_many: Literal["many", "few", "none"]
    at_least: int


@router.get("/place", response=Place, summary="What this place is")
def read_place(request: HttpRequest):
    return the_place()


@router.post(
    "/understand", response=list[Understood], summary="What these words speak of, and how many lived it"
)
def understand(request: HttpRequest, few: FewWords):
    found = suggested_in(few.words)
    honest = how_many_here([one for one, _ in found])
    return [
        {
            "experience": one,
            "name": experience_name(one, few.language),
            "stand": stand,
            "how_many": honest.of(one),
            "at_least": honest.each[one].at_least,
        }
        for one, stand in found
    ]
