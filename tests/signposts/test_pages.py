"""Help now, and the way out, as a visitor meets them."""

import re
from datetime import date

import pytest
from django.test import Client

from beenthere.signposts import queries

# The five rows whose number nobody found at a source: (country, name).
UNREAD = [
    ("PL", "Kryzysowy Telefon Zaufania"),
    ("EE", "Hingehoiu telefon"),
    ("LU", "SOS Détresse"),
    ("IL", "ERAN Emotional First Aid"),
    ("KE", "Kenya Red Cross mental health hotline"),
]


def page(address: str, **headers: str) -> str:
    response = Client(headers=headers).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_table_holds_rows_that_could_leak():
    unread = [(line.country, line.name) for line in queries.known_lines() if line.verified_on is None]
    assert unread == UNREAD


@pytest.mark.parametrize(("country", "name"), UNREAD)
def test_an_unverified_row_never_shows(country, name):
    assert name not in page(f"/help/?country={country}")


def test_every_country_shows_its_lines_and_its_emergency_number():
    for country in sorted({line.country for line in queries.known_lines()}):
        found = queries.help_in(country, on=date(2026, 11, 22))
        calls = {f"tel:{number}" for line in found.lines for _, number in line.calls}
        shown = set(re.findall(r'href="(tel:[^"]+)"', page(f"/help/?country={country}")))
        assert calls < shown, country


def test_help_in_spain():
    html = page("/help/?country=ES")
    assert 'href="tel:024"' in html
    assert 'href="tel:112"' in html
    assert "November 22, 2026" in html
    assert "If nobody answers" in html


def test_a_text_line_says_its_word():
    html = page("/help/?country=US")
    assert 'href="sms:741741"' in html
    assert "Text HOME to 741741" in html


def test_a_country_may_be_named():
    assert 'href="tel:024"' in page("/help/?country=Espa%C3%B1a")


def test_an_unknown_country_is_kindly_answered_and_not_repeated():
    html = page("/help/?country=%3Cscript%3EAtlantis")
    assert "We do not know that country" in html
    assert "Atlantis" not in html.split("<main")[1]


def test_a_country_without_a_line_says_so():
    html = page("/help/?country=AD")
    assert "We know no line there yet" in html
    assert "findahelpline.com" in html


def test_a_country_without_a_number_we_are_sure_of_says_so():
    assert "We are not sure of the emergency number there" in page("/help/?country=AQ")


def test_the_country_is_never_guessed():
    html = page("/help/", **{"accept-language": "es-ES,es"})
    assert " selected>" not in html
    assert "tel:024" not in html


def test_links_outside_carry_no_referrer():
    for link in re.findall(r'<a [^>]*href="https?:[^>]*>', page("/help/?country=GB")):
        assert "noreferrer" in link


def test_old_lines_are_said_to_be_old(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2027, 9, 1))
    assert "more than half a year ago" in page("/help/?country=ES")


def test_what_leaving_does_is_said():
    html = page("/leaving/")
    assert "What it does not do" in html
    assert "www.wikipedia.org" in html
