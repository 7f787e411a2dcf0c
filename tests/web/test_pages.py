"""The first screen and the plain pages, as a visitor meets them."""

import logging
import re

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory

from beenthere.web import told, views

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("open_place"),
]
PAGES = ["/", "/help/", "/help/?country=ES", "/leaving/", "/about/", "/pairing/", "/rules/", "/gallery/"]
WORDS = "My mum died two years ago zanzibarine"


@pytest.fixture
def understood(monkeypatch):
    """What the page is told the words speak of."""
    found = [("loss-of-a-parent", "finding my way"), ("loneliness", None)]
    monkeypatch.setattr(told, "suggested_in", lambda words: found if "mum" in words else [])


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_the_way_out_and_help(address):
    response = Client().get(address)
    html = text_of(response)
    assert response.status_code == 200
    assert 'id="leave" href="/leave/" data-to="https://www.wikipedia.org/" rel="nofollow"' in html
    assert 'href="/help/"' in html
    assert '<a class="skip unseen" href="#main">' in html


@pytest.mark.parametrize("address", [*PAGES, "/nowhere/"])
def test_no_page_is_stored_and_every_page_is_guarded(address):
    headers = Client().get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    nothing = {name for name, value in policy.items() if name.endswith("-src") and value == "'none'"}
    assert nothing == {"default-src", "object-src"}
    assert {value for name, value in policy.items() if name.endswith("-src")} == {"'self'", "'none'"}


def test_the_first_screen_says_what_is_true():
    html = text_of(Client().get("/"))
    assert "Talk with someone who has been there." in html
    assert "No account yet. Your words are not kept unless you choose." in html
    assert "Stewards are here" not in html
    assert 'href="/help/#under-18"' in html


def test_words_are_answered_with_what_was_understood(understood):
    html = text_of(Client().post("/", {"words": WORDS}))
    assert re.findall(r'<b dir="auto">(.*?)</b>', html) == ["Loss of a parent", "Feeling alone"]
    assert re.findall(r'<option value="[^"]+" selected>(.*?)</option>', html) == ["finding my way"]
    assert "Nobody here yet who said this" in html
    assert "Nothing is kept before that." in html
    assert WORDS in html


def test_words_that_name_nothing_known_are_not_blamed(understood):
    assert "not your words being wrong" in text_of(Client().post("/", {"words": "qwerty"}))


def test_words_leave_no_trace(understood, caplog):
    caplog.set_level(logging.DEBUG)
    client = Client()
    response = client.post("/", {"words": WORDS})
    assert response.request["QUERY_STRING"] == ""
    assert "zanzibarine" not in caplog.text
    assert "zanzibarine" not in "".join(morsel.OutputString() for morsel in client.cookies.values())
    assert "zanzibarine" not in text_of(client.get("/"))


def test_words_in_the_address_are_not_read(understood):
    html = text_of(Client().get("/", {"words": WORDS}))
    assert "zanzibarine" not in html.split("<main")[1]


@pytest.mark.parametrize("words", ["", "   \r\n "])
def test_an_empty_box_is_kindly_answered(words):
    response = Client().post("/", {"words": words})
    assert response.status_code == 422
    assert "The box is empty. A few words are enough" in text_of(response)


def test_too_many_words_are_kept_in_the_box(understood):
    response = Client().post("/", {"words": "w" * 4001})
    assert response.status_code == 422
    assert "4001 characters, and 4000 is the most. Nothing is lost" in text_of(response)
    assert "w" * 4001 in text_of(response)


def test_a_line_break_counts_as_one_character(understood):
    assert Client().post("/", {"words": "mum\r\n" * 1000}).status_code == 200


def test_words_are_escaped(understood):
    html = text_of(Client().post("/", {"words": "mum <script>alert(1)</script>"}))
    assert "<script>alert" not in html


def test_a_stale_form_gives_the_words_back():
    response = Client(enforce_csrf_checks=True).post("/", {"words": WORDS})
    assert response.status_code == 403
    assert "This page waited too long" in text_of(response)
    assert WORDS in text_of(response)


def test_a_page_that_is_not_there():
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "This page is not here" in text_of(response)


def test_too_large_a_request(settings):
    response = Client().post("/", {"words": "w" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code in (413, 422)
    request = RequestFactory().get("/")
    assert views.bad_request(request, RequestDataTooBig()).status_code == 413
    assert views.bad_request(request, ValueError()).status_code == 400
    assert "That is more than fits" in text_of(views.bad_request(request, RequestDataTooBig()))


def test_a_page_that_breaks(monkeypatch):
    def broken(words):
        raise RuntimeError(words)

    monkeypatch.setattr(told, "suggested_in", broken)
    response = Client(raise_request_exception=False).post("/", {"words": WORDS})
    assert response.status_code == 500
    assert "Something broke on our side" in text_of(response)
    assert "zanzibarine" not in text_of(response)


def test_a_demo_says_so_on_every_page(monkeypatch):
    assert "This is a demo" not in text_of(Client().get("/"))
    monkeypatch.setattr(settings.PLACE, "demo", True)
    assert "This is a demo. Everyone here is made up" in text_of(Client().get("/about/"))


def test_the_pairing_door_leads_to_how_to_run_it_where_it_may_not_open():
    assert '<a href="/pairing/">Look after a group?' in text_of(Client().get("/"))
    assert "python3 run.py pair" in text_of(Client().get("/pairing/"))


def test_another_language_is_one_button_away():
    client = Client()
    assert '<button type="submit" name="language" value="es" lang="es">Español</button>' in text_of(
        client.get("/")
    )
    response = client.post("/i18n/setlang/", {"language": "es", "next": "/help/?country=ES"})
    assert response.headers["Location"] == "/help/?country=ES"
    assert '<html lang="es"' in text_of(client.get("/"))


def test_another_place_is_never_the_next():
    response = Client().post("/i18n/setlang/", {"language": "es", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
