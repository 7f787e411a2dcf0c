"""I've been there, with or without a piece of one's own; and a breather."""

import pytest
from django.test import Client
from django.utils import translation
from re2 import findall

from beenthere.conversations.actions import Draft, Outcome, end_conversation, send_messages
from beenthere.conversations.actions.carrying import say_been_there, tell_of_withdrawn_piece
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.events import CHANGED
from beenthere.conversations.forms.offering import BeenThere
from beenthere.conversations.models import Message
from beenthere.conversations.queries import messages_for
from beenthere.conversations.views import talk as views
from beenthere.foundation import clock, wire
from beenthere.foundation.refs import SITE
from beenthere.stories.actions import change_piece, withdraw_piece, write_piece
from beenthere.stories.models import Piece
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ABOUT = {"experiences": [], "language": "en"}


@pytest.fixture
def at(ana) -> Client:
    return signed_in(Client(), ana)


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """The conversations whose open pages were told to look again."""
    heard: list[str] = []
    real = wire.publish

    def publish(topic, ref=""):
        if topic == CHANGED:
            heard.append(ref)
        real(topic, ref)

    monkeypatch.setattr(wire, "publish", publish)
    return heard


@pytest.fixture
def page(talk) -> str:
    return f"/talk/{talk.ref}/been-there/"


def piece_of(who, words: str = "I still set two cups out.", audience: str = "me") -> Piece:
    return write_piece(words=words, about=ABOUT, audience=audience, by=who)


def read(who, talk) -> list[tuple]:
    return [(said.kind, said.words, said.piece) for said in messages_for(who, talk)]


def test_the_words_alone(ana, ben, talk, at, page):
    shown = at.get(page).content.decode()
    assert ">\nI&#x27;ve been there.</textarea>" in shown
    answer = at.post(page, {"words": "I've been there.", "mark": "m1", "carry": "", "written": ""})
    assert answer["Location"] == f"/talk/{talk.ref}/?kept#m1"
    assert read(ben, talk) == [("been_there", "I've been there.", None)]
    again = at.post(page, {"words": "I've been there.", "mark": "m1", "carry": "", "written": ""})
    assert again["Location"] == answer["Location"]
    assert Message.objects.count() == 1
    assert Piece.objects.count() == 0


def test_a_chosen_piece_goes_along_and_is_opened_to_this_pair_alone(ana, ben, talk, at, page):
    chosen = piece_of(ana)
    piece_of(ana, "Another one of mine.")
    at.post(page, {"words": "Me too.", "mark": "m1", "carry": f"own:{chosen.ref}", "written": ""})
    assert read(ben, talk) == [("been_there", "Me too.", "I still set two cups out.")]
    chosen.refresh_from_db()
    assert chosen.audience == "me"
    assert signed_in(Client(), ben).get(f"/stories/{chosen.ref}/").status_code == 404
    shown = signed_in(Client(), ben).get(f"/talk/{talk.ref}/").content.decode()
    assert "I still set two cups out." in shown
    assert "Another one of mine." not in shown


def test_a_piece_written_on_the_spot(ana, ben, talk, at, page):
    given = {"words": "Me too.", "mark": "m1", "carry": "written", "written": "It was in spring."}
    at.post(page, given)
    assert read(ben, talk) == [("been_there", "Me too.", "It was in spring.")]
    at.post(page, given)  # sent twice: one message, one piece
    (own,) = Piece.objects.all()
    assert (own.audience, own.quotable, own.listed, own.author_id) == ("me", False, False, ana.pk)
    assert read(ben, talk) == [("been_there", "Me too.", "It was in spring.")]


def test_a_piece_that_is_taken_back_is_gone_at_once(ana, ben, talk, at, page):
    chosen = piece_of(ana)
    at.post(page, {"words": "Me too.", "mark": "m1", "carry": f"own:{chosen.ref}", "written": ""})
    bens = signed_in(Client(), ben)
    withdraw_piece(piece=chosen, by=ana)
    assert read(ben, talk) == [("been_there", "Me too.", "")]
    assert "I still set two cups out." not in bens.get(f"/talk/{talk.ref}/").content.decode()
    assert 'data-taken="1"' in bens.get(f"/talk/{talk.ref}/offers/").content.decode()


def test_open_pages_hear_that_a_piece_was_taken_back(
    ana, talk, at, page, told, django_capture_on_commit_callbacks
):
    chosen, other = piece_of(ana), piece_of(ana, "Carried nowhere.")
    at.post(page, {"words": "Me too.", "mark": "m1", "carry": f"own:{chosen.ref}", "written": ""})
    for piece in (chosen, other):
        with django_capture_on_commit_callbacks(execute=True):
            tell_of_withdrawn_piece(piece_ref=piece.ref, author_ref=ana.ref, by=SITE)
    assert told == [talk.ref]


def test_what_it_costs_is_said_before(ana, talk, at, page):
    piece_of(ana, "Told to members.", "members")
    shown = " ".join(at.get(page).content.decode().split())
    assert "What it costs: <bdi>Robin</bdi> sees this piece as it stands" in shown
    assert "You can take it back at any time" in shown
    assert shown.count("Robin will know that it is yours.") == 1
    piece_of(ana, "Only mine.")
    assert at.get(page).content.decode().count("Robin will know that it is yours.") == 1


def test_nobody_carries_what_is_not_theirs(ana, ben, talk, at, page):
    other = piece_of(ben, "Planted words of Ben.", "introduced")
    for ref in (other.ref, "nothing"):
        answer = at.post(page, {"words": "Me too.", "mark": "m1", "carry": f"own:{ref}", "written": ""})
        assert answer.status_code == 422
    assert "Planted words of Ben." not in at.get(page).content.decode()
    assert Message.objects.count() == 0


def test_the_door_holds_for_what_is_carried_too(ana, ben, talk, at, page):
    """In the words, in what is written, and in a piece that was written before."""
    number = "Call me on 07700 900123, any time."
    planted = piece_of(ana, number)
    tries = [
        {"words": number, "carry": "", "written": ""},
        {"words": "Me too.", "carry": "written", "written": number},
        {"words": "Me too.", "carry": f"own:{planted.ref}", "written": ""},
    ]
    for place, given in enumerate(tries):
        answer = at.post(page, {**given, "mark": f"m{place}"})
        assert answer.status_code == 422
        assert "Your words are still" in answer.content.decode()
    assert (Message.objects.count(), Piece.objects.count()) == (0, 1)
    talk.door_open_at = clock.now()
    talk.save()
    for place, given in enumerate(tries):
        assert at.post(page, {**given, "mark": f"m{place}"}).status_code == 302
    assert [one[2] for one in read(ben, talk)] == [None, number, number]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"words": " ", "written": ""}, "There is nothing in the box yet."),
        ({"words": "x" * 4001, "written": ""}, "longer than 4,000 characters"),
        ({"words": "Me too.", "written": "x" * 4001}, "longer than 4,000 characters"),
        ({"words": "a\0b", "written": ""}, "a character in it that cannot be kept"),
    ],
)
def test_what_cannot_be_sent_stays_in_the_box(ana, talk, at, page, given, says):
    answer = at.post(page, {"mark": "m1", "carry": "written", **given})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="m1"' in answer.content.decode()
    assert (Message.objects.count(), Piece.objects.count()) == (0, 0)


def test_words_that_were_refused_leave_no_piece(ana, talk):
    end_conversation(conversation=talk, by=ana)
    outcome, piece = say_been_there(
        conversation=talk, words="Me too.", mark="m1", written="In spring.", by=ana
    )
    assert (outcome.refused, piece, Piece.objects.count()) == ("not_here", "", 0)


def test_what_was_written_is_not_lost_when_the_place_could_not_answer(ana, ben, talk, at, page, monkeypatch):
    """Not even when it was kept after all: the second time it goes by the same mark, with the same piece."""
    given = {"words": "Me too.", "mark": "m1", "carry": "written", "written": "It was in spring."}
    real = views._said

    def late(draft):
        real(draft)
        return Outcome(refused="not_kept")

    monkeypatch.setattr(views, "_said", late)
    answer = at.post(page, given)
    assert answer.status_code == 503
    own = Piece.objects.get()
    shown = answer.content.decode()
    assert f'value="own:{own.ref}" checked' in shown
    assert "Your words are still here" in shown
    monkeypatch.setattr(views, "_said", real)
    again = at.post(page, {**given, "carry": f"own:{own.ref}", "written": ""})
    assert again["Location"] == f"/talk/{talk.ref}/?kept#m1"
    assert read(ben, talk) == [("been_there", "Me too.", "It was in spring.")]
    assert Piece.objects.count() == 1


def test_the_message_it_answers_stands_above(ana, ben, talk, say, at, page):
    say(ben, "It was the hospital corridor.")
    assert "It was the hospital corridor." in at.get(page, {"number": 1}).content.decode()
    assert "It was the hospital corridor." not in at.get(page).content.decode()
    assert at.get(page, {"number": 2}).status_code == 404


def test_in_the_language_of_who_writes(ana, talk, at, page):
    with translation.override("es"):
        form = BeenThere(initial={"words": translation.gettext("I've been there.")})
    assert form["words"].value()
    assert at.get(page, headers={"accept-language": "es"}).status_code == 200


def test_a_breather_is_a_sentence_that_one_sends(ana, ben, talk, at):
    page = f"/talk/{talk.ref}/breather/"
    shown = at.get(page).content.decode()
    assert ">\nI need a breather. I am still here.</textarea>" in shown
    assert "A pause is something else: it is silent" in " ".join(shown.split())
    links = findall(r'href="(\?say=\d#id_words)"', shown)
    assert links == [f"?say={number}#id_words" for number in (1, 2, 3, 4)]
    for say, words in (
        ("3", "I read every word."),
        ("99", "Let us stay here quietly"),
        ("x", "I need a breather."),
    ):
        assert f">\n{words}" in at.get(page, {"say": say}).content.decode()
    answer = at.post(page, {"words": "A breather, please.", "mark": "m1"})
    assert answer["Location"] == f"/talk/{talk.ref}/?kept#m1"
    assert read(ben, talk) == [("breather", "A breather, please.", None)]
    assert at.post(page, {"words": "", "mark": "m2"}).status_code == 422


@pytest.mark.parametrize("where", ["been-there", "breather", "picture", "offers", "question"])
def test_only_the_two_and_only_while_it_is_open(ana, ben, talk, where):
    address = f"/talk/{talk.ref}/{where}/"
    two, cleo = [signed_in(Client(), one) for one in (ana, ben)], signed_in(Client(), person("Cleo"))
    assert [one.get(address).status_code for one in (*two, cleo)] == [200, 200, 404]
    end_conversation(conversation=talk, by=ben)
    assert [one.get(address).status_code for one in (*two, cleo)] == [404, 404, 404]
    assert two[0].post(address, {"words": "Me too.", "mark": "m1"}).status_code in (404, 405)
    assert Message.objects.count() == 0


def test_no_count_of_it_anywhere(ana, ben, talk, say, at, page):
    """Three of them show as three messages and no number."""
    say(ana, "It was in spring.")
    for mark in ("a", "b", "c"):
        say_been_there(conversation=talk, words="I've been there.", mark=mark, by=ben)
    shown = at.get(f"/talk/{talk.ref}/").content.decode().split("<template")[0]
    assert shown.count("I&#x27;ve been there.") == 3
    list_of_words = shown.split('<ol class="words"')[1].split("</ol>")[0].split('<li class="day">')[1]
    said = " ".join(findall(r">([^<>]+)<", list_of_words.split("</li>", 1)[1]))
    assert findall(r"(?:^|\s)(\d+)(?:\s|$)", said) == []


def test_no_way_of_sending_brings_a_piece_past_the_door(ana, ben, talk):
    """Nor does changing it afterwards."""
    outside = piece_of(ana, "Write to me at lantern@example.org")
    (refused,) = send_messages(
        [Draft(ana.ref, talk.ref, "m1", "I’ve been there.", "been_there", "", outside.ref)]
    )
    mine = piece_of(ana)
    (kept,) = send_messages([Draft(ana.ref, talk.ref, "m2", "I’ve been there.", "been_there", "", mine.ref)])
    assert (refused.refused, kept.refused) == ("outside", None)
    assert [one.piece for one in messages_for(ben, talk)] == ["I still set two cups out."]
    change_piece(piece=mine, words="Write to me at lantern@example.org", about=ABOUT, audience="me", by=ana)
    assert [one.piece for one in messages_for(ben, talk)] == [""]
    want(conversation=talk, what="door", by=ana)
    want(conversation=talk, what="door", by=ben)
    assert [one.piece for one in messages_for(ben, talk)] == ["Write to me at lantern@example.org"]
