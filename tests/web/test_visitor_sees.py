"""Of pieces, a visitor sees those for anyone that their authors also listed, and no others."""

import re

import pytest
from django.urls import reverse

from beenthere.people.actions import delete_person
from beenthere.people.models import ASKING, SUSPENDED, Person
from beenthere.stories.actions import write_piece
from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS
from tests import cast

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("open_place"),
]
HIDDEN = [(ME, True), (INTRODUCED, True), (MEMBERS, True), (MEMBERS, False), (ANYONE, False)]


def written(audience: str, listed: bool, words: str, by=None):
    about = {"experiences": [], "language": "en"}
    by = by or cast.person("Cleo Zimbabuena")
    return write_piece(words=words, about=about, audience=audience, listed=listed, quotable=True, by=by)


def words_on(page) -> list[str]:
    return re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page.content.decode())


def test_only_listed_pieces_are_seen(client):
    for number, (audience, listed) in enumerate(HIDDEN):
        written(audience, listed, f"secret cup {number}")
    written(ANYONE, True, "I still set two cups out.")
    landing = client.get("/")
    assert words_on(landing) == ["I still set two cups out."]
    nobody = client.post("/", {"words": "qwerty"})
    assert words_on(nobody) == ["qwerty", "I still set two cups out."]
    for page in (landing, nobody):
        assert "secret cup" not in page.content.decode()
        assert "Zimbabuena" not in page.content.decode()


def test_a_few_is_a_few(client):
    for number in range(5):
        written(ANYONE, True, f"piece {number}")
    assert words_on(client.get("/")) == ["piece 4", "piece 3", "piece 2"]
    assert words_on(client.post("/", {"words": "qwerty"})) == ["qwerty", "piece 4", "piece 3"]


def test_what_its_author_took_along_is_not_seen(client):
    author = cast.person("Cleo")
    written(ANYONE, True, "gone with its author", by=author)
    delete_person(person=author, by=author)
    assert words_on(client.get("/")) == []


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_first_screen_asks_as_much_for_one_as_for_three(client, pieces, django_assert_max_num_queries):
    for number in range(pieces):
        written(ANYONE, True, f"piece {number}")
    client.get("/")
    with django_assert_max_num_queries(2):
        client.get("/")


def places_on(page) -> list[str]:
    return re.findall(
        r'<a href="([^"]+)"', re.search(r'<nav class="places".*?</nav>', page.content.decode())[0]
    )


def test_the_places_of_a_visitor_and_of_a_member(client):
    assert places_on(client.get("/")) == ["/about/", "/stories/", "/sign-in/"]
    cast.signed_in(client, cast.person("Ana"))
    assert places_on(client.get("/about/")) == ["/today/", "/talk/", "/stories/", "/safety/", "/me/"]


@pytest.mark.parametrize("standing", [ASKING, SUSPENDED])
def test_who_takes_no_part_finds_safety(client, standing):
    cast.signed_in(client, cast.person("Ana"))
    Person.objects.update(standing=standing)
    assert places_on(client.get("/about/")) == ["/about/", "/safety/", "/me/"]


def test_today_is_for_members(client):
    assert client.get(reverse("today")).headers["Location"] == "/sign-in/?next=%2Ftoday%2F"
    ana = cast.person("Ana")
    cast.signed_in(client, ana)
    client.post("/today/room/", {"capacity": "5"})
    client.post("/today/room/", {"capacity": "99"})
    ana.refresh_from_db()
    assert ana.capacity == 5
    client.post("/today/room/", {"act": "pause"})
    ana.refresh_from_db()
    assert ana.paused_at is not None
    assert "You are taking a pause" in client.get("/today/").content.decode()
    client.post("/today/room/", {"act": "resume"})
    ana.refresh_from_db()
    assert ana.paused_at is None
