"""Every address with a ref, and what each of seven gets there. One table; a new address has to enter it.

Ana owns what the refs name. Ben is her peer in a conversation that is open, Dev is blocked by her, Eli's
conversation with her has ended, Cleo is a stranger, Sol a steward.
"""

import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver

from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    open_conversation,
    send_messages,
)
from beenthere.conversations.actions.clearing import keep_alone
from beenthere.conversations.actions.feeling import say_felt
from beenthere.conversations.models import Conversation
from beenthere.foundation.refs import SITE, new_ref
from beenthere.matching.actions import propose
from beenthere.matching.models import Card
from beenthere.people.actions import make_access_token
from beenthere.people.actions.doors import passkey_row
from beenthere.people.models import AccessToken
from beenthere.safety.actions import end_reported_conversation, make_report, name_steward
from beenthere.safety.models import Act
from beenthere.stories.actions import write_piece
from tests.cast import person, signed_in
from tests.matching.place_of import lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHO = ("visitor", "Ana", "Ben", "Cleo", "Dev", "Eli", "Sol")
GIVEN = {
    "answer": "not_now",
    "words": "A word.",
    "mark": "m9",
    "name": "Wren",
    "number": "1",
    "do": "keep",
    "audience": "members",
    "language": "en",
    "label": "Mine",
    "chosen": "1",
    "note": "This hurt.",
    "wish": "heard",
    "proposal": "of-nothing",
    "line": "of-nothing",
}
MASKED = re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"')
# What visitor, Ana, Ben, Cleo, Dev, Eli, Sol get; one word where all get the same. A visitor is led to the
# door (302). Boundaries can be drawn after the end too. A steward is a stranger, but for reports.
PAGES = {
    "GET talk/TALK/": "302 200 200 404 404 404 404",
    "POST talk/TALK/": "302 302 302 404 404 404 404",
    "GET talk/OVER/": "302 200 404 404 404 200 404",
    "POST talk/OVER/": "302 422 404 404 404 422 404",
    "GET talk/BLOCKED/": "302 200 404 404 200 404 404",
    "POST talk/BLOCKED/": "302 422 404 404 422 404 404",
    "GET talk/TALK/withdraw/": "405",
    "POST talk/TALK/withdraw/": "302 302 404 404 404 404 404",
    "GET talk/OVER/withdraw/": "405",
    "POST talk/OVER/withdraw/": "302 302 404 404 404 404 404",
    "GET talk/BLOCKED/withdraw/": "405",
    "POST talk/BLOCKED/withdraw/": "302 302 404 404 404 404 404",
    "GET talk/TALK/name/": "405",
    "POST talk/TALK/name/": "302 302 302 404 404 404 404",
    "GET talk/OVER/name/": "405",
    "POST talk/OVER/name/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/name/": "405",
    "POST talk/BLOCKED/name/": "302 302 404 404 302 404 404",
    "GET talk/TALK/seen/": "405",
    "POST talk/TALK/seen/": "302 204 204 404 404 404 404",
    "GET talk/OVER/seen/": "405",
    "POST talk/OVER/seen/": "302 204 404 404 404 204 404",
    "GET talk/BLOCKED/seen/": "405",
    "POST talk/BLOCKED/seen/": "302 204 404 404 204 404 404",
    "GET talk/TALK/pause/": "405",
    "POST talk/TALK/pause/": "302 302 302 404 404 404 404",
    "GET talk/OVER/pause/": "405",
    "POST talk/OVER/pause/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/pause/": "405",
    "POST talk/BLOCKED/pause/": "302 302 404 404 302 404 404",
    "GET talk/TALK/resume/": "405",
    "POST talk/TALK/resume/": "302 302 302 404 404 404 404",
    "GET talk/OVER/resume/": "405",
    "POST talk/OVER/resume/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/resume/": "405",
    "POST talk/BLOCKED/resume/": "302 302 404 404 302 404 404",
    "GET talk/TALK/leave/": "302 200 200 404 404 404 404",
    "POST talk/TALK/leave/": "302 302 302 404 404 404 404",
    "GET talk/OVER/leave/": "302 302 404 404 404 302 404",
    "POST talk/OVER/leave/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/leave/": "302 302 404 404 302 404 404",
    "POST talk/BLOCKED/leave/": "302 302 404 404 302 404 404",
    "GET talk/TALK/room/": "405",
    "POST talk/TALK/room/": "302 302 302 404 404 404 404",
    "GET talk/OVER/room/": "405",
    "POST talk/OVER/room/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/room/": "405",
    "POST talk/BLOCKED/room/": "302 302 404 404 302 404 404",
    "GET talk/TALK/block/": "405",
    "POST talk/TALK/block/": "302 302 302 404 404 404 404",
    "GET talk/OVER/block/": "405",
    "POST talk/OVER/block/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/block/": "405",
    "POST talk/BLOCKED/block/": "302 302 404 404 302 404 404",
    "GET talk/TALK/beside/": "302 200 200 404 404 404 404",
    "POST talk/TALK/beside/": "302 302 302 404 404 404 404",
    "GET talk/TALK/balance/": "302 200 200 404 404 404 404",
    "POST talk/TALK/balance/": "405",
    "GET talk/TALK/agreement/": "302 200 200 404 404 404 404",
    "POST talk/TALK/agreement/": "302 302 302 404 404 404 404",
    "GET talk/OVER/beside/": "302 404 404 404 404 404 404",
    "POST talk/OVER/beside/": "302 404 404 404 404 404 404",
    "GET talk/OVER/balance/": "302 404 404 404 404 404 404",
    "POST talk/OVER/balance/": "405",
    "GET talk/OVER/agreement/": "302 404 404 404 404 404 404",
    "POST talk/OVER/agreement/": "302 404 404 404 404 404 404",
    "GET talk/BLOCKED/beside/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/beside/": "302 404 404 404 404 404 404",
    "GET talk/BLOCKED/balance/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/balance/": "405",
    "GET talk/BLOCKED/agreement/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/agreement/": "302 404 404 404 404 404 404",
    "GET talk/TALK/offers/": "302 200 200 404 404 404 404",
    "POST talk/TALK/offers/": "405",
    "GET talk/OVER/offers/": "302 404 404 404 404 404 404",
    "POST talk/OVER/offers/": "405",
    "GET talk/BLOCKED/offers/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/offers/": "405",
    "GET talk/TALK/question/": "302 200 200 404 404 404 404",
    "POST talk/TALK/question/": "405",
    "GET talk/OVER/question/": "302 404 404 404 404 404 404",
    "POST talk/OVER/question/": "405",
    "GET talk/BLOCKED/question/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/question/": "405",
    "GET talk/TALK/picture/": "302 200 200 404 404 404 404",
    "POST talk/TALK/picture/": "405",
    "GET talk/OVER/picture/": "302 404 404 404 404 404 404",
    "POST talk/OVER/picture/": "405",
    "GET talk/BLOCKED/picture/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/picture/": "405",
    "GET talk/TALK/been-there/": "302 200 200 404 404 404 404",
    "POST talk/TALK/been-there/": "302 302 302 404 404 404 404",
    "GET talk/OVER/been-there/": "302 404 404 404 404 404 404",
    "POST talk/OVER/been-there/": "302 404 404 404 404 404 404",
    "GET talk/BLOCKED/been-there/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/been-there/": "302 404 404 404 404 404 404",
    "GET talk/TALK/breather/": "302 200 200 404 404 404 404",
    "POST talk/TALK/breather/": "302 302 302 404 404 404 404",
    "GET talk/OVER/breather/": "302 404 404 404 404 404 404",
    "POST talk/OVER/breather/": "302 404 404 404 404 404 404",
    "GET talk/BLOCKED/breather/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/breather/": "302 404 404 404 404 404 404",
    "GET talk/TALK/clear/": "302 200 200 404 404 404 404",
    "POST talk/TALK/clear/": "302 404 404 404 404 404 404",
    "GET talk/TALK/felt/": "302 200 200 404 404 404 404",
    "POST talk/TALK/felt/": "302 302 302 404 404 404 404",
    "GET talk/OVER/clear/": "302 200 404 404 404 200 404",
    "POST talk/OVER/clear/": "302 404 404 404 404 404 404",
    "GET talk/OVER/felt/": "302 200 404 404 404 200 404",
    "POST talk/OVER/felt/": "302 302 404 404 404 302 404",
    "GET talk/BLOCKED/clear/": "302 200 404 404 200 404 404",
    "POST talk/BLOCKED/clear/": "302 404 404 404 404 404 404",
    "GET talk/BLOCKED/felt/": "302 200 404 404 200 404 404",
    "POST talk/BLOCKED/felt/": "302 302 404 404 302 404 404",
    "GET talk/TALK/export/": "302 200 200 404 404 404 404",
    "POST talk/TALK/export/": "405",
    "GET talk/OVER/export/": "302 200 404 404 404 200 404",
    "POST talk/OVER/export/": "405",
    "GET talk/BLOCKED/export/": "302 200 404 404 200 404 404",
    "POST talk/BLOCKED/export/": "405",
    "GET talk/TALK/box/": "302 200 200 404 404 404 404",
    "POST talk/TALK/box/": "405",
    "GET talk/OVER/box/": "302 404 404 404 404 404 404",
    "POST talk/OVER/box/": "405",
    "GET talk/BLOCKED/box/": "302 404 404 404 404 404 404",
    "POST talk/BLOCKED/box/": "405",
    "GET introductions/CARD/": "302 200 404 404 404 404 404",
    "POST introductions/CARD/": "302 302 404 404 404 404 404",
    "GET stories/OWN/": "404 200 404 404 404 404 404",
    "POST stories/OWN/": "405",
    "GET stories/MET/": "404 200 200 404 404 404 404",
    "POST stories/MET/": "405",
    "GET stories/ALL/": "404 200 200 200 200 200 200",
    "POST stories/ALL/": "405",
    "GET stories/ANYONE/": "200",
    "POST stories/ANYONE/": "405",
    "GET stories/ANYONE/change/": "302 200 404 404 404 404 404",
    "POST stories/ANYONE/change/": "302 302 404 404 404 404 404",
    "GET stories/ANYONE/withdraw/": "302 302 404 404 404 404 404",
    "POST stories/ANYONE/withdraw/": "302 200 404 404 404 404 404",
    "GET safety/report/TALK/": "302 200 200 404 404 404 404",
    "POST safety/report/TALK/": "302 302 302 404 404 404 404",
    "GET safety/report/OVER/": "302 200 404 404 404 200 404",
    "POST safety/report/OVER/": "302 302 404 404 404 302 404",
    "GET safety/report/BLOCKED/": "302 200 404 404 200 404 404",
    "POST safety/report/BLOCKED/": "302 302 404 404 302 404 404",
    "GET safety/decision/DECISION/": "302 200 404 404 404 404 404",
    "POST safety/decision/DECISION/": "302 302 404 404 404 404 404",
    "GET safety/desk/REPORT/": "404 404 404 404 404 404 200",
    "POST safety/desk/REPORT/": "404 404 404 404 404 404 200",
    "GET me/passkeys/PASSKEY/": "405",
    "POST me/passkeys/PASSKEY/": "302 302 404 404 404 404 404",
    "GET me/tokens/TOKEN/": "405",
    "POST me/tokens/TOKEN/": "302 302 404 404 404 404 404",
    "GET begin/with/NONE/": "200",
    "POST begin/with/NONE/": "405",
    "GET mail/confirm/NONE/": "404",
    "POST mail/confirm/NONE/": "404",
    "GET mail/forget/NONE/": "200",
    "POST mail/forget/NONE/": "200",
    "GET pair/NONE/": "404",
    "POST pair/NONE/": "404",
    "GET pair/NONE/columns/": "404",
    "POST pair/NONE/columns/": "404",
    "GET pair/NONE/run/": "404",
    "POST pair/NONE/run/": "404",
    "GET pair/NONE/progress/": "404",
    "POST pair/NONE/progress/": "404",
    "GET pair/NONE/hold/": "404",
    "POST pair/NONE/hold/": "404",
    "GET pair/NONE/why/": "404",
    "POST pair/NONE/why/": "404",
    "GET pair/NONE/left/": "404",
    "POST pair/NONE/left/": "404",
    "GET pair/NONE/forget/": "404",
    "POST pair/NONE/forget/": "404",
    "GET pair/NONE/table/pairs/": "404",
    "POST pair/NONE/table/pairs/": "404",
}
API = {
    "GET pieces/OWN": "401 200 404 404 404 404 404",
    "PUT pieces/OWN": "401 200 404 404 404 404 404",
    "DELETE pieces/OWN": "401 200 404 404 404 404 404",
    "GET pieces/MET": "401 200 200 404 404 404 404",
    "PUT pieces/MET": "401 200 404 404 404 404 404",
    "DELETE pieces/MET": "401 200 404 404 404 404 404",
    "GET pieces/ALL": "401 200 200 200 200 200 200",
    "PUT pieces/ALL": "401 200 404 404 404 404 404",
    "DELETE pieces/ALL": "401 200 404 404 404 404 404",
    "GET pieces/ANYONE": "401 200 200 200 200 200 200",
    "PUT pieces/ANYONE": "401 200 404 404 404 404 404",
    "DELETE pieces/ANYONE": "401 200 404 404 404 404 404",
    "GET introductions/CARD": "401 200 404 404 404 404 404",
    "POST introductions/CARD/answer": "401 200 404 404 404 404 404",
    "GET conversations/TALK/messages": "401 200 200 404 404 404 404",
    "POST conversations/TALK/messages": "401 201 201 404 404 404 404",
    "GET conversations/OVER/messages": "401 200 404 404 404 200 404",
    "POST conversations/OVER/messages": "401 404 404 404 404 404 404",
    "GET conversations/BLOCKED/messages": "401 200 404 404 200 404 404",
    "POST conversations/BLOCKED/messages": "401 404 404 404 404 404 404",
    "DELETE conversations/TALK/messages/1": "401 200 404 404 404 404 404",
    "DELETE conversations/OVER/messages/1": "401 200 404 404 404 404 404",
    "DELETE conversations/BLOCKED/messages/1": "401 200 404 404 404 404 404",
    "PUT conversations/TALK/name": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/name": "401 404 404 404 404 404 404",
    "PUT conversations/BLOCKED/name": "401 404 404 404 404 404 404",
    "POST conversations/TALK/pause": "401 200 200 404 404 404 404",
    "POST conversations/OVER/pause": "401 200 404 404 404 200 404",
    "POST conversations/BLOCKED/pause": "401 200 404 404 200 404 404",
    "POST conversations/TALK/resume": "401 200 200 404 404 404 404",
    "POST conversations/OVER/resume": "401 200 404 404 404 200 404",
    "POST conversations/BLOCKED/resume": "401 200 404 404 200 404 404",
    "POST conversations/TALK/leave": "401 200 200 404 404 404 404",
    "POST conversations/OVER/leave": "401 200 404 404 404 200 404",
    "POST conversations/BLOCKED/leave": "401 200 404 404 200 404 404",
    "POST conversations/TALK/block": "401 200 200 404 404 404 404",
    "POST conversations/OVER/block": "401 200 404 404 404 200 404",
    "POST conversations/BLOCKED/block": "401 200 404 404 200 404 404",
    "DELETE conversations/TALK/lamp": "401 200 200 404 404 404 404",
    "DELETE conversations/OVER/lamp": "401 404 404 404 404 404 404",
    "DELETE conversations/BLOCKED/lamp": "401 404 404 404 404 404 404",
    "DELETE conversations/TALK/room": "401 200 200 404 404 404 404",
    "DELETE conversations/OVER/room": "401 200 404 404 404 200 404",
    "DELETE conversations/BLOCKED/room": "401 200 404 404 200 404 404",
    "DELETE conversations/TALK/turn": "401 200 200 404 404 404 404",
    "DELETE conversations/OVER/turn": "401 404 404 404 404 404 404",
    "DELETE conversations/BLOCKED/turn": "401 404 404 404 404 404 404",
    "DELETE conversations/TALK/wish": "401 200 200 404 404 404 404",
    "DELETE conversations/OVER/wish": "401 404 404 404 404 404 404",
    "DELETE conversations/BLOCKED/wish": "401 404 404 404 404 404 404",
    "DELETE felt/FELT": "401 200 404 404 404 404 404",
    "DELETE kept/KEPT": "401 200 404 404 404 404 404",
    "GET conversations/TALK/agreement": "401 200 200 404 404 404 404",
    "GET conversations/OVER/agreement": "401 404 404 404 404 404 404",
    "GET conversations/BLOCKED/agreement": "401 404 404 404 404 404 404",
    "GET conversations/TALK/balance": "401 200 200 404 404 404 404",
    "GET conversations/OVER/balance": "401 404 404 404 404 404 404",
    "GET conversations/BLOCKED/balance": "401 404 404 404 404 404 404",
    "GET conversations/TALK/beside": "401 200 200 404 404 404 404",
    "GET conversations/OVER/beside": "401 404 404 404 404 404 404",
    "GET conversations/BLOCKED/beside": "401 404 404 404 404 404 404",
    "GET conversations/TALK/clear": "401 200 200 404 404 404 404",
    "GET conversations/OVER/clear": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/clear": "401 200 404 404 200 404 404",
    "GET conversations/TALK/export": "401 200 200 404 404 404 404",
    "GET conversations/OVER/export": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/export": "401 200 404 404 200 404 404",
    "GET conversations/TALK/kept": "401 200 200 404 404 404 404",
    "GET conversations/OVER/kept": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/kept": "401 200 404 404 200 404 404",
    "GET conversations/TALK/newest": "401 200 200 404 404 404 404",
    "GET conversations/OVER/newest": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/newest": "401 200 404 404 200 404 404",
    "GET conversations/TALK/picture": "401 200 200 404 404 404 404",
    "GET conversations/OVER/picture": "401 404 404 404 404 404 404",
    "GET conversations/BLOCKED/picture": "401 404 404 404 404 404 404",
    "GET conversations/TALK/reportable": "401 200 200 404 404 404 404",
    "GET conversations/OVER/reportable": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/reportable": "401 200 404 404 200 404 404",
    "GET conversations/TALK/silence": "401 200 200 404 404 404 404",
    "GET conversations/OVER/silence": "401 200 404 404 404 200 404",
    "GET conversations/BLOCKED/silence": "401 200 404 404 200 404 404",
    "PATCH conversations/TALK/wants": "401 200 200 404 404 404 404",
    "PATCH conversations/OVER/wants": "401 404 404 404 404 404 404",
    "PATCH conversations/BLOCKED/wants": "401 404 404 404 404 404 404",
    "POST conversations/TALK/agreement": "401 201 201 404 404 404 404",
    "POST conversations/OVER/agreement": "401 404 404 404 404 404 404",
    "POST conversations/BLOCKED/agreement": "401 404 404 404 404 404 404",
    "POST conversations/TALK/agreement/answer": "401 422 422 404 404 404 404",
    "POST conversations/OVER/agreement/answer": "401 404 404 404 404 404 404",
    "POST conversations/BLOCKED/agreement/answer": "401 404 404 404 404 404 404",
    "POST conversations/TALK/clear": "401 201 201 404 404 404 404",
    "POST conversations/OVER/clear": "401 404 404 404 404 404 404",
    "POST conversations/BLOCKED/clear": "401 404 404 404 404 404 404",
    "POST conversations/TALK/clear/answer": "401 404 404 404 404 404 404",
    "POST conversations/OVER/clear/answer": "401 404 404 404 404 404 404",
    "POST conversations/BLOCKED/clear/answer": "401 404 404 404 404 404 404",
    "POST conversations/TALK/kept": "401 201 201 404 404 404 404",
    "POST conversations/OVER/kept": "401 201 404 404 404 201 404",
    "POST conversations/BLOCKED/kept": "401 201 404 404 201 404 404",
    "POST conversations/TALK/turn": "401 200 200 404 404 404 404",
    "POST conversations/OVER/turn": "401 404 404 404 404 404 404",
    "POST conversations/BLOCKED/turn": "401 404 404 404 404 404 404",
    "PUT conversations/TALK/felt": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/felt": "401 200 404 404 404 200 404",
    "PUT conversations/BLOCKED/felt": "401 200 404 404 200 404 404",
    "PUT conversations/TALK/lamp": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/lamp": "401 404 404 404 404 404 404",
    "PUT conversations/BLOCKED/lamp": "401 404 404 404 404 404 404",
    "PUT conversations/TALK/read": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/read": "401 200 404 404 404 200 404",
    "PUT conversations/BLOCKED/read": "401 200 404 404 200 404 404",
    "PUT conversations/TALK/room": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/room": "401 200 404 404 404 200 404",
    "PUT conversations/BLOCKED/room": "401 200 404 404 200 404 404",
    "PUT conversations/TALK/turn": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/turn": "401 404 404 404 404 404 404",
    "PUT conversations/BLOCKED/turn": "401 404 404 404 404 404 404",
    "PUT conversations/TALK/wish": "401 200 200 404 404 404 404",
    "PUT conversations/OVER/wish": "401 404 404 404 404 404 404",
    "PUT conversations/BLOCKED/wish": "401 404 404 404 404 404 404",
    "GET desk/REPORT": "401 404 404 404 404 404 200",
    "POST desk/REPORT/answer": "401 404 404 404 404 404 200",
}


def talk_of(ana, other, name: str) -> Conversation:
    """An open conversation in which each wrote one message."""
    row = open_conversation(people=[(ana, "Ana"), (other, name)], by=SITE)
    send_messages([Draft(ana.ref, row.ref, "m1", "Mine."), Draft(other.ref, row.ref, "m2", "Theirs.")])
    return row


class World:
    """The seven, and the refs of what is Ana's."""

    def __init__(self) -> None:
        ana = member("Ana", "I lost my mum two years ago.", experiences=lived("loss-of-a-parent"))
        fay = member("Fay", "I still set two cups out.", experiences=lived("loss-of-a-parent"))
        people = {name: person(name) for name in WHO[2:]}
        self.people = {"Ana": ana, **people}
        name_steward(person=people["Sol"], by=SITE)
        assert propose() == 1
        talk, over, blocked = (talk_of(ana, people[name], name) for name in ("Ben", "Eli", "Dev"))
        judged = talk_of(ana, fay, "Fay")
        end_conversation(conversation=over, by=people["Eli"])
        block_peer(conversation=blocked, by=ana)
        about = make_report(conversation=judged, numbers={1}, note="", by=fay)
        end_reported_conversation(report=about, rule="Be kind.", by=people["Sol"])
        passkey = passkey_row(credential={"id": "x", "called": "Mine", "key": "", "count": 0}, by=ana)
        passkey.save()
        make_access_token(label="Mine", by=ana)
        about = {"experiences": [], "language": "en"}
        self.refs = {
            "TALK": talk.ref,
            "OVER": over.ref,
            "BLOCKED": blocked.ref,
            "CARD": Card.objects.get(person=ana).ref,
            "OWN": write_piece(words="Mine alone.", about=about, audience="me", by=ana).ref,
            "MET": write_piece(words="For those I met.", about=about, audience="introduced", by=ana).ref,
            "ALL": write_piece(words="For members.", about=about, audience="members", by=ana).ref,
            "ANYONE": write_piece(words="For anyone.", about=about, audience="anyone", by=ana).ref,
            "PASSKEY": passkey.ref,
            "TOKEN": AccessToken.objects.get().ref,
            "REPORT": make_report(conversation=talk, numbers={1}, note="", by=ana).ref,
            "DECISION": Act.objects.get(person=ana).ref,
            "KEPT": keep_alone(conversation=talk, words="I may rest.", by=ana).ref,
            "FELT": say_felt(conversation=talk, answers={"voice": "yes"}, by=ana).ref,
            "NONE": new_ref(),
        }
        self.browsers = {name: signed_in(Client(), one) for name, one in self.people.items()}
        self.browsers["visitor"] = Client()
        self.tokens = {name: make_access_token(label="", by=one)[1] for name, one in self.people.items()}

    def masked(self, answer) -> str:
        """What it says, without tokens and without the ref that was asked for."""
        text = MASKED.sub(r"\1", answer.content.decode())
        for ref in self.refs.values():
            text = text.replace(ref, "REF")
        return text

    def ask(self, who: str, method: str, address: str, *, api: bool = False):
        """What `who` gets there; afterwards all is as it was."""
        address = ("/api/v1/" if api else "/") + re.sub("[A-Z]+", lambda name: self.refs[name[0]], address)
        given = {"data": GIVEN} if method == "POST" else {}
        if api:
            token = {"Authorization": f"Bearer {self.tokens[who]}"} if who != "visitor" else {}
            told = {"data": json.dumps(GIVEN), "content_type": "application/json"}
            given = {"headers": token, **(told if method in ("POST", "PUT", "PATCH") else {})}
        saved = [(using, transaction.savepoint(using=using)) for using in ("default", "keys")]
        try:
            return getattr(self.browsers[who], method.lower())(address, **given)
        finally:
            for using, one in saved:
                transaction.savepoint_rollback(one, using=using)


def addresses_with_refs(resolver=None, before: str = "") -> set[str]:
    """Every address that carries something, as its pattern."""
    found = set()
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern)
        found |= addresses_with_refs(one, whole) if isinstance(one, URLResolver) else {whole}
    return {address for address in found if "<" in address}


def methods_of_api() -> set[str]:
    """Every operation of the API whose address carries something."""
    told = Client().get("/api/v1/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, methods in told.items() for method in methods if "{" in path}


def test_every_address_with_a_ref_is_in_the_table():
    asked = {method: set() for method in ("GET", "POST")}
    for row in PAGES:
        method, address = row.split()
        asked[method].add(resolve(f"/{address}").route)
    wanted = {address for address in addresses_with_refs() if not address.startswith("api/")}
    assert asked == {"GET": wanted, "POST": wanted}
    called = {re.sub("/[A-Z]+", "/{ref}", row.replace(" ", " /api/v1/")) for row in API}
    assert {row.replace("/messages/1", "/messages/{number}") for row in called} == methods_of_api()


@pytest.mark.parametrize("api", [False, True], ids=["pages", "API"])
def test_each_gets_what_stands_in_the_table(api):
    """And where it is 404, "not yours" says what "not there" says, byte for byte."""
    world, found, told_apart = World(), {}, []
    for row in API if api else PAGES:
        method, address = row.split()
        nobodys = re.sub("[A-Z]+", "NONE", address)
        got = []
        for who in WHO:
            answer = world.ask(who, method, address, api=api)
            got.append(str(answer.status_code))
            if answer.status_code == 404 and address != nobodys:
                other = world.ask(who, method, nobodys, api=api)
                if (other.status_code, world.masked(other)) != (404, world.masked(answer)):
                    told_apart.append((row, who))
        found[row] = got[0] if len(set(got)) == 1 else " ".join(got)
    assert [found, told_apart] == [API if api else PAGES, []]
