"""The papers say what is true of this place: its settings, its tables, its rules."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from beenthere.conversations.core.holding import WHOLE_DAYS
from beenthere.foundation.place import ASKING, tell_place
from beenthere.foundation.refs import SITE
from beenthere.foundation.registry import TABLES
from beenthere.matching.core.meeting import APART_FOR
from beenthere.people.access import LASTS
from beenthere.people.actions.mail import ADDRESS_LASTS
from beenthere.safety.actions.reporting import KEPT as REPORTS_KEPT
from beenthere.safety.queries.papers import PAPERS, as_markdown, facts_here, papers_here
from beenthere.safety.queries.papers.kept import rows

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def text_of(name: str) -> str:
    return as_markdown(papers_here()[name])


@pytest.mark.parametrize("name", list(PAPERS))
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_is_a_page_and_a_file_for_everybody(name, language):
    with translation.override(language):
        page = Client().get(f"/safety/papers/{name}/", headers={"Accept-Language": language})
        file = Client().get(f"/safety/papers/{name}/file/", headers={"Accept-Language": language})
    text = file.content.decode()
    assert (page.status_code, file.status_code, file["Content-Type"]) == (
        200,
        200,
        "text/markdown; charset=utf-8",
    )
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    shown = re.findall(r"<h2>(.*?)</h2>", page.content.decode())
    assert (len(headings) > 1, [one.replace("&#x27;", "'") for one in shown]) == (True, headings)


def test_what_is_kept_is_every_table_and_nothing_else():
    told = [row[0] for row in rows()]
    there = sorted(model._meta.label for model in apps.get_models(include_auto_created=True))
    assert told == there
    assert {label.lower() for label in told} == set(TABLES)


def test_the_days_that_are_told_are_the_days_that_are_kept():
    """Each promise of a number of days stands beside the constant by which rows go."""
    told = {row[0]: str(row[2]) for row in rows()}
    assert {
        told["safety.Report"]: REPORTS_KEPT,
        told["matching.Introduction"]: APART_FOR,
        told["conversations.Held"]: WHOLE_DAYS,
    } == {
        "90 days after it closes": timedelta(days=90),
        "90 days after it ended": timedelta(days=90),
        "until the eighth day": timedelta(days=7),
    }
    assert [LASTS.days, ADDRESS_LASTS.days] == [60, 90]


def test_the_notice_says_how_this_place_is_set(settings):
    assert ("This place sends no mail." in text_of("privacy")) is True
    settings.PLACE = settings.PLACE.model_copy(
        update={
            "address": "https://hearth.example",
            "k": 12,
            "mail": type(settings.PLACE.mail)("smtps://a:b@post.example:465"),
        }
    )
    told = text_of("privacy")
    assert [
        sentence in told
        for sentence in (
            "at https://hearth.example.",
            "at least 12 people",
            "post.example carries the mail",
            "encrypted on the way",
            "This place sends no mail.",
        )
    ] == [True, True, True, True, False]
    assert ["a:b" in told, "smtps" in told] == [False, False]


def test_the_terms_hold_the_rules_of_this_place():
    tell_place(name="Hearth", rules="Be kind.\n\nNo {braces} | here.", joining=ASKING, by=SITE)
    told = text_of("terms")
    assert ["- Be kind." in told, "- No {braces} | here." in told, "let in by a steward" in told] == [
        True,
        True,
        True,
    ]
    assert (facts_here().name, "This place is for adults." in told) == ("Hearth", True)


def test_an_unknown_paper_is_not_there():
    assert [Client().get(f"/safety/papers/{name}/").status_code for name in ("none", "privacy.md")] == [
        404,
        404,
    ]


def test_the_api_gives_the_same():
    names = [one["name"] for one in Client().get("/api/v1/papers").json()]
    assert names == list(PAPERS)
    assert Client().get("/api/v1/papers/court").json()["text"] == text_of("court")
