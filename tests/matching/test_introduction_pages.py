"""The pages of introductions: what stands there, for whom, and what never does."""

from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beenthere.foundation import clock
from beenthere.matching.actions import answer_card, propose, show_cards, tell
from beenthere.matching.models import Card, Telling
from beenthere.people import actions as people
from beenthere.people.models import Person
from beenthere.stories.actions import withdraw_piece
from beenthere.stories.models import Piece
from tests.cast import person, signed_in
from tests.matching.place_of import FIRST, ana_and_ben, lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)  # four in Madrid
ALL = "/introductions/"


@pytest.fixture(autouse=True)
def hands():
    with clock.stopped_at(MONDAY) as hands:
        yield hands


def browser(one: Person) -> Client:
    return signed_in(Client(), one)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


class Two:
    """Ana and Ben, introduced."""

    def __init__(self) -> None:
        self.ana, self.ben = ana_and_ben()
        assert propose() == 1
        self.hers, self.his = (Card.objects.get(person=one) for one in (self.ana, self.ben))
        self.her_page, self.his_page = (f"{ALL}{card.ref}/" for card in (self.hers, self.his))


def test_it_says_why_the_two_and_shows_both_their_words():
    two = Two()
    page = text_of(browser(two.ana).get(two.her_page))
    assert "You have both been there: loss of a parent." in page
    assert "My mum died in spring." in page
    assert "I lost my mum two years ago." in page
    assert "They say of it: living with it. You say: in it now." in page
    assert "They also know: prison." in page
    assert "You also know: migration." in page
    assert "They would like to talk, to keep company." in page
    assert "You can both talk in English." in page
    assert "waiting until Thursday afternoon" in page


def test_the_other_sees_the_same_from_their_side():
    two = Two()
    page = text_of(browser(two.ben).get(two.his_page))
    assert "They say of it: in it now. You say: living with it." in page
    assert "They also know: migration." in page
    assert "You also know: prison." in page


def test_nothing_stands_there_that_could_tell_who_it_is():
    two = Two()
    for one, address in ((two.ana, two.her_page), (two.ben, two.his_page)):
        asked = browser(one)
        for page in (text_of(asked.get(address)), text_of(asked.get(ALL))):
            for secret in ("Quillfeather", "Oxtoby", "Europe/", two.ana.ref, two.ben.ref):
                assert secret not in page
            other = two.his if one is two.ana else two.hers
            for secret in (other.ref, other.introduction.ref, *Piece.objects.values_list("ref", flat=True)):
                assert secret not in page


def test_a_stranger_and_the_other_get_the_same_404():
    two = Two()
    nothing = browser(person("Cleo"))
    for one in (nothing, browser(two.ben)):
        assert one.get(two.her_page).status_code == 404
        assert one.post(two.her_page, {"answer": "yes"}).status_code == 404
    assert nothing.get(f"{ALL}0000000000000000/").status_code == 404
    assert Card.objects.get(pk=two.hers.pk).answer == ""


@pytest.mark.parametrize("address", [ALL, f"{ALL}telling/", f"{ALL}0000000000000000/"])
def test_a_visitor_is_led_to_the_door(address):
    answer = Client().get(address)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize(
    ("answer", "said"),
    [("yes", "You said yes."), ("not_now", "You said not now."), ("never", "You said never.")],
)
def test_each_answer_is_one_step(answer, said):
    two = Two()
    asked = browser(two.ana)
    page = text_of(asked.post(two.her_page, {"answer": answer}, follow=True))
    assert said in page
    assert Card.objects.get(pk=two.hers.pk).answer == answer


def test_an_answer_that_is_none_is_not_taken():
    two = Two()
    assert browser(two.ana).post(two.her_page, {"answer": "maybe"}).status_code == 404
    assert Card.objects.get(pk=two.hers.pk).answer == ""


def test_one_can_change_ones_mind():
    two = Two()
    asked = browser(two.ana)
    asked.post(two.her_page, {"answer": "not_now"})
    page = text_of(asked.post(two.her_page, {"answer": "yes"}, follow=True))
    assert "You said yes." in page


@pytest.mark.parametrize("theirs", ["yes", "not_now", "never", "", "block", "pause"])
def test_no_page_of_mine_depends_on_their_answer(theirs):
    two = Two()
    asked = browser(two.ana)

    def pages() -> list[bytes]:
        return [masked(asked.get(address).content) for address in (two.her_page, ALL, f"{ALL}telling/")]

    before = pages()
    show_cards(by=two.ben)
    if theirs == "block":
        people.block(other=two.ana, by=two.ben)
    elif theirs == "pause":
        people.pause(by=two.ben)
    elif theirs:
        answer_card(card=two.his, answer=theirs, by=two.ben)
    assert pages() == before


def masked(page: bytes) -> bytes:
    head, mark, rest = page.partition(b'name="csrfmiddlewaretoken" value="')
    return head + mark + masked(rest.partition(b'"')[2]) if mark else head


def test_both_yes_leads_to_the_conversation():
    two = Two()
    answer_card(card=two.his, answer="yes", by=two.ben)
    page = text_of(browser(two.ana).post(two.her_page, {"answer": "yes"}, follow=True))
    pair = Card.objects.select_related("introduction").get(pk=two.hers.pk).introduction.pair
    assert "You have both said yes" in page
    assert f'href="/talk/{pair}/"' in page


def test_every_end_without_a_pair_looks_the_same(hands):
    two = Two()
    more, _ = member("More", FIRST), propose()
    third = Card.objects.filter(person=two.ana).exclude(pk=two.hers.pk).get()
    asked = browser(two.ana)
    asked.get(ALL)
    asked.post(two.her_page, {"answer": "not_now"})
    people.delete_person(person=more, by=more)
    hands.move(73 * 3600)
    ended = [
        masked(asked.get(f"{ALL}{ref}/").content).replace(ref.encode(), b"")
        for ref in (two.hers.ref, third.ref)
    ]
    assert ended[0] == ended[1]
    assert b"This introduction has ended" in ended[0]


def test_words_taken_back_leave_one_line():
    two = Two()
    for piece in Piece.objects.select_related("author").filter(author=two.ben):
        withdraw_piece(piece=piece, by=two.ben)
    page = text_of(browser(two.ana).get(two.her_page))
    assert page.count("Words that stood here were taken back.") == 1
    assert "I lost my mum two years ago." not in page


def test_the_list_has_each_and_its_end():
    two = Two()
    page = text_of(browser(two.ana).get(ALL))
    assert "Waiting until Thursday afternoon" in page
    assert f'href="{two.her_page}"' in page


def test_where_nobody_fits_it_is_said_and_what_would_widen_it():
    ana = member("Ana", FIRST, leave_out=lived("prison"))
    page = text_of(browser(ana).get(ALL))
    assert "Nobody else can be introduced here yet." in page
    dev = member("Dev", "My mum died in spring.", experiences=lived("prison"))
    member("Eva", experiences=lived("loss-of-a-parent"), languages=["pt"])
    page = text_of(browser(ana).get(ALL))
    assert "Nobody here now shares enough with you" in page
    assert "Leave out less" in page
    assert "Add another language" in page
    theirs = text_of(browser(dev).get(ALL))  # what Ana leaves out is told to nobody
    assert "Leave out less" not in theirs


def test_a_language_that_would_open_nothing_is_not_asked_for():
    member("Ana", FIRST, leave_out=lived("prison"))
    dev = member("Dev", "My mum died in spring.", experiences=lived("prison"), languages=["pt"])
    assert "Add another language" not in text_of(browser(dev).get(ALL))


def test_who_said_nothing_is_asked_to():
    ana = person("Ana")
    person("Ben")
    assert "Say what you have lived through" in text_of(browser(ana).get(ALL))


def test_a_pause_and_no_room_are_said():
    ana = member("Ana", FIRST)
    people.pause(by=ana)
    page = text_of(browser(ana).get(ALL))
    assert "You are taking a pause" in page
    assert "/introductions/room/" not in page
    people.resume(by=ana)
    people.choose_capacity(people=0, by=ana)
    assert "You have room for nobody" in text_of(browser(ana).get(ALL))


def test_room_now_looks_at_once():
    ana, ben = ana_and_ben()
    page = text_of(browser(ana).post(f"{ALL}room/", follow=True))
    assert "Until 4 p.m. you are among the first" in page
    assert "You have both been there" in page
    assert Card.objects.filter(person=ben).count() == 1


def test_what_was_told_can_be_changed():
    ana, _ = ana_and_ben()
    asked = browser(ana)
    page = text_of(asked.get(f"{ALL}telling/"))
    assert "Loss of a parent" in page
    sent = {
        "stand-0": "behind me for now",
        "out-1": "on",
        "add": "Losing the farm",
        "languages": ["en", "es"],
        "another": "pt",
        "hopes": ["to talk"],
        "wish": "soon",
        "leave": "Prison",
    }
    assert "Kept." in text_of(asked.post(f"{ALL}telling/", sent, follow=True))
    assert Telling.objects.get(person=ana).held == {
        "experiences": [
            {"experience": "loss-of-a-parent", "known": True, "stand": "behind me for now"},
            {"experience": "Losing the farm", "known": False, "stand": None},
        ],
        "languages": ["en", "es", "pt"],
        "timezone": "Europe/Madrid",
        "hopes": ["to talk"],
        "leave_out": [{"experience": "prison", "known": True, "stand": None}],
        "wish": "soon",
    }


def test_what_cannot_be_told_says_why_and_changes_nothing():
    ana = member("Ana", experiences=lived("adhd"))
    before = Telling.objects.get(person=ana).held
    answer = browser(ana).post(f"{ALL}telling/", {"wish": "closer", "stand-0": "", "leave": "ADHD"})
    assert answer.status_code == 422
    assert (
        "The same experience stands in what you lived and in what you leave out." in answer.content.decode()
    )
    assert Telling.objects.get(person=ana).held == before


def test_who_told_nothing_sees_their_language():
    page = text_of(browser(person("Ana", language="es")).get(f"{ALL}telling/"))
    assert 'value="es"' in page


def queries_of(asked: Client, address: str) -> int:
    with (
        CaptureQueriesContext(connections["default"]) as seen,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert asked.get(address).status_code == 200
    return len(seen) + len(keys)


def test_one_card_and_three_cost_the_same():
    ana, _ = ana_and_ben()
    people.choose_capacity(people=6, by=ana)
    propose()
    asked = browser(ana)
    asked.get(ALL)
    one = queries_of(asked, ALL)
    for name in ("Dev", "Eva"):
        other = member(name, "My mum died in winter.")
        tell(held={"experiences": lived("loss-of-a-parent"), "languages": ["en"]}, by=other)
    propose()
    asked.get(ALL)
    assert text_of(asked.get(ALL)).count('<li><div class="sheet"') == 3
    assert queries_of(asked, ALL) == one
    hers = Card.objects.filter(person=ana).first()
    assert queries_of(asked, f"{ALL}{hers.ref}/") <= one + 3
