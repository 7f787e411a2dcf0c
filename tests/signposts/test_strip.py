"""The strip of other help: for the writer alone, in the same render; nothing of it stays."""

import logging

import pytest
import structlog
from django.apps import apps
from django.db import router

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Message
from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.people.actions import change_oneself
from beenthere.signposts.core.strip import cover_of, strip_for
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
DISCLOSURE = "I want to die and I don't know who else to say it to."
PLAIN = "I wanted to water the plants and I don't know who else has the key."
SHOWN, OFF = "<div data-strip>", "crisis-strip"


@pytest.fixture
def ana():
    return person("Ana")


@pytest.fixture
def talk(ana):
    return open_conversation(people=[(ana, "Ana"), (person("Ben"), "Robin")], by=SITE)


@pytest.fixture
def open_place():
    forget_place()
    tell_place(name="The Lamp", languages=("en", "es"), hours="18:00 to 22:00", by=SITE)
    yield
    forget_place()


def is_shown(answer) -> bool:
    return SHOWN in answer.content.decode()


def test_which_words_call_for_it():
    assert strip_for(DISCLOSURE, {})
    assert [strip_for(words, {}) for words in (PLAIN, "", " ")] == [False, False, False]
    assert not strip_for(DISCLOSURE, {"strip": False})
    assert cover_of(DISCLOSURE) == ""


def test_after_sending_without_a_script_whatever_the_address_says(client, ana, talk):
    at, address = signed_in(client, ana), f"/talk/{talk.ref}/"
    led = {}
    for mark, words in (("m1", PLAIN), ("m2", DISCLOSURE)):
        answer = at.post(address, {"words": words, "mark": mark})
        led[mark] = answer["Location"].removesuffix(mark)
        assert is_shown(at.get(answer["Location"].split("#")[0])) == (words == DISCLOSURE)
        assert not is_shown(at.get(address))
    assert led == {"m1": f"{address}?kept#", "m2": f"{address}?kept#"}, (
        "the address says nothing of the words"
    )
    assert [one.words for one in Message.objects.order_by("number")] == [PLAIN, DISCLOSURE]


def test_the_other_sees_nothing_of_it(client, ana, talk):
    ben = talk.memberships.exclude(person=ana).get().person
    signed_in(client, ana).post(f"/talk/{talk.ref}/", {"words": DISCLOSURE, "mark": "m1"})
    assert not is_shown(signed_in(client, ben).get(f"/talk/{talk.ref}/?kept"))


def test_with_a_form_that_comes_back(client, ana, talk):
    at = signed_in(client, ana)
    too_long = {"words": DISCLOSURE + " x" * 2500, "mark": "m1"}
    assert is_shown(at.post(f"/talk/{talk.ref}/", too_long))
    assert is_shown(at.post("/talk/search/", {"words": DISCLOSURE}))
    assert is_shown(at.post("/stories/write/", {"words": DISCLOSURE, "do": "look"}))
    assert is_shown(at.post(f"/talk/{talk.ref}/breather/", {"words": DISCLOSURE, "mark": ""}))
    kept = at.post("/stories/write/", {"words": DISCLOSURE, "audience": "me", "do": "keep"})
    assert kept["Location"].endswith("?kept")
    assert is_shown(at.get(kept["Location"]))
    assert not is_shown(at.post("/stories/write/", {"words": PLAIN, "do": "look"}))


def test_on_the_begin_page(client, open_place):
    assert is_shown(client.post("/", {"words": DISCLOSURE}))
    assert not is_shown(client.post("/", {"words": PLAIN}))
    assert not is_shown(client.get("/"))


def test_names_are_no_place_for_it(client, ana, talk):
    page = signed_in(client, ana).post(f"/talk/{talk.ref}/name/", {"name": DISCLOSURE * 3}).content.decode()
    assert SHOWN not in page


def test_off_is_off_everywhere(client, ana, talk):
    at, address = signed_in(client, ana), f"/talk/{talk.ref}/"
    assert OFF in at.get(address).content.decode()
    done = at.post("/me/strip/", {"on": "no", "country": ""})
    assert (done.status_code, done["Location"]) == (302, "/me/")
    at.post(address, {"words": DISCLOSURE, "mark": "m1"})
    for page in (f"{address}?kept", address, "/stories/write/", "/talk/search/", "/me/strip/"):
        assert OFF not in at.get(page).content.decode()
    at.post("/me/strip/", {"on": "yes", "country": ""})
    assert is_shown(at.get(f"{address}?kept"))


def test_two_ways_of_the_country_one_chose(client, ana, talk, open_place):
    at, address = signed_in(client, ana), f"/talk/{talk.ref}/?kept"
    at.post("/me/strip/", {"on": "yes", "country": "GB"})
    at.post(f"/talk/{talk.ref}/", {"words": DISCLOSURE, "mark": "m1"})
    strip = at.get(address).content.decode().split("data-strip")[1].split("</crisis-strip>")[0]
    two = strip.split('class="two"')[1].split("</ul>")[0]
    assert two.count("<li>") == 2
    assert ("116 123" in two, "999" in strip, "18:00 to 22:00" in strip) == (True, True, True)
    for href in ("/safety/check-in/", "/help/?country=GB", "/help/#grounding", "/help/supporting/"):
        assert f'href="{href}"' in strip
    change_oneself(prefers={"country": ""}, by=ana)
    strip = at.get(address).content.decode().split("data-strip")[1].split("</crisis-strip>")[0]
    assert ('class="two"' in strip, 'href="/help/"' in strip) == (False, True)


def test_supporting_is_for_everybody(client, ana):
    for one in (client, signed_in(client, ana)):
        page = one.get("/help/supporting/")
        assert (page.status_code, "Asking makes nothing worse" in page.content.decode()) == (200, True)


def rows() -> dict[str, int]:
    """How many rows each table of both databases holds."""
    return {
        model._meta.label: model._default_manager.using(database).count()
        for database in ("default", "keys")
        for model in apps.get_models()
        if not model._meta.proxy and _is_in(model, database)
    }


def _is_in(model, database: str) -> bool:
    return router.allow_migrate_model(database, model)


def what_is_left(say) -> tuple[dict, list, list]:
    """What `say` adds: rows by table, lines of the log by what they are called."""
    before = rows()
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record):
            heard.append(f"{record.name} {record.levelname} {record.msg}")

    ear = Ear(level=0)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(ear)
    root.setLevel(0)
    try:
        with structlog.testing.capture_logs() as told:
            say()
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    after = rows()
    return {name: after[name] - before[name] for name in after}, heard, told


def test_a_disclosure_leaves_no_trace(client, ana, talk):
    """Beside the message itself, everything is as with any other words: rows, ledger, log, facts."""
    at, address = signed_in(client, ana), f"/talk/{talk.ref}/"
    at.post(address, {"words": "The first word is told to the other.", "mark": "m0"})
    left, facts = {}, {}
    for mark, words in (("m1", PLAIN), ("m2", DISCLOSURE)):
        left[mark] = what_is_left(
            lambda words=words, mark=mark: [
                at.post(address, {"words": words, "mark": mark}),
                at.get(f"{address}?kept"),
            ]
        )
        row = Message.objects.get(mark=mark)
        told = {one.name: getattr(row, one.attname) for one in Message._meta.fields}
        own = ("id", "ref", "number", "mark", "words", "digest", "made_at")
        facts[mark] = {name: value for name, value in told.items() if name not in own}
    assert left["m1"] == left["m2"]
    assert sum(left["m1"][0].values()) >= 1
    assert facts["m1"] == facts["m2"]
    ana.refresh_from_db()
    assert "strip" not in ana.prefers


def test_it_is_never_delayed_or_changed(ana, talk):
    (outcome,) = send_messages([Draft(ana.ref, talk.ref, "m1", DISCLOSURE)])
    assert (outcome.refused, outcome.number, Message.objects.get().words) == (None, 1, DISCLOSURE)
