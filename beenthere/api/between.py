"""What two settle, want and show beside their words, while a conversation is open."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from beenthere.conversations.actions.agreeing import (
    AgreementRefused,
    agree,
    not_now,
    propose_agreement,
    take_back_proposal,
)
from beenthere.conversations.actions.lamp import hide_wish, light_lamp, put_out_lamp, show_wish
from beenthere.conversations.actions.middle import hand_over, leave_middle, meet_in_the_middle
from beenthere.conversations.actions.wanting import want, want_no_more
from beenthere.conversations.core import OUTSIDE
from beenthere.conversations.forms.agreeing import SAID, STRANGE
from beenthere.conversations.queries.agreeing import agreements_in
from beenthere.conversations.queries.beside import balance_for, beside_for, open_room
from beenthere.conversations.queries.exporting import may_take_theirs

from .refusing import leads_outside
from .shapes import Done, Fault, Ref
from .tokens import asking

router = Router(tags=["between two"])
Part = Annotated[str, Field(max_length=2000, description="Up to 300 characters.")]
# Who wants what is asked for openly; what works quietly never says that the other alone wants it.
Asked = Literal["both", "mine", "theirs", "neither"]
Quietly = Literal["both", "mine", "neither"]
ANSWERS = {"yes": agree, "not_now": not_now, "take_back": take_back_proposal}


class Agreement(Schema):
    """What two agree on. `silence_days`: after how many days of silence both are asked; 0: never."""

    pace: Part = ""
    leave_out: Part = ""
    crisis: Part = ""
    ending: Part = ""
    silence_days: Literal[0, 7, 14, 30] = 14


class Settled(Schema):
    """A proposal, or what was agreed `at`. `changed`: where a proposal differs from what is in force."""

    ref: str
    mine: bool
    told: Agreement
    at: datetime
    changed: list[str] = []


class Agreements(Schema):
    """What is in force, what waits for a yes, and what was agreed before, newest first."""

    in_force: Settled | None
    proposal: Settled | None
    before: list[Settled]


class AnswerGiven(Schema):
    """To the proposal of the ref `proposal`; `take_back` is for one's own."""

    proposal: Annotated[str, Field(max_length=40)]
    answer: Literal["yes", "not_now", "take_back"]


class Shown(Schema):
    """What one shows the other: a lamp that is on until about `here`, and a wish that fades after a day."""

    here: datetime | None
    wish: Literal["", "hopeful", "heard"]
    wish_at: datetime | None


class Turn(Schema):
    """Whose turn it is, until about when. It stops nobody from writing."""

    mine: bool
    until: datetime
    has_passed: bool


class Wants(Schema):
    """Who wants what of this conversation; it is there while both want it. `gives`: the other may take my
    words along; `takes`: I may take theirs."""

    door: Asked
    middle: Asked
    here: Quietly
    typing: Quietly
    read: Quietly
    gives: bool
    takes: bool


class Wanting(Schema):
    """What is left out stays as it is. `export`: the other may take my words along."""

    door: bool | None = None
    middle: bool | None = None
    here: bool | None = None
    typing: bool | None = None
    read: bool | None = None
    export: bool | None = None


class Beside(Schema):
    """All that stands beside the words. `both_here`: until about when both lamps are on. `minutes`: how long
    a turn is."""

    proposal_waits: bool
    me: Shown
    them: Shown
    both_here: datetime | None
    turn: Turn | None
    minutes: int
    wants: Wants


class Lamp(Schema):
    minutes: Literal[15, 60, 120] = 60


class Wish(Schema):
    """Something hopeful, or just to be heard."""

    wish: Literal["hopeful", "heard"]


class Turns(Schema):
    minutes: Literal[3, 5, 10] = 5


class Balance(Schema):
    """Who wrote most since this talk began, told to who asks alone."""

    balance: Literal["mine", "theirs", "alike", "too_little"]


@router.get("/{ref}/beside", response={200: Beside, 404: Fault}, summary="What stands beside the words")
def read_beside(request: HttpRequest, ref: Ref):
    room, mine, _name = open_room(asking(request), ref)
    told = beside_for(asking(request), room, mine)["beside"]
    proposal = told["proposal"]
    waits = proposal is not None and not proposal.mine
    return {**told, "proposal_waits": waits, "wants": _wants(request, room, told)}


@router.patch("/{ref}/wants", response={200: Wants, 404: Fault}, summary="What I want of this conversation")
def change_wants(request: HttpRequest, ref: Ref, wanting: Wanting):
    person = asking(request)
    room, _mine, _name = open_room(person, ref)
    for what, wanted in wanting.dict(exclude_none=True).items():
        (want if wanted else want_no_more)(conversation=room.row, what=what, by=person)
    room, mine, _name = open_room(person, ref)
    return _wants(request, room, beside_for(person, room, mine)["beside"])


@router.get("/{ref}/agreement", response={200: Agreements, 404: Fault}, summary="What we agreed")
def read_agreement(request: HttpRequest, ref: Ref):
    room, _mine, _name = open_room(asking(request), ref)
    return agreements_in(room, asking(request))


@router.post("/{ref}/agreement", response={201: Settled, 404: Fault, 422: Fault}, summary="Propose anew")
def propose(request: HttpRequest, ref: Ref, agreement: Agreement):
    """It holds once the other says yes, in place of what I proposed before; until then nothing changes."""
    room, _mine, _name = open_room(asking(request), ref)
    told = agreement.dict()
    try:
        made = propose_agreement(conversation=room.row, told=told, by=asking(request))
    except AgreementRefused as refused:
        if refused.why == OUTSIDE:
            raise leads_outside(told[refused.part]) from refused
        raise HttpError(422, str(SAID.get(refused.why, STRANGE))) from refused
    return Status(201, {"ref": made.ref, "mine": True, "told": made.told, "at": made.made_at})


@router.post(
    "/{ref}/agreement/answer",
    response={200: Done, 404: Fault, 422: Fault},
    summary="Yes, not now, or take mine back",
)
def answer(request: HttpRequest, ref: Ref, given: AnswerGiven):
    """A yes that was said before is a yes."""
    room, _mine, _name = open_room(asking(request), ref)
    if not ANSWERS[given.answer](conversation=room.row, proposal=given.proposal, by=asking(request)):
        in_force = agreements_in(room, asking(request)).in_force
        if given.answer != "yes" or in_force is None or in_force.ref != given.proposal or in_force.mine:
            raise HttpError(422, _("That proposal does not stand any more. Look again."))
    return Done()


@router.put("/{ref}/lamp", response={200: Done, 404: Fault}, summary="I'm here, for a while")
def light(request: HttpRequest, ref: Ref, lamp: Lamp):
    return _step(request, ref, light_lamp, minutes=lamp.minutes)


@router.delete("/{ref}/lamp", response={200: Done, 404: Fault}, summary="Put my lamp out")
def put_out(request: HttpRequest, ref: Ref):
    return _step(request, ref, put_out_lamp)


@router.put("/{ref}/wish", response={200: Done, 404: Fault}, summary="Show what I wish for")
def wish(request: HttpRequest, ref: Ref, wished: Wish):
    return _step(request, ref, show_wish, wish=wished.wish)


@router.delete("/{ref}/wish", response={200: Done, 404: Fault}, summary="Show no wish")
def wish_nothing(request: HttpRequest, ref: Ref):
    return _step(request, ref, hide_wish)


@router.put("/{ref}/turn", response={200: Done, 404: Fault}, summary="Meet in the middle, by turns")
def take_turns(request: HttpRequest, ref: Ref, turns: Turns):
    """Who asks first chooses how long a turn is."""
    return _step(request, ref, meet_in_the_middle, minutes=turns.minutes)


@router.post("/{ref}/turn", response={200: Done, 404: Fault}, summary="Hand my turn over")
def hand_turn_over(request: HttpRequest, ref: Ref):
    return _step(request, ref, hand_over)


@router.delete("/{ref}/turn", response={200: Done, 404: Fault}, summary="No turns any more, for both")
def take_no_turns(request: HttpRequest, ref: Ref):
    return _step(request, ref, leave_middle)


@router.get("/{ref}/balance", response={200: Balance, 404: Fault}, summary="Who has been speaking")
def read_balance(request: HttpRequest, ref: Ref):
    room, _mine, _name = open_room(asking(request), ref)
    return {"balance": balance_for(asking(request), room)}


def _wants(request: HttpRequest, room, told: dict) -> dict:
    open_ones = {"door": told["door"], "middle": told["middle"], "gives": told["gives"]}
    return {**open_ones, **told["quiet"], "takes": may_take_theirs(asking(request), room)}


def _step(request: HttpRequest, ref: str, action: Callable, **chosen) -> Done:
    room, _mine, _name = open_room(asking(request), ref)
    action(conversation=room.row, by=asking(request), **chosen)
    return Done()
