"""The API does what the pages do, for whoever shows a token of their own, and for nobody else."""

import json

import pytest

from beenthere.conversations.actions import Draft, end_conversation, open_conversation, send_messages
from beenthere.foundation.refs import SITE, new_ref
from tests.cast import person

from .conftest import Caller

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OURS = {"experience": "loss-of-a-parent", "known": True, "stand": "living with it"}


def read(who: Caller, talk: str, after: int = 0) -> list[dict]:
    return who.ask("get", f"/conversations/{talk}/messages?after={after}")[1]["messages"]


def test_without_a_token_only_the_place_answers(client):
    described = client.get("/api/v1/openapi.json").json()
    answers = {}
    for path, methods in described["paths"].items():
        for method in methods:
            where = path.replace("{ref}", new_ref()).replace("{number}", "1")
            answers[f"{method} {path}"] = getattr(client, method)(where).status_code
    open_to_all = {
        "get /api/v1/help": 200,
        "get /api/v1/crisis/rules": 200,
        "get /api/v1/papers": 200,
        "get /api/v1/papers/{name}": 404,
        "get /api/v1/place": 200,
        "get /api/v1/log": 200,
        "post /api/v1/understand": 400,
    }
    assert {one: status for one, status in answers.items() if status != 401} == open_to_all


def test_a_token_taken_away_opens_nothing(ana):
    assert ana.ask("get", "/me/")[0] == 200
    ana.person.access_tokens.all().delete()
    assert ana.ask("get", "/me/") == (401, {"detail": "This token opens nothing here."})


def test_myself(ana):
    assert ana.ask("get", "/me/")[1]["name"] == "Ana"
    status, me = ana.ask("patch", "/me/", {"name": "Anna", "capacity": 1, "paused": True})
    assert (status, me["name"], me["capacity"], me["paused"]) == (200, "Anna", 1, True)
    status, why = ana.ask("patch", "/me/", {"name": "Steward"})
    assert status == 422 and why["detail"]
    assert ana.ask("get", "/me/")[1]["name"] == "Anna"
    assert ana.ask("get", "/me/data")[1]["people.Person"][0]["name"] == "Anna"


def test_a_piece_is_written_read_changed_and_withdrawn(ana, cleo):
    mine = {"words": "I set two cups out.", "experiences": [OURS], "audience": "members", "quotable": True}
    status, piece = ana.ask("post", "/pieces/", mine)
    assert (status, piece["words"], piece["mine"], piece["quotable"]) == (201, mine["words"], True, True)
    where = f"/pieces/{piece['ref']}"
    status, seen = cleo.ask("get", where)
    assert (status, seen["mine"], seen["audience"], seen["quotable"]) == (200, False, None, None)
    assert cleo.ask("delete", where)[0] == 404
    assert ana.ask("put", where, {**mine, "audience": "me", "quotable": False})[0] == 200
    assert cleo.ask("get", where) == (404, {"detail": "There is nothing here for you."})
    assert ana.ask("delete", where) == (200, {"done": True})
    assert ana.ask("get", where)[0] == 404


def test_two_talk_and_a_stranger_reads_nothing(ana, ben, cleo, talk):
    said = {"mark": "m1", "words": "The plate was final."}
    status, kept = ana.ask("post", f"/conversations/{talk}/messages", said)
    assert (status, kept["number"], kept["repeat"]) == (201, 1, False)
    status, again = ana.ask("post", f"/conversations/{talk}/messages", said)
    assert (status, again["ref"], again["repeat"]) == (201, kept["ref"], True)
    heard = read(ben, talk)
    assert [(one["number"], one["mine"], one["words"]) for one in heard] == [(1, False, said["words"])]
    assert read(ben, talk, after=1) == []
    nothing = (404, {"detail": "There is nothing here for you."})
    assert cleo.ask("get", f"/conversations/{talk}/messages") == nothing
    assert cleo.ask("post", f"/conversations/{talk}/messages", said) == nothing
    assert ben.ask("delete", f"/conversations/{talk}/messages/1") == nothing
    assert ana.ask("delete", f"/conversations/{talk}/messages/1")[0] == 200
    assert [(one["number"], one["words"]) for one in read(ben, talk, after=1)] == [(1, None)]


def test_however_it_ends_the_other_is_answered_alike(ana, ben, talk):
    send_messages([Draft(ana.person.ref, talk, "m1", "Mine."), Draft(ben.person.ref, talk, "m2", "His.")])
    assert ben.ask("post", f"/conversations/{talk}/block")[0] == 200
    assert [one["words"] for one in read(ana, talk)] == ["Mine."]
    blocked = ana.ask("post", f"/conversations/{talk}/messages", {"mark": "m3", "words": "There?"})
    other = open_conversation(people=[(ana.person, "Ana"), (person("Dev"), "Dev")], by=SITE)
    end_conversation(conversation=other, by=ana.person)
    left = ana.ask("post", f"/conversations/{other.ref}/messages", {"mark": "m3", "words": "There?"})
    assert blocked == left == (404, {"detail": "There is nothing here for you."})


def test_what_i_tell_for_introductions(ana):
    told = {"experiences": [OURS], "languages": ["en", "es"], "timezone": "Europe/Madrid", "wish": "soon"}
    assert ana.ask("put", "/introductions/telling", told) == (200, {"done": True})
    kept = ana.ask("get", "/introductions/telling")[1]
    assert kept == {**told, "hopes": [], "leave_out": []}
    assert ana.ask("put", "/introductions/telling", {"languages": ["klingon tongue"]})[0] == 422
    assert ana.ask("get", "/introductions/telling")[1] == kept


def test_no_ref_of_a_person_leaves_the_api(ana, ben, talk):
    send_messages([Draft(ana.person.ref, talk, "m1", "Hello.")])
    ana.ask("post", "/pieces/", {"words": "I look after my father.", "audience": "members"})
    for path in ("/me/", "/me/data", "/pieces/", "/introductions/", "/conversations/"):
        assert ana.person.ref not in json.dumps(ben.ask("get", path)[1])
    assert ana.person.ref not in json.dumps(ben.ask("get", f"/conversations/{talk}/messages")[1])


def test_a_report_carries_what_was_chosen_and_the_desk_is_the_stewards(ana, ben, cleo, client, talk):
    from beenthere.safety.actions import name_steward

    said = ["You should go.", "kept from the report", "Your mother was right about you."]
    send_messages([Draft(ben.person.ref, talk, f"m{at}", words) for at, words in enumerate(said)])
    status, report = ana.ask(
        "post", "/reports/", {"conversation": talk, "numbers": [1, 3], "note": "Please."}
    )
    assert (status, report["answer"]) == (201, None)
    sol = Caller(client, person("Sol"))
    nothing = (404, {"detail": "There is nothing here for you."})
    assert [one.ask("get", "/desk/") for one in (ana, ben, cleo, sol)] == [nothing] * 4
    name_steward(person=sol.person, by=SITE)
    assert [line["ref"] for line in sol.ask("get", "/desk/")[1]] == [report["ref"]]
    closed = sol.ask("get", f"/desk/{report['ref']}")[1]
    assert [closed["opened"], closed["note"], closed["copied"], closed["answer"]] == [False, None, None, None]
    opened = sol.ask("post", f"/desk/{report['ref']}/open", {"reason": "first"})[1]
    assert [(one["number"], one["mine"], one["words"]) for one in opened["copied"]] == [
        (1, False, said[0]),
        (3, False, said[2]),
    ]
    assert sol.ask("post", f"/desk/{report['ref']}/answer", {"words": "Thank you. We spoke."})[0] == 200
    assert [one["answer"] for one in ana.ask("get", "/reports/")[1]] == ["Thank you. We spoke."]
    assert ana.ask("get", f"/desk/{report['ref']}") == nothing
