"""From a stranger's first words to an introduction: each step, what is kept before, and pressing twice."""

import html
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from beenthere.foundation.carried import Stale
from beenthere.matching.actions import tell
from beenthere.matching.models import Card, Telling
from beenthere.matching.queries.cards import cards_of
from beenthere.people.actions import invite
from beenthere.people.models import ADDRESS, ASKING, MEMBER, MailAddress, Person, SignIn
from beenthere.safety.models import Steward
from beenthere.stories.actions import write_piece
from beenthere.stories.models import INTRODUCED, Piece
from beenthere.web.actions import invite_two
from beenthere.web.models import Begun
from beenthere.web.told import first_told, told_in
from tests import cast

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("open_place"),
]
WORDS = "My mum died two years ago zanzibarine"
PASSPHRASE = "seven quiet lanterns by the river"
LOSS = {"experience": "loss-of-a-parent", "known": True, "stand": "finding my way"}


def told_on(response) -> str:
    return html.unescape(re.search(r'name="told" value="([^"]+)"', response.content.decode())[1])


def chips_on(response) -> list[str]:
    return re.findall(r'<b dir="auto">(.*?)</b>', response.content.decode())


def joining(told: str, **more) -> dict:
    given = {"name": "Ana", "adult": "yes", "passphrase": PASSPHRASE, "languages": ["en"]}
    return {**given, "timezone": "Europe/Madrid", "quotable": "on", "told": told, **more}


def somebody_with(words: str = "I still set two cups out since my mother died.") -> Person:
    other = cast.person("Ben")
    write_piece(
        words=words,
        about={"experiences": [LOSS], "language": "en"},
        audience=INTRODUCED,
        quotable=True,
        by=other,
    )
    tell(held={"experiences": [LOSS], "languages": ["en"], "timezone": "Europe/London"}, by=other)
    return other


@pytest.fixture
def told() -> str:
    return told_on(Client().post("/", {"words": WORDS}))


def test_from_first_words_to_an_introduction_in_six_screens(client):
    other = somebody_with()
    screens = [client.get("/"), client.post("/", {"words": WORDS})]
    assert "A few people here have lived through this: <strong>Loss of a parent</strong>" in (
        screens[1].content.decode()
    )
    screens.append(client.post("/begin/", {"told": told_on(screens[-1]), "act": "join"}))
    screens.append(client.post("/begin/join/", joining(told_on(screens[-1])), follow=True))
    assert screens[-1].redirect_chain == [("/begin/here/", 302)]
    assert re.search(r'class="sign-in-name"[^>]*>[a-z]+-[a-z-]+\d*<', screens[-1].content.decode())
    screens.append(client.post("/begin/here/", follow=True))
    assert screens[-1].redirect_chain == [("/today/", 302)]
    ana = Person.objects.exclude(pk=other.pk).get()
    (card,) = cards_of(ana)
    assert f'href="/introductions/{card.ref}/"' in screens[-1].content.decode()
    screens.append(client.get(f"/introductions/{card.ref}/"))
    assert [screen.status_code for screen in screens] == [200] * 6


def test_what_joining_leaves(client, told):
    client.post("/begin/join/", joining(told, languages=["en", "es"], another="pt"))
    ana = Person.objects.get()
    assert (ana.name, ana.standing) == ("Ana", MEMBER)
    assert ana.prefers == {"language": "en", "timezone": "Europe/Madrid"}
    piece = Piece.objects.get()
    assert (piece.words, piece.audience, piece.quotable, piece.listed) == (WORDS, INTRODUCED, True, False)
    loss = {"experience": "loss-of-a-parent", "known": True, "stand": None}
    assert piece.about == {"experiences": [loss], "language": "en"}
    held = Telling.objects.get().held
    assert (held["experiences"], held["languages"]) == ([loss], ["en", "es", "pt"])
    assert SignIn.objects.get().person == ana


def test_words_that_may_not_be_quoted_are_not(client, told):
    given = joining(told)
    del given["quotable"]
    client.post("/begin/join/", given)
    assert Piece.objects.get().quotable is False


def traces_of(text: str) -> list[str]:
    """Where `text` stands: tables of both databases, opened fields too, and files of the data folder."""
    found = []
    for model in apps.get_models():
        for row in model.objects.all():
            values = [getattr(row, field.attname) for field in model._meta.concrete_fields]
            if any(text in str(value) for value in values):
                found.append(model._meta.label)
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file() and text.encode() in path.read_bytes():
            found.append(path.name)
    return found


def test_nothing_is_kept_before_somebody_joins(client, caplog):
    page = client.post("/", {"words": WORDS})
    for step in (
        {"pick": "prison"},
        {"own": "quokkaville"},
        {"take": "0"},
        {"act": "address"},
        {"act": "join"},
    ):
        page = client.post("/begin/", {"told": told_on(page), "words": WORDS, **step})
        assert page.status_code == 200
    page = client.post("/begin/join/", joining(told_on(page), name="Doctor", passphrase="quokkaphrase river"))
    assert page.status_code == 422
    kept = [traces_of(word) for word in ("zanzibarine", "quokka")]
    assert kept == [[], []]
    assert "zanzibarine" not in caplog.text + str(client.cookies)
    assert (Person.objects.count(), Begun.objects.count()) == (0, 0)


def test_the_search_for_traces_finds_them(client, told):
    client.post("/begin/join/", joining(told))
    assert traces_of("zanzibarine") == ["stories.Piece"]


def test_the_form_is_sealed(client, told):
    assert "zanzibarine" not in told
    assert told_in(told).words == WORDS
    changed = told[:-5] + ("AAAAA" if not told.endswith("AAAAA") else "BBBBB")
    with pytest.raises(Stale):
        told_in(changed)
    response = client.post("/begin/", {"told": changed, "words": WORDS})
    assert response.status_code == 403
    assert WORDS in response.content.decode()
    assert client.post("/begin/join/", joining(changed)).status_code == 403
    assert Person.objects.count() == 0


def test_chips_can_be_taken_away_added_and_told_how_they_are(client):
    page = client.post("/", {"words": "My mum died and I looked after my father at home."})
    assert chips_on(page) == ["Loss of a parent", "Caring for someone"]
    page = client.post("/begin/", {"told": told_on(page), "take": "1"})
    assert chips_on(page) == ["Loss of a parent"]
    page = client.post("/begin/", {"told": told_on(page), "add": "prison", "stand-0": "living with it"})
    assert chips_on(page) == ["Loss of a parent", "Prison"]
    assert [one.stand for one in told_in(told_on(page)).chips] == ["living with it", None]
    page = client.post("/begin/", {"told": told_on(page), "add": "my lighthouse"})
    assert chips_on(page) == ["Loss of a parent", "Prison"]
    assert 'name="own" value="my lighthouse"' in page.content.decode()
    page = client.post("/begin/", {"told": told_on(page), "own": "my  lighthouse"})
    assert chips_on(page) == ["Loss of a parent", "Prison", "my lighthouse"]
    page = client.post("/begin/", {"told": told_on(page), "words": "I hear voices."})
    assert chips_on(page) == ["Hearing voices", "Prison", "my lighthouse"]


@pytest.mark.parametrize(
    "sent",
    [
        {"take": "99"},
        {"take": "x"},
        {"pick": "none-of-ours"},
        {"stand-0": "happy"},
        {"add": " "},
        {"own": " "},
    ],
    ids=str,
)
def test_a_change_that_means_nothing_changes_nothing(client, told, sent):
    page = client.post("/begin/", {"told": told, **sent})
    assert (page.status_code, told_in(told_on(page))) == (200, told_in(told))


@pytest.mark.parametrize("address", ["/begin/join/", "/begin/address/"])
def test_someone_younger_is_shown_other_help_and_nothing_is_kept(client, told, address):
    given = joining(told, adult="no", mail="kid@example.org")
    response = client.post(address, given)
    assert "This place is for adults" in response.content.decode()
    assert 'href="/help/#under-18"' in response.content.decode()
    assert (Person.objects.count(), Piece.objects.count(), Begun.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"name": "St\u0435ward"}, "please choose another"),
        ({"name": ""}, "We need something to call you by"),
        ({"passphrase": "short"}, "This is short."),
        ({"passphrase": ""}, "Choose a passphrase"),
        ({"adult": ""}, "this place is for adults"),
        ({"mail": "nowhere"}, "does not look like an e-mail address"),
        ({"languages": []}, "Please choose at least one"),
    ],
)
def test_a_fault_is_said_and_nothing_is_lost(client, told, fault, said):
    response = client.post("/begin/join/", joining(told, **fault))
    shown = response.content.decode()
    assert response.status_code == 422
    assert said in html.unescape(shown)
    assert WORDS in shown
    assert told_in(told_on(response)) == told_in(told)
    assert Person.objects.count() == 0


def test_a_second_press_leads_to_the_same_place(told):
    once, twice = Client(), Client()
    for browser in (once, twice):
        response = browser.post("/begin/join/", joining(told))
        assert (response.status_code, response.headers["Location"]) == (302, "/begin/here/")
    names = [
        re.search(r'sign-in-name"[^>]*>([^<]+)<', one.get("/begin/here/").content.decode())
        for one in (once, twice)
    ]
    assert names[0][1] == names[1][1]
    assert (Person.objects.count(), Piece.objects.count(), Telling.objects.count()) == (1, 1, 1)


def test_the_same_form_with_another_passphrase_opens_nothing(told):
    Client().post("/begin/join/", joining(told))
    response = Client().post("/begin/join/", joining(told, passphrase="some other words entirely"))
    assert response.headers["Location"] == "/sign-in/"
    assert (Person.objects.count(), SignIn.objects.count()) == (1, 1)


def test_the_sign_in_name_is_shown_until_it_is_written_down(client, told):
    client.post("/begin/join/", joining(told))
    name = Begun.objects.get().sign_in_name
    assert [name in client.get("/begin/here/").content.decode() for _ in range(2)] == [True, True]
    client.post("/begin/here/")
    assert client.get("/begin/here/").headers["Location"] == "/today/"
    assert traces_of(name) == []


def test_what_fails_while_joining_can_be_sent_again(client, told, monkeypatch):
    from beenthere.web import actions

    join = actions.join
    monkeypatch.setattr(actions, "join", lambda **given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post("/begin/join/", joining(told))
    assert Begun.objects.count() == 0
    monkeypatch.setattr(actions, "join", join)
    assert client.post("/begin/join/", joining(told)).headers["Location"] == "/begin/here/"


def test_where_one_needs_an_invitation(client, open_place):
    open_place(joining="invited")
    told = told_on(client.post("/", {"words": WORDS}))
    refused = client.post("/begin/join/", joining(told, invitation="made-up"))
    assert (refused.status_code, Person.objects.count()) == (422, 0)
    assert WORDS in refused.content.decode()
    code = invite(by=cast.person("Sol"))
    landing = client.get(f"/begin/with/{code}/")
    assert code not in landing.content.decode().split("<main")[1]
    page = client.post("/", {"words": WORDS, "told": told_on(landing)})
    page = client.post("/begin/", {"told": told_on(page), "act": "join"})
    assert f'value="{code}"' in page.content.decode()
    assert client.post("/begin/join/", joining(told_on(page), invitation=code)).status_code == 302
    again = Client().post("/begin/join/", joining(first_told(WORDS).sealed(), invitation=code))
    assert again.status_code == 422


def test_only_an_invitation_to_look_after_the_place_makes_a_steward():
    for code, is_one in (
        (invite(by=cast.person("Sol")), False),
        (invite_two(by=cast.person("Sol"))[0], True),
    ):
        sent = joining(told_on(Client().get(f"/begin/with/{code}/")), invitation=code)
        before = set(Person.objects.values_list("pk", flat=True))
        assert Client().post("/begin/join/", sent).headers["Location"] == "/begin/here/"
        (joined,) = Person.objects.exclude(pk__in=before)
        assert (joined.standing, Steward.objects.filter(person=joined).exists()) == (MEMBER, is_one)


def test_where_one_asks_to_join_nothing_reaches_anybody_yet(client, open_place):
    somebody_with()
    open_place(joining="asking")
    told = told_on(client.post("/", {"words": WORDS}))
    page = client.post("/begin/join/", joining(told), follow=True).content.decode()
    assert "You have asked to join" in page
    assert Person.objects.order_by("pk").last().standing == ASKING
    assert Card.objects.count() == 0
    assert client.get("/").status_code == 200


def test_an_address_is_left_with_no_words_and_one_link_deletes_it(client, told):
    page = client.post("/begin/", {"told": told, "act": "address"}).content.decode()
    assert "After 90 days it is gone by itself." in page
    given = {"told": told, "mail": "someone@example.org", "adult": "yes"}
    left = [client.post("/begin/address/", given).content.decode() for _ in range(2)]
    person = Person.objects.get()
    assert (person.standing, MailAddress.objects.count()) == (ADDRESS, 1)
    assert [one["experience"] for one in Telling.objects.get().held["experiences"]] == ["loss-of-a-parent"]
    assert traces_of("zanzibarine") == []
    link = re.search(r'href="http://testserver(/[^"]+)"', left[1])[1]
    client.post(link)
    assert (Person.objects.count(), Telling.objects.count(), MailAddress.objects.count()) == (0, 0, 0)


def test_who_left_an_address_may_still_join(client, told):
    client.post("/begin/address/", {"told": told, "mail": "someone@example.org", "adult": "yes"})
    assert client.post("/begin/join/", joining(told)).headers["Location"] == "/begin/here/"


def test_members_are_led_to_today(client):
    assert cast.signed_in(client, cast.person("Ana")).get("/").headers["Location"] == "/today/"


def test_an_unopened_place_lets_nobody_in(client, told):
    from beenthere.foundation.models import PlaceFacts
    from beenthere.foundation.place import forget_place

    PlaceFacts.objects.all().delete()
    forget_place()
    landing = client.get("/").content.decode()
    assert "This place is not open yet" in landing
    assert "<textarea" not in landing
    sent = [
        client.post("/", {"words": WORDS}),
        client.post("/begin/", {"told": told, "act": "join"}),
        client.post("/begin/join/", joining(told)),
        client.post("/begin/address/", {"told": told, "mail": "a@example.org", "adult": "yes"}),
    ]
    assert [one.status_code for one in sent] == [422] * 4
    assert Person.objects.count() == 0
