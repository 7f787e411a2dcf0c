"""Every page, file and answer that is left after an ending, compared byte by byte over the ways to end."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from re2 import sub

from beenthere.conversations.actions import (
    Draft,
    open_conversation,
    send_messages,
    withdraw_message,
)
from beenthere.conversations.actions.agreeing import agree, propose_agreement
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.actions.clearing import offer_line, say_yes
from beenthere.conversations.actions.feeling import say_felt
from beenthere.conversations.actions.holding import let_holds_go
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Message
from beenthere.conversations.models.between import DOOR, EXPORT, HERE, READ
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.foundation.taking import everything_of
from beenthere.people.actions import make_access_token
from beenthere.stories.actions import change_piece, withdraw_piece
from beenthere.stories.models import Piece
from tests.cast import person, signed_in
from tests.conversations.endings import blocks, goes, is_blocked, leaves, leaves_and_goes

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
ABOUT = {"experiences": [], "language": "en"}
READS = ("", "clear/", "felt/", "export/", "export/?as=json", "export/?as=text", "beside/", "offers/", "box/")
READS += ("agreement/", "picture/", "question/", "been-there/", "breather/", "balance/", "leave/", "room/")
POSTS = ("beside/", "agreement/", "been-there/", "breather/", "room/", "name/", "leave/", "pause/")
GIVEN = {
    "do": "yes here",
    "words": "Hello.",
    "mark": "m77",
    "name": "Wren",
    "proposal": "none",
    "line": "none",
}
API = (
    "messages",
    "newest",
    "reportable",
    "beside",
    "agreement",
    "clear",
    "felt",
    "export",
    "offers",
    "picture",
)


def a_life(hands):
    """Ana and Ben, and all that two can do."""
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)
    for number, (who, words) in enumerate(
        [(ana, "Ana's harbour."), (ben, "PLANTED harbour."), (ben, "PLANTED 2.")]
    ):
        hands.move(seconds=60)
        send_messages([Draft(who.ref, talk.ref, f"m{number}", words, note="PLANTED" if who is ben else "")])
    say_been_there(conversation=talk, words="PLANTED 3.", mark="m8", written="PLANTED 4.", by=ben)
    say_been_there(conversation=talk, words="PLANTED 5.", mark="m9", written="PLANTED 6.", by=ben)
    hands.move(seconds=60)
    first, second = Piece.objects.select_related("author").filter(author=ben).order_by("pk")
    change_piece(piece=first, words="PLANTED 7.", about=ABOUT, audience="me", by=ben)
    withdraw_piece(piece=second, by=ben)
    gone = Message.objects.select_related("conversation", "author", "piece__author").get(
        number=3, author_ref=ben.ref
    )
    withdraw_message(message=gone, by=ben)
    told = {"pace": "PLANTED pace", "silence_days": 7}
    agree(conversation=talk, proposal=propose_agreement(conversation=talk, told=told, by=ben).ref, by=ana)
    propose_agreement(conversation=talk, told={"pace": "Ana's pace"}, by=ana)
    say_yes(line=offer_line(conversation=talk, words="Kept by both.", by=ben), by=ana)
    offer_line(conversation=talk, words="PLANTED line.", by=ben)
    offer_line(conversation=talk, words="Ana's line.", by=ana)
    say_felt(conversation=talk, answers={"voice": "yes"}, by=ana)
    for who in (ana, ben):
        for what in (DOOR, EXPORT, HERE, READ):
            want(conversation=talk, what=what, by=who)
    return ana, ben, talk


def masked(text: str) -> str:
    text = sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "TOKEN", text)
    text = sub(r'name="mark" value="[^"]*"', "MARK", text)
    return sub(r"\b[a-z0-9]{16}\b", "REF", text)


def left_for(ana, talk) -> dict[str, tuple]:
    browser = signed_in(Client(), ana)
    _, token = make_access_token(label="mine", by=ana)
    headers = {"Authorization": f"Bearer {token}"}
    own = [f"/talk/{talk.ref}/{one}" for one in READS]
    own += [
        "/talk/",
        "/talk/kept/",
        "/talk/heard/",
        "/today/",
        "/safety/",
        f"/safety/report/{talk.ref}/",
    ]
    found = {one: browser.get(one) for one in own}
    found["search"] = browser.post("/talk/search/", {"words": "harbour"})
    found |= {f"POST {one}": browser.post(f"/talk/{talk.ref}/{one}", GIVEN) for one in POSTS}
    found |= {
        f"API {one}": browser.get(f"/api/v1/conversations/{talk.ref}/{one}", headers=headers) for one in API
    }
    seen = {
        name.replace(talk.ref, "REF"): (
            answer.status_code,
            masked(str(sorted((k, v) for k, v in answer.headers.items() if k != "Content-Length"))),
            masked(answer.content.decode()),
        )
        for name, answer in found.items()
    }
    told = everything_of(ana.ref)
    kept = {name: rows for name, rows in told.items() if name.startswith("conversations.")}
    seen["my data"] = (200, "", masked(json.dumps(kept)))
    return seen


@pytest.mark.parametrize("how", [blocks, is_blocked, goes, leaves_and_goes])
def test_nothing_that_is_left_tells_how_it_ended(how):
    """Two pairs lead the same life, and end in two ways at one moment."""
    with clock.stopped_at(NOON) as hands:
        pairs = [a_life(hands)]
        hands.move(seconds=(NOON - hands.at).total_seconds())
        pairs.append(a_life(hands))
        hands.move(seconds=3600)
        for ends, (ana, ben, talk) in zip((leaves, how), pairs, strict=True):
            ends(talk, ben, ana)
        for days in (0, 3, 6):
            hands.move(seconds=days * 86400)
            let_holds_go(by=SITE)
            before, after = (left_for(ana, talk) for ana, _ben, talk in pairs)
            assert "PLANTED" not in str(before)
            different = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
            assert different == {}
