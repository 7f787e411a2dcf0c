"""Who may open the local page: this machine's own browser, and nobody else."""

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client, RequestFactory

from beenthere.matching import actions
from beenthere.matching.access import get_open_sheet_for, is_local

from .conftest import ANA_AND_BEN

ADDRESSES = ["/pair/", "/pair/example/", "/pair/forgotten/"]
OF_A_SHEET = ["", "columns/", "run/", "progress/", "hold/", "why/", "table/pairs.csv/", "left/", "forget/"]


@pytest.mark.parametrize(
    ("host", "address", "more", "here"),
    [
        ("localhost", "127.0.0.1", {}, True),
        ("localhost:8000", "::1", {}, True),
        ("127.0.0.1:8000", "127.0.0.1", {}, True),
        ("[::1]:8000", "::1", {}, True),
        ("localhost", "192.168.1.9", {}, False),
        ("localhost", "", {}, False),
        ("localhost", "not an address", {}, False),
        ("testserver", "127.0.0.1", {}, False),
        ("localhost", "127.0.0.1", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ("localhost", "127.0.0.1", {"HTTP_FORWARDED": "for=1.2.3.4"}, False),
    ],
)
def test_who_is_local(local, host, address, more, here):
    request = RequestFactory().get("/pair/", HTTP_HOST=host, REMOTE_ADDR=address, **more)
    assert is_local(request) is here


@pytest.fixture
def ref() -> str:
    return actions.open_sheet(content=ANA_AND_BEN, name="people.csv", by=None).ref


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_served_site_has_no_such_pages(ref, method):
    assert settings.PLACE.local_tools is False
    browser = Client(HTTP_HOST="localhost")
    addresses = [*ADDRESSES, *(f"/pair/{ref}/{one}" for one in OF_A_SHEET)]
    answers = {address: getattr(browser, method)(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 404)
    page = browser.get("/pairing/").content.decode()
    assert "python3 run.py pair" in page
    assert 'href="/pair/"' not in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("stranger", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_HOST": "testserver"}])
def test_strangers_find_nothing(local, ref, method, stranger):
    browser = Client(**{"HTTP_HOST": "localhost", **stranger})
    addresses = [*ADDRESSES, *(f"/pair/{ref}/{one}" for one in OF_A_SHEET)]
    answers = {address: getattr(browser, method)(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 404)


def test_a_name_that_points_here_is_refused(local, ref):
    """DNS rebinding: a page elsewhere gives its own name the address 127.0.0.1."""
    browser = Client(HTTP_HOST="evil.example")
    assert [browser.get(f"/pair/{ref}/").status_code, browser.get("/pair/").status_code] == [400, 400]


def test_a_form_without_proof_is_refused(local, ref):
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    posted = [
        "/pair/",
        *(f"/pair/{ref}/{one}/" for one in ("columns", "run", "hold", "why", "left", "forget")),
    ]
    assert {address: browser.post(address).status_code for address in posted} == dict.fromkeys(posted, 403)


def test_the_gate_answers_the_same_for_gone_and_never_there(local, ref, desk):
    request = RequestFactory().get("/", HTTP_HOST="localhost")
    assert get_open_sheet_for(request, ref).ref == ref
    actions.forget_sheet(sheet=desk.find(ref), by=None)
    for other in (ref, "0" * 32, "", "a"):
        with pytest.raises(Http404):
            get_open_sheet_for(request, other)
