"""Other help told in four ways (page, API, command, doctor), and what a place says on top of it."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from typer.testing import CliRunner

from beenthere.cli.commands import app
from beenthere.cli.doctor import other_help
from beenthere.signposts import queries
from beenthere.signposts.core.lines import STALE_AFTER

CORRECTED = """
[[line]]
id = "es-024"
phones = ["900 111 222"]
source = "its own page"
verified_on = 2026-11-20

[[line]]
id = "es-unread"
country = "ES"
name = "Nobody read this"
kind = "warmline"
phones = ["900 333 444"]
hours = "24/7"
languages = ["es"]
source = "word of mouth"
verified_on = ""
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("BEENTHERE_DATA", str(tmp_path))
    return tmp_path / "lines.toml"


def asked(**what) -> dict:
    answer = Client().get("/api/v1/help", what)
    assert answer.status_code == 200, answer.content
    return answer.json()


def commanded(*arguments: str):
    return CliRunner().invoke(app, ["help", *arguments])


@pytest.mark.parametrize("country", ["", "ES", "US", "JP", "AD", "AQ", "Atlantis", "España"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_api_and_the_command_say_the_same(country, language):
    ran = commanded("--country", country, "--language", language, "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.output) == asked(country=country, language=language)


def test_the_api_says_what_the_page_says():
    facts = asked(country="US")
    page = Client().get("/help/?country=US").content.decode()
    assert [one["name"] for one in facts["lines"] if one["name"].replace("&", "&amp;") not in page] == []
    assert facts["emergency"] == [{"said": "Emergency: call 911", "number": "911"}]
    assert facts["checked"] in page
    assert asked(country="AQ")["without_number"] in Client().get("/help/?country=AQ").content.decode()


def test_an_unverified_row_is_in_no_answer():
    unread = {one.id for one in queries.known_lines() if one.verified_on is None}
    assert len(unread) == 5
    told = {line["id"] for code in queries.countries("en") for line in asked(country=code)["lines"]}
    assert told == {one.id for one in queries.known_lines()} - unread


def test_the_api_takes_two_languages_and_no_long_country():
    assert Client().get("/api/v1/help?language=xx").status_code == 422
    assert Client().get("/api/v1/help", {"country": "x" * 61}).status_code == 422
    assert asked(country="ES", language="es")["name"] == "España"


def test_a_place_corrects_a_number_from_the_next_page_on(own):
    assert "tel:024" in Client().get("/help/?country=ES").content.decode()
    own.write_text(CORRECTED)
    page = Client().get("/help/?country=ES").content.decode()
    assert "tel:900111222" in page and "tel:024" not in page
    assert "Nobody read this" not in page
    own.unlink()
    assert "tel:024" in Client().get("/help/?country=ES").content.decode()


@pytest.mark.parametrize("broken", [b"[[line", b"\xff\xfe", b"x" * 1_000_001])
def test_a_file_that_cannot_be_read_leaves_our_lines(own, broken):
    own.write_bytes(broken)
    assert "tel:024" in Client().get("/help/?country=ES").content.decode()
    assert len(queries.the_table().faults) == 1


def test_the_command_checks_the_tables(own):
    ran = commanded("--lint")
    assert (ran.exit_code, ran.output) == (0, f"No fault; you have no file of your own at {own}.\n")
    own.write_text(CORRECTED)
    assert commanded("--lint").output == f"No fault; your own file is {own}.\n"
    own.write_text(CORRECTED.replace('"its own page"', '""'))
    ran = commanded("--lint")
    told = "own line 1 (es-024): who changes how it is reached also says source and verified_on\n"
    assert (ran.exit_code, ran.output) == (1, told)


def test_old_countries_are_named(own):
    read_on = max(one.verified_on for one in queries.known_lines() if one.verified_on)
    everywhere = sorted({one.country for one in queries.known_lines() if one.verified_on})
    assert queries.stale_countries(read_on + STALE_AFTER) == []
    assert queries.stale_countries(read_on + STALE_AFTER + timedelta(days=1)) == everywhere
    own.write_text('[[line]]\nid = "es-024"\nverified_on = "2026-01-01"\n')
    assert queries.stale_countries(date(2026, 11, 22)) == ["ES"]


def test_the_doctor_says_what_is_old_and_what_is_wrong(own):
    def found(day: date) -> list[tuple[str, str]]:
        return [(one.state, one.said.said()) for one in other_help(day)]

    today = date(2026, 11, 22)
    assert found(today) == [("well", "The lines of other help were read within 180 days.")]
    own.write_text('[[line]]\nid = "es-024"\nverified_on = "2026-01-01"\n')
    old = ("beware", "Lines of other help were last read more than 180 days ago, in: ES.")
    assert found(today) == [old]
    own.write_text(own.read_text() + 'kind = "hotline"\n')
    assert [state for state, _ in found(today)] == ["wrong", "well"]
