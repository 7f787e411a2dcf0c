"""What two people have beside and in their words, by programs of theirs: nothing that the pages do not do."""

import importlib
import json
import pkgutil
from collections import defaultdict
from datetime import timedelta

import pytest
from ninja import Schema

from beenthere import api
from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    open_conversation,
    send_messages,
)
from beenthere.conversations.actions.clearing import offer_line
from beenthere.conversations.actions.parting import leave_with_a_last_word
from beenthere.conversations.models import Conversation
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.safety.actions import delete_me
from beenthere.stories.actions import withdraw_piece, write_piece
from tests.cast import person

from .test_api import read

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTHING = (404, {"detail": "There is nothing here for you."})
ASKED = (
    *("beside", "agreement", "clear", "kept", "newest", "messages", "silence", "reportable"),
    *("picture", "balance", "export"),
)
PHONE = "Call me on +34 600 123 456 tonight"


def at(talk: str, path: str) -> str:
    return f"/conversations/{talk}/{path}"


def open_the_door(talk: str, *both) -> None:
    for one in both:
        assert one.ask("patch", at(talk, "wants"), {"door": True})[0] == 200


def test_an_agreement_holds_when_both_say_yes(ana, ben, cleo, talk):
    where = at(talk, "agreement")
    status, made = ana.ask("post", where, {"pace": "No hurry.", "silence_days": 30})
    assert (status, made["mine"], made["told"]["pace"], made["told"]["silence_days"]) == (
        201,
        True,
        "No hurry.",
        30,
    )
    seen = ben.ask("get", where)[1]
    assert (seen["in_force"], seen["proposal"]["mine"], seen["proposal"]["ref"]) == (None, False, made["ref"])
    assert ben.ask("get", at(talk, "beside"))[1]["proposal_waits"] is True
    yes = {"proposal": made["ref"], "answer": "yes"}
    assert ana.ask("post", f"{where}/answer", yes)[0] == 422  # nobody answers their own
    assert cleo.ask("post", f"{where}/answer", yes) == NOTHING
    assert ben.ask("post", f"{where}/answer", {**yes, "answer": "take_back"})[0] == 422
    assert ben.ask("post", where, {"pace": "Slowly."})[0] == 422  # the other's waits
    assert [ben.ask("post", f"{where}/answer", yes)[0] for _ in range(2)] == [200, 200]
    assert ana.ask("post", f"{where}/answer", yes)[0] == 422
    now = ana.ask("get", where)[1]
    assert (now["in_force"]["ref"], now["proposal"], now["before"]) == (made["ref"], None, [])
    status, again = ben.ask("post", where, {"pace": "Slowly.", "silence_days": 30})
    assert ana.ask("get", where)[1]["proposal"]["changed"] == ["pace"]
    given = {"proposal": again["ref"], "answer": "take_back"}
    assert ben.ask("post", f"{where}/answer", given) == (200, {"done": True})
    assert ana.ask("get", where)[1] == now


def test_what_both_want_is_there_while_both_do(ana, ben, talk):
    where = at(talk, "wants")
    assert ana.ask("patch", where, {"door": True, "typing": True})[1] == {
        "door": "mine",
        "middle": "neither",
        "here": "neither",
        "typing": "mine",
        "read": "neither",
        "gives": False,
        "takes": False,
    }
    theirs = ben.ask("get", at(talk, "beside"))[1]["wants"]
    assert (theirs["door"], theirs["typing"]) == ("theirs", "neither")
    both = ben.ask("patch", where, {"door": True, "typing": True, "export": True})[1]
    assert (both["door"], both["typing"], both["gives"], both["takes"]) == ("both", "both", True, False)
    now = ana.ask("patch", where, {"door": False})[1]
    assert (now["door"], now["typing"], now["takes"]) == ("neither", "both", True)


def test_a_lamp_a_wish_and_turns(ana, ben, talk):
    assert ana.ask("put", at(talk, "lamp"), {"minutes": 60})[0] == 200
    assert ana.ask("put", at(talk, "lamp"), {"minutes": 61})[0] == 422
    assert ana.ask("put", at(talk, "wish"), {"wish": "hopeful"})[0] == 200
    assert [one.ask("put", at(talk, "turn"), {"minutes": 3})[0] for one in (ana, ben)] == [200, 200]
    seen = ben.ask("get", at(talk, "beside"))[1]
    assert (seen["me"]["here"], seen["them"]["here"] is None, seen["them"]["wish"]) == (
        None,
        False,
        "hopeful",
    )
    assert (seen["turn"]["mine"], seen["minutes"], seen["wants"]["middle"]) == (True, 3, "both")
    assert ben.ask("post", at(talk, "turn"))[0] == 200
    assert ana.ask("get", at(talk, "beside"))[1]["turn"]["mine"] is True
    assert ana.ask("get", at(talk, "balance")) == (200, {"balance": "too_little"})
    for path in ("turn", "lamp", "wish"):
        assert ana.ask("delete", at(talk, path))[0] == 200
    seen = ben.ask("get", at(talk, "beside"))[1]
    assert (seen["turn"], seen["them"]) == (None, {"here": None, "wish": "", "wish_at": None})


def test_words_that_lead_outside_are_told_by_kind_and_nothing_is_kept(ana, ben, talk):
    where = at(talk, "messages")
    status, told = ana.ask("post", where, {"mark": "m1", "words": f"{PHONE}, or see www.example.org"})
    assert (status, told["outside"]) == (422, ["link", "phone"])
    assert told["detail"].startswith(
        "This looks like a link. This looks like a phone number. Nothing was sent"
    )
    kinds = []
    kinds.append(ana.ask("post", where, {"mark": "m2", "words": "See.", "note": "600 123 456"})[1])
    own = write_piece(words=PHONE, about={"experiences": [], "language": ""}, audience="me", by=ana.person)
    there = {"mark": "m3", "words": "I've been there.", "kind": "been_there"}
    kinds.append(ana.ask("post", where, {**there, "piece": own.ref})[1])
    kinds.append(ana.ask("post", where, {**there, "written": PHONE})[1])
    kinds.append(ana.ask("post", at(talk, "agreement"), {"crisis": PHONE})[1])
    kinds.append(ana.ask("post", at(talk, "clear"), {"words": PHONE})[1])
    kinds.append(ana.ask("post", at(talk, "leave"), {"last_word": PHONE})[1])
    assert [one.get("outside") for one in kinds] == [["phone"]] * 6
    assert [one["ref"] for one in ana.ask("get", "/pieces/mine")[1]] == [own.ref]
    assert (read(ben, talk), ben.ask("get", at(talk, "clear"))[1]) == ([], [])
    assert ana.ask("get", at(talk, "agreement"))[1]["proposal"] is None
    open_the_door(talk, ana, ben)
    assert ana.ask("post", where, {"mark": "m1", "words": PHONE})[0] == 201


def test_words_carry_a_note_a_kind_and_a_piece(ana, ben, talk):
    where = at(talk, "messages")
    own = write_piece(
        words="Two cups.", about={"experiences": [], "language": ""}, audience="me", by=ana.person
    )
    there = {"mark": "m1", "words": "I've been there.", "kind": "been_there", "note": "my mother"}
    assert ana.ask("post", where, {**there, "piece": own.ref})[0] == 201
    assert ana.ask("post", where, {**there, "mark": "m2", "written": "The plate was final."})[0] == 201
    again = ana.ask("post", where, {**there, "mark": "m2", "written": "The plate was final."})
    assert (again[0], again[1]["repeat"], len(ana.ask("get", "/pieces/mine")[1])) == (201, True, 2)
    assert ana.ask("post", where, {"mark": "m3", "words": "Wait.", "kind": "breather"})[0] == 201
    heard = [(one["kind"], one["note"], one["piece"]) for one in read(ben, talk)]
    assert heard == [
        ("been_there", "my mother", "Two cups."),
        ("been_there", "my mother", "The plate was final."),
        ("breather", "", None),
    ]
    withdraw_piece(piece=own, by=ana.person)
    assert read(ben, talk)[0]["piece"] == ""
    theirs = write_piece(
        words="His.", about={"experiences": [], "language": ""}, audience="me", by=ben.person
    )
    assert ana.ask("post", where, {**there, "mark": "m4", "piece": theirs.ref}) == NOTHING
    assert ana.ask("post", where, {"mark": "m5", "words": "So.", "piece": own.ref})[0] == 422
    long = ana.ask("post", where, {"mark": "m6", "words": "So.", "note": "n" * 81})
    assert long == (422, {"detail": "This note is longer than 80 characters."})


def test_the_newest_come_first_and_the_cursor_goes_on(ana, ben, talk):
    send_messages([Draft(ana.person.ref, talk, f"m{one}", f"Word {one}.") for one in range(1, 6)])
    told = ben.ask("get", at(talk, "newest?most=2"))[1]
    assert ([one["number"] for one in told["messages"]], told["older"], told["now"]) == ([4, 5], True, 5)
    before = ben.ask("get", at(talk, "newest?most=3&before=4"))[1]
    assert ([one["number"] for one in before["messages"]], before["older"]) == ([1, 2, 3], False)
    assert read(ben, talk, after=told["now"]) == []
    assert ben.ask("get", "/conversations/")[1][0]["waits"] is True
    assert ben.ask("put", at(talk, "read"), {"number": 5})[0] == 200
    assert ben.ask("get", "/conversations/")[1][0]["waits"] is False


def test_a_line_is_kept_by_both_or_alone(ana, ben, cleo, talk):
    where = at(talk, "clear")
    status, line = ana.ask("post", where, {"words": "It was not my fault."})
    assert (status, line["mine"], line["away"]) == (201, True, False)
    assert [(one["ref"], one["mine"]) for one in ben.ask("get", where)[1]] == [(line["ref"], False)]
    given = {"line": line["ref"], "answer": "not_now"}
    assert cleo.ask("post", f"{where}/answer", given) == NOTHING
    assert ben.ask("post", f"{where}/answer", given)[0] == 200
    assert (ana.ask("get", where)[1][0]["away"], ben.ask("get", where)[1][0]["away"]) == (False, True)
    assert ana.ask("post", f"{where}/answer", {**given, "answer": "yes"}) == NOTHING
    assert ben.ask("post", f"{where}/answer", {**given, "answer": "yes"})[0] == 200
    assert ana.ask("post", at(talk, "kept"), {"words": "I may rest."})[0] == 201
    kept = ana.ask("get", at(talk, "kept"))[1]
    assert [(one["why"], one["mine"]) for one in kept] == [("both", True), ("alone", True)]
    assert [(one["why"], one["mine"]) for one in ben.ask("get", "/kept/")[1]] == [("both", False)]
    assert ben.ask("delete", f"/kept/{kept[0]['ref']}") == NOTHING
    assert ana.ask("delete", f"/kept/{kept[0]['ref']}")[0] == 200
    assert (len(ana.ask("get", "/kept/")[1]), len(ben.ask("get", "/kept/")[1])) == (1, 1)


def test_feeling_heard_is_for_nobody_else(ana, ben, talk):
    said = {"voice": "yes", "respect": "partly"}
    assert ana.ask("put", at(talk, "felt"), said)[0] == 200
    mine = ana.ask("get", "/felt/")[1]
    assert [(one["conversation"], one["answers"]) for one in mine] == [(talk, said)]
    assert ben.ask("get", "/felt/")[1] == []
    assert ben.ask("delete", f"/felt/{mine[0]['ref']}") == NOTHING
    assert ana.ask("delete", f"/felt/{mine[0]['ref']}")[0] == 200
    assert ana.ask("get", "/felt/")[1] == []


def test_questions_of_a_moment(ana):
    first, others = (ana.ask("get", f"/prompts?moment=hope&page={page}")[1] for page in (0, 1))
    assert [one["moment"] for one in first] == ["hope"] * 3
    assert not {one["id"] for one in first} & {one["id"] for one in others}
    assert ana.ask("get", "/prompts?moment=none")[0] == 422


def test_our_picture_is_a_mirror_and_names_no_piece(ana, ben, talk):
    for who, named in ((ana, "A garden"), (ben, "A boat")):
        both = [{"experience": "loss-of-a-parent", "known": True, "stand": None}]
        own = [{"experience": named, "known": False, "stand": None}]
        about = {"experiences": both + own, "language": "en"}
        write_piece(words=f"{named}.", about=about, audience="introduced", by=who.person)
    mine, theirs = (one.ask("get", at(talk, "picture"))[1] for one in (ana, ben))
    assert [one["words"] for one in mine["mine"]] == ["A garden."]
    assert [one["experience"] for one in mine["shared"]] == ["Loss of a parent"]
    assert [mine["mine"], mine["only_mine"]] == [theirs["theirs"], theirs["only_theirs"]]
    assert '"ref"' not in json.dumps(mine)


def test_words_are_found_taken_along_and_muted(ana, ben, talk):
    send_messages(
        [Draft(ana.person.ref, talk, "m1", "I hear voices."), Draft(ben.person.ref, talk, "m2", "So.")]
    )
    found = ben.ask("post", "/conversations/search", {"words": "voice"})[1]
    assert [(one["conversation"], one["name"], one["message"]["number"]) for one in found["hits"]] == [
        (talk, "Ana", 1)
    ]
    assert (found["asked"], found["is_whole"]) == (True, True)
    alone = ben.ask("get", at(talk, "export"))[1]
    assert (alone["name"], [one["by"] for one in alone["said"]]) == (None, ["me"])
    assert ana.ask("patch", at(talk, "wants"), {"export": True})[0] == 200
    whole = ben.ask("get", at(talk, "export"))[1]
    assert (whole["name"], [one["by"] for one in whole["said"]]) == ("Ana", ["them", "me"])
    assert ben.ask("put", "/me/muted", {"words": ["voice", " voice "]}) == (200, {"words": ["voice"]})
    assert ben.ask("put", "/me/muted", {"words": ["..."]})[0] == 422
    assert ben.ask("get", "/me/muted")[1] == {"words": ["voice"]}
    assert [one["muted"] for one in read(ben, talk)] == [True, False]
    assert [one["muted"] for one in read(ana, talk)] == [False, False]


def test_a_last_word_stays_and_however_it_ended_the_door_for_reports_is_the_same(ana, ben, talk):
    send_messages(
        [Draft(ben.person.ref, talk, "m1", "You are nothing."), Draft(ana.person.ref, talk, "m2", "No.")]
    )
    assert ana.ask("get", at(talk, "silence"))[1]["what"] is None
    leave_with_a_last_word(conversation=Conversation.objects.get(ref=talk), words="Goodbye.", by=ben.person)
    assert [(one["why"], one["words"]) for one in ana.ask("get", at(talk, "kept"))[1]] == [
        ("last_word", "Goodbye.")
    ]
    told = ana.ask("get", at(talk, "reportable"))[1]
    assert (told["can_report"], told["last_word"]) == (True, True)
    assert [sorted(one) for one in told["heard"]] == [["at", "number"]]
    given = {"conversation": talk, "numbers": [1], "last_word": True}
    assert ana.ask("post", "/reports/", given)[0] == 201
    after = {"last_word": "There?"}
    assert ana.ask("post", at(talk, "leave"), after) == NOTHING


def test_leaving_with_and_without_a_last_word(ana, ben, talk):
    assert ana.ask("post", at(talk, "leave"), {"last_word": "w" * 501})[0] == 422
    assert ana.ask("get", "/conversations/")[1][0]["is_open"] is True
    assert ana.ask("post", at(talk, "leave"), {"last_word": " Thank you. "}) == (200, {"done": True})
    assert [one["words"] for one in ben.ask("get", at(talk, "kept"))[1]] == ["Thank you."]
    assert ben.ask("post", at(talk, "leave"), {})[0] == 200


def test_however_it_ended_the_new_addresses_answer_alike(ana, ben, cleo):
    """Left, blocked, deleted: what Ana is answered differs by no byte but the ref of the conversation."""
    dev = person("Dev")
    others = [ben.person, cleo.person, dev]
    with clock.stopped_at(clock.now()):
        rooms = [open_conversation(people=[(ana.person, "Ana"), (one, "Wren")], by=SITE) for one in others]
        for room, other in zip(rooms, others, strict=True):
            send_messages(
                [Draft(other.ref, room.ref, "m1", "His."), Draft(ana.person.ref, room.ref, "m2", "Mine.")]
            )
            offer_line(conversation=room, words="It was not my fault.", by=other)
        end_conversation(conversation=rooms[0], by=others[0])
        block_peer(conversation=rooms[1], by=others[1])
        delete_me(by=dev)
        answers = [[ana.ask("get", at(room.ref, one)) for one in ASKED] for room in rooms]
    member = [one[ASKED.index("newest")][1]["messages"][0]["by"] for one in answers]
    told = [json.dumps(one).replace(by, "MINE") for one, by in zip(answers, member, strict=True)]
    assert (told[1], told[2]) == (told[0], told[0])
    assert answers[0][ASKED.index("reportable")][1]["heard"][0]["number"] == 1


def test_a_silence_asks_one_and_makes_room_for_another(ana, ben, cleo, talk):
    send_messages([Draft(ana.person.ref, talk, "m1", "Are you there?")])
    where = at(talk, "silence")
    assert ana.ask("put", at(talk, "room")) == (200, {"done": True})  # not quiet yet: nothing changes
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        waits, asked = (one.ask("get", where)[1] for one in (ana, ben))
        assert [(one["what"], one["nobody_spoke"], one["made_room"]) for one in (waits, asked)] == [
            ("waits", False, False),
            ("asked", False, False),
        ]
        assert cleo.ask("put", at(talk, "room")) == NOTHING
        assert ana.ask("put", at(talk, "room"))[0] == 200
        assert [one.ask("get", where)[1]["made_room"] for one in (ana, ben)] == [True, False]
        assert ana.ask("delete", at(talk, "room"))[0] == 200
        assert ana.ask("get", where)[1] == waits


@pytest.mark.parametrize("odd", ["\0", "a\0b", "\ud800", "\U0010ffff", "\u202e", " "])
def test_odd_text_is_refused_or_kept_and_nothing_breaks(ana, ben, talk, odd):
    send_messages([Draft(ben.person.ref, talk, "m1", "Hello.")])
    there = {"mark": "m2", "words": "I've been there.", "kind": "been_there"}
    asked = [
        ("post", at(talk, "messages"), {"mark": odd, "words": "So."}),
        ("post", at(talk, "messages"), {"mark": "m3", "words": odd}),
        ("post", at(talk, "messages"), {"mark": "m4", "words": "So.", "note": odd}),
        ("post", at(talk, "messages"), {**there, "piece": odd}),
        ("post", at(talk, "messages"), {**there, "written": odd}),
        ("post", at(talk, "agreement"), {"pace": odd, "leave_out": odd}),
        ("post", at(talk, "agreement/answer"), {"proposal": odd, "answer": "yes"}),
        ("post", at(talk, "clear"), {"words": odd}),
        ("post", at(talk, "clear/answer"), {"line": odd, "answer": "yes"}),
        ("post", at(talk, "kept"), {"words": odd}),
        ("post", "/conversations/search", {"words": odd}),
        ("put", "/me/muted", {"words": [odd]}),
        ("put", at(talk, "name"), {"name": odd}),
        ("post", "/reports/", {"conversation": odd, "numbers": [1]}),
        ("post", at(talk, "leave"), {"last_word": odd}),
    ]
    assert [one for one in asked if ana.ask(*one)[0] >= 500] == []


def test_no_two_shapes_have_one_name():
    """Else one would stand for the other in what the API says of itself."""
    found = defaultdict(set)
    for part in pkgutil.iter_modules(api.__path__):
        module = importlib.import_module(f"{api.__name__}.{part.name}")
        for name, one in vars(module).items():
            if isinstance(one, type) and issubclass(one, Schema) and one is not Schema:
                found[name].add(one)
    assert {name for name, shapes in found.items() if len(shapes) > 1} == set()
    assert {"Talk", "Settled", "OfferedLine"} <= set(found)
