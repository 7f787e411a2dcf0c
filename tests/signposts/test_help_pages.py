"""Help now as a page: the ways there are, one's own wishes above it, and the copy that a browser keeps."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from beenthere.signposts import queries
from beenthere.signposts.core.lines import for_adults, ways_of
from beenthere.signposts.queries.keeping import files, keeping
from beenthere.ui import slots
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
KEPT = "/help/kept/?country=ES&language=en"


def page(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def test_every_country_has_two_ways_at_least():
    lines = [one for one in queries.known_lines() if one.verified_on]
    for country in sorted({one.country for one in lines}):
        here = for_adults(one for one in lines if one.country == country)
        html = main_of(page(f"/help/?country={country}"))
        one_more = html.count("We know one way here.")
        assert len(ways_of(here)) + one_more >= 2, country
        assert one_more == (len(ways_of(here)) == 1), country
        assert all(way in html for way in ways_of(here)), country


def test_warmlines_stand_last_and_lines_for_the_young_apart():
    html = main_of(page("/help/?country=AU"))
    above, young = html.split('id="under-18"')
    assert above.index("Lifeline Australia") < above.index("QLife")
    assert "Kids Helpline" in young and "Kids Helpline" not in above
    assert "A warmline: someone to talk to before it is a crisis" in above


def test_each_kind_is_explained_once():
    html = main_of(page("/help/"))
    assert re.findall(r"<dt>(.*?)</dt>", html) == [
        "The emergency number", "A crisis line", "A warmline", "A doctor", "Therapy", "A peer group",
        "A line for people under 18",
    ]  # fmt: skip


@pytest.fixture
def wishes(monkeypatch):
    """An upper app, as it will be, that keeps wishes: `wishes(request)` says what it brings."""
    monkeypatch.setitem(slots._filled, "wishes", [])

    def keeps(brings) -> None:
        slots.fill("wishes", "signposts/wishes.html", brings=brings)

    return keeps


def test_nothing_of_my_own_stands_there_until_an_app_keeps_it():
    assert slots.fillings_of("wishes") == ()
    assert "own plan" not in main_of(page("/help/", signed_in(Client(), person("Ana"))))


def test_my_own_wishes_stand_first_when_they_are_open(wishes):
    wishes(lambda request: {"wishes": ["Call <Ben>.", "The blue blanket."]})
    html = main_of(page("/help/?country=ES"))
    own = html.split("<h1")[0]
    assert re.findall(r'<p class="own">(.*?)</p>', own) == ["Call &lt;Ben&gt;.", "The blue blanket."]
    assert "My own plan" not in html


def test_a_closed_door_where_they_are_not(wishes):
    wishes(lambda request: {"plan_door": "/journey/plan/"})
    own = main_of(page("/help/")).split("<h1")[0]
    assert re.findall(r'href="(.*?)">(.*?)<', own) == [("/journey/plan/", "My own plan")]
    assert 'class="own"' not in own


def test_who_has_none_sees_nothing(wishes):
    wishes(lambda request: {})
    above = main_of(page("/help/")).split("<h1")[0]
    assert re.findall(r"<(\w+)", above) == ["div", "div"]  # those of the page itself


def test_the_copy_is_the_same_for_everybody_and_holds_nobody(wishes):
    wishes(lambda request: {"wishes": ["The blue blanket."]})
    ana = signed_in(Client(headers={"accept-language": "es"}), person("Ana"))
    answers = [ana.get(KEPT), Client().get(KEPT)]
    assert answers[0].content == answers[1].content
    html = answers[0].content.decode()
    assert [one for one in ("Ana", "The blue blanket.", "csrf", "/today/", "<form") if one in html] == []
    assert [dict(one.cookies) for one in answers] == [{}, {}]
    assert [one.headers["Content-Language"] for one in answers] == ["en", "en"]


def test_the_copy_speaks_the_language_of_its_address():
    assert '<html lang="es"' in page("/help/kept/?country=ES&language=es")
    assert '<html lang="en"' in page("/help/kept/?country=ES&language=xx")
    assert '<html lang="es"' in page("/help/no-network/?language=es")


def test_the_copy_has_the_lines_of_the_page():
    numbers = r'href="((?:tel|sms):[^"]+)"'
    for country in ("ES", "US", "JP", "AD"):
        live = main_of(page(f"/help/?country={country}"))
        copy = main_of(page(f"/help/kept/?country={country}&language=en"))
        assert re.findall(numbers, copy) == re.findall(numbers, live)


def test_no_copy_of_no_country():
    assert Client().get("/help/kept/").status_code == 404
    assert Client().get("/help/kept/?country=Atlantis").status_code == 404
    assert "<help-keep" not in page("/help/")


def test_what_is_kept_is_what_the_copy_asks_for():
    """Its pages name these files and no other; the fonts are those that our languages need."""
    asked = set()
    kept = keeping("ES", "en")
    for address in kept.pages:
        asked |= set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page(address)))
    fonts = {one for one in files() if one.endswith(".woff2")}
    assert asked | fonts == set(kept.files)
    css = Path(finders.find("ui/fonts.css")).read_text()
    assert all(one.rsplit("/", 1)[1] in css for one in fonts)


def test_the_pages_kept_are_two_in_each_language_the_readers_first():
    assert keeping("ES", "es").pages == (
        "/help/kept/?country=ES&language=es",
        "/help/kept/?country=ES&language=en",
        "/help/no-network/?language=es",
        "/help/no-network/?language=en",
    )


def test_the_worker_may_answer_for_the_whole_place():
    answer = Client().get("/help/worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.content.decode().count("cache.put") == 0  # it adds nothing, keep.js does, when asked to


def test_the_worker_knows_the_addresses_that_are_kept():
    script = Client().get("/help/worker.js").content.decode()
    paths = set(re.findall(r'"(/help/[^"]+)"', script))
    assert paths == {one.split("?")[0] for one in keeping("ES", "en").pages}
