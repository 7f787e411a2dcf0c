"""Every request knows who asks, with one query; a page for members leads to the door and back."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone, translation

from beenthere.foundation import clock, wire
from beenthere.people.access import member_of, sign_in_of_token
from beenthere.people.actions import sign_in, sign_out, sign_out_everywhere
from beenthere.people.events import SIGNED_OUT
from beenthere.people.models import SignIn
from beenthere.web.urls import urlpatterns as pages
from tests.cast import person, signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.urls("tests.people.test_signed_in"),
]


def who_is_there(request):
    name = request.person.name if request.person else "nobody"
    return HttpResponse(f"{name} {translation.get_language()} {timezone.get_current_timezone_name()}")


def for_members(request):
    return HttpResponse(member_of(request).name)


urlpatterns = [path("who/", who_is_there), path("members/", for_members), *pages]


def test_a_visitor_is_nobody(client):
    assert client.get("/who/").content == b"nobody en UTC"


def test_a_member_is_known_in_their_own_language_and_time(client):
    signed_in(client, person("Ana", language="es", timezone="Europe/Madrid"))
    assert client.get("/who/").content == b"Ana es Europe/Madrid"
    assert client.get("/members/").content == b"Ana"


def test_what_this_browser_chose_goes_before(client):
    signed_in(client, person("Ana", language="es"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/who/").content == b"Ana en Europe/London"


def test_an_unknown_time_zone_harms_nothing(client):
    signed_in(client, person("Ana", timezone="Nowhere/../etc"))
    assert client.get("/who/").content == b"Ana en UTC"


def test_one_query_a_request(client, django_assert_num_queries):
    signed_in(client, person())
    with django_assert_num_queries(1):
        client.get("/who/")


def test_a_member_page_leads_to_the_door_and_back(client):
    there = client.get("/members/?a=1&b=2")
    assert (there.status_code, there["Location"]) == (302, "/sign-in/?next=%2Fmembers%2F%3Fa%3D1%26b%3D2")
    assert client.post("/members/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("standing", ["asking", "suspended"])
def test_who_is_no_member_is_led_to_what_is_theirs(client, standing):
    ana = person()
    type(ana).objects.filter(pk=ana.pk).update(standing=standing)
    signed_in(client, ana)
    assert client.get("/members/")["Location"] == "/me/"


def test_a_forged_or_long_cookie_opens_nothing(client):
    for token in ("x" * 43, "x" * 5000, "ñ"):
        client.cookies[settings.SIGN_IN_COOKIE] = token
        assert client.get("/who/").content == b"nobody en UTC"


def test_it_ends_sixty_days_after_it_was_last_seen(client):
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        signed_in(client, person())
        hands.move(59 * 86400)
        seen = client.get("/who/")
        assert seen.cookies[settings.SIGN_IN_COOKIE]["httponly"] is True
        assert seen.cookies[settings.SIGN_IN_COOKIE]["samesite"] == "Lax"
        hands.move(59 * 86400)
        assert client.get("/who/").content.startswith(b"Ana")
        hands.move(61 * 86400)
        assert client.get("/who/").content.startswith(b"nobody")


def test_seen_is_written_every_five_minutes_at_most(client, django_assert_num_queries):
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        signed_in(client, person())
        hands.move(299)
        client.get("/who/")
        assert SignIn.objects.get().seen_at == datetime(2026, 1, 1, tzinfo=UTC)
        hands.move(1)
        client.get("/who/")
        assert SignIn.objects.get().seen_at == datetime(2026, 1, 1, 0, 5, tzinfo=UTC)


def test_the_token_is_not_stored_and_signing_out_ends_it():
    ana, heard = person(), []
    wire.subscribe(SIGNED_OUT, heard.append)
    row, token = sign_in(person=ana, device="A phone", by=ana)
    assert token not in str(SignIn.objects.values().get())
    assert sign_in_of_token(token) == row
    sign_out(sign_in=row, by=ana)
    assert (sign_in_of_token(token), heard) == (None, [row.ref])


def test_signing_out_everywhere_else_keeps_this_browser():
    ana, ben, heard = person(), person("Ben"), []
    here, there, his = (sign_in(person=one, device="x", by=one)[0] for one in (ana, ana, ben))
    wire.subscribe(SIGNED_OUT, heard.append)
    sign_out_everywhere(person=ana, but=here, by=ana)
    assert (set(SignIn.objects.all()), heard) == ({here, his}, [there.ref])
    sign_out_everywhere(person=ana, by=ana)
    assert set(SignIn.objects.all()) == {his}


def test_two_browsers_are_two():
    ana, ben = person(), person("Ben")
    one, two = signed_in(Client(), ana), signed_in(Client(), ben)
    assert (one.get("/members/").content, two.get("/members/").content) == (b"Ana", b"Ben")
