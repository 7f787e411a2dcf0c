"""Never introduce me to: names and addresses that the place cannot read."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from beenthere.people.actions.never import Refused, never_meet, take_never_back
from beenthere.people.queries.never import get_never_for, nevers_of

from .refusing import because
from .shapes import Done, Fault, Ref
from .tokens import asking

router = Router(tags=["me"])


class NeverToKeep(Schema):
    """`whom`: a name or an e-mail address, kept so that nobody can read it. `hint`: what I call it."""

    whom: Annotated[str, Field(max_length=254)]
    hint: Annotated[str, Field(max_length=200)] = ""


class Never(Schema):
    """One of mine. Whom it stands for is not in it."""

    ref: str
    kind: Literal["name", "address"]
    hint: str
    made_at: datetime


@router.get("/", response=list[Never], summary="Whom I never want to be introduced to")
def list_nevers(request: HttpRequest):
    return [_told(one) for one in nevers_of(asking(request))]


@router.post("/", response={201: Never, 422: Fault}, summary="Never introduce me to somebody")
def keep_never(request: HttpRequest, given: NeverToKeep):
    try:
        return Status(201, _told(never_meet(whom=given.whom, hint=given.hint, by=asking(request))))
    except Refused as refused:
        raise because(refused.why) from refused


@router.delete("/{ref}", response={200: Done, 404: Fault}, summary="Take one back")
def take_back(request: HttpRequest, ref: Ref):
    take_never_back(never=get_never_for(asking(request), ref), by=asking(request))
    return Done()


def _told(one) -> dict:
    return {"ref": one.ref, "kind": one.kind, "hint": one.hint or "", "made_at": one.made_at}
