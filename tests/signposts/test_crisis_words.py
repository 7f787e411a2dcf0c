"""The page of crisis words, the command and the address of the rules."""

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from beenthere.cli.commands import app
from beenthere.signposts.core.crisis import lanes_in
from beenthere.signposts.queries.crisis_rules import chat_rate, rates, the_file

from .crisis_words import COUNTS, HALVES, SUITE

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_page_shows_every_rule_and_what_was_measured():
    response = Client().get("/help/words/")
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert text.count("<dt lang=") == sum(len(rules) for rules in the_file().rules.values())
    assert "/static/signposts/crisis.json" in text
    assert "39 of 95 (41.1 %)" in text


def test_what_is_published_is_what_was_counted():
    last = {half: {} for half in HALVES}
    for rate in rates():
        half = rate.language if rate.half == "seen" else f"{rate.language}.{rate.half}"
        last[half][rate.lane] = rate.last[0]
    assert last == COUNTS
    some, every = chat_rate()
    assert some / every <= 0.01


def test_what_comforts_is_rarely_taken_for_harm():
    """Lines anybody says, written against the rules. Who says one of the few is asked before it is sent."""
    lines = (SUITE / "ordinary.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if lanes_in(line.split("\t")[1]) & {"urging", "method"}]
    assert (len(asked), len(lines)) == (17, 121)


def test_the_api_says_where_the_rules_are():
    assert Client().get("/api/v1/crisis/rules").json() == {
        "version": "3",
        "languages": ["en", "es"],
        "lanes": ["disclosure", "urging", "method", "other"],
        "rules": "/static/signposts/crisis.json",
        "page": "/help/words/",
    }


def test_the_command_says_the_lanes():
    told = CliRunner().invoke(app, ["crisis", "kms", "--json"])
    assert told.exit_code == 1
    found = {"lane": "disclosure", "start": 0, "end": 3}
    assert json.loads(told.output) == {"lanes": ["disclosure"], "found": [found]}
    told = CliRunner().invoke(app, ["crisis", "-"], input="I am fine.")
    assert (told.exit_code, told.output.count("\n")) == (0, 1)
    told = CliRunner().invoke(app, ["crisis", "-"], input="go and kill yourself")
    assert told.exit_code == 1
    assert "“kill yourself”" in told.output
    assert CliRunner().invoke(app, ["crisis", "-"], input=b"\xff").exit_code == 2
