"""The door of the demo: in a demo anybody fictional can be signed in to, and nowhere else is it there."""

import pytest
from django.conf import settings
from django.test import Client

from beenthere.people.models import SignIn
from beenthere.stories.actions import write_piece
from beenthere.web import demo_door
from beenthere.web.demo_door import Roll, keep_roll
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DOOR = "/demo/"
SHOWN = "I kept the coat of my mother in the hall for a year and a day and then I wore it"
LONG = f"{SHOWN} to the market and back home in rain, with my hands in her pockets."


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """Ana and Ben of a demo, by key; beside them a newcomer who is on no roll."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings.PLACE, "demo", True)
    people = {"zoe": person("Zoë"), "ben": person("Ben"), "ana": person("Ana")}
    write_piece(words=LONG, about={}, audience="members", quotable=True, by=people["ana"])
    write_piece(words="unquotable", about={}, audience="members", by=people["ben"])
    keep_roll(Roll(people={key: one.ref for key, one in people.items()}, whole=True))
    person("Newcomer")
    return people


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    "words, line",
    [
        (LONG, f"{SHOWN} to the market…"),
        ("She left. Why? " + LONG, "She left. Why?"),
        ("مات أبي. " + LONG, "مات أبي."),
    ],
)
def test_a_line_of_theirs_ends_where_a_sentence_does(words, line):
    assert demo_door._line_of(words) == line


def test_everybody_fictional_is_listed_and_nobody_else(demo):
    html = text_of(Client().get(DOOR))
    assert [html.count(f'<li class="sheet" id="{key}">') for key in ("ana", "ben", "zoe")] == [1, 1, 1]
    assert html.count('<li class="sheet"') == 3
    assert html.index('id="ana"') < html.index('id="ben"') < html.index('id="zoe"')
    assert html.count(f"{SHOWN} to the market…") == 1
    assert [word in html for word in ("Newcomer", "unquotable", "back home in rain")] == [False] * 3
    assert [one.ref in html for one in demo.values()] == [False] * 3
    assert html.count("made up</span>") == 3


def test_a_button_signs_in_as_the_one_who_was_chosen(demo):
    client = Client()
    answer = client.post(DOOR, {"who": "ben"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")
    assert client.get(DOOR).wsgi_request.person == demo["ben"]
    (row,) = SignIn.objects.select_related("person")
    assert (row.person.ref, row.device) == (demo["ben"].ref, "demo")
    cookie = answer.cookies[settings.SIGN_IN_COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_to_be_somebody_else_ends_the_sign_in_before(demo):
    client = Client()
    client.post(DOOR, {"who": "ben"})
    client.post(DOOR, {"who": "ana"})
    assert [row.person.ref for row in SignIn.objects.select_related("person")] == [demo["ana"].ref]
    assert client.get(DOOR).wsgi_request.person == demo["ana"]


def test_outside_of_a_demo_there_is_no_such_page(demo, monkeypatch):
    monkeypatch.setattr(settings.PLACE, "demo", False)
    client = signed_in(Client(), demo["zoe"])
    answer = client.get(DOOR)
    assert (answer.status_code, "Ana" in text_of(answer)) == (404, False)
    assert client.post(DOOR, {"who": "ana"}).status_code == 404
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize("who, status", [("newcomer", 404), ("", 400), ("../ana", 400), ("a" * 41, 400)])
def test_nobody_who_is_not_on_the_roll_can_be_signed_in_to(demo, who, status):
    assert Client().post(DOOR, {"who": who}).status_code == status
    assert SignIn.objects.count() == 0


def test_a_link_signs_nobody_in_and_a_post_proves_where_it_came_from(demo):
    assert Client().get(DOOR, {"who": "ana"}).status_code == 200
    assert Client(enforce_csrf_checks=True).post(DOOR, {"who": "ana"}).status_code == 403
    assert Client().put(DOOR).status_code == 405
    assert SignIn.objects.count() == 0


def test_who_deleted_themselves_is_not_listed(demo):
    from beenthere.people.actions import delete_person

    delete_person(person=demo["ben"], by=demo["ben"])
    html = text_of(Client().get(DOOR))
    assert [f'id="{key}"' in html for key in ("ana", "ben", "zoe")] == [True, False, True]
    assert Client().post(DOOR, {"who": "ben"}).status_code == 404


def test_a_demo_without_people_says_so(demo):
    keep_roll(Roll())
    assert "Nobody is here yet" in text_of(Client().get(DOOR))


@pytest.mark.parametrize("shown", [1, 3])
def test_many_people_cost_no_more_queries(demo, shown, django_assert_num_queries):
    keep_roll(Roll(people={key: one.ref for key, one in list(demo.items())[-shown:]}))
    with django_assert_num_queries(2):
        Client().get(DOOR)
