"""The pages of pieces, address by address."""

import re

import pytest

from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS, Piece
from tests.cast import needs_sign_in, person, signed_in

from .conftest import LOSS, OWN, a_piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "My mum died two years ago and I looked after her at home."
KEEP = {"do": "keep", "words": WORDS, "audience": MEMBERS, "language": "en"}
MINE = "known:loss-of-a-parent"


def text_of(response) -> str:
    return response.content.decode()


def main_of(response) -> str:
    """What stands in the page's main part, without tags."""
    main = re.search(r"<main.*?</main>", text_of(response), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


@pytest.fixture
def here(client, ana):
    return signed_in(client, ana)


def test_a_visitor_finds_what_is_listed(client, ana):
    a_piece(ana, "Canary for members.")
    a_piece(ana, "Canary by address.", audience=ANYONE)
    a_piece(ana, "For everybody.", audience=ANYONE, listed=True)
    page = text_of(client.get("/stories/"))
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page) == ["For everybody."]
    assert ("Yours" in page, "Canary" in page, ana.ref in page, "Ana" in page) == (False, False, False, False)


def test_empty_pages_offer_one_step(client, ana):
    assert "Most pieces are for members" in main_of(client.get("/stories/"))
    page = client.get("/stories/")
    assert main_of(page).endswith("Back to the first page")
    page = main_of(signed_in(client, ana).get("/stories/"))
    assert ("A piece can be three lines long." in page, "No piece of others yet" in page) == (True, True)
    assert page.count("Write a piece") == 1


def test_a_member_finds_their_own_and_those_of_others(here, ana, ben):
    a_piece(ana, "Mine alone.", audience=ME)
    a_piece(ben, "For members.", about={"experiences": [LOSS, OWN], "language": "en"})
    a_piece(ben, "Canary kept.", audience=ME)
    page = text_of(here.get("/stories/"))
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page) == ["Mine alone.", "For members."]
    assert re.findall(r"<b>(.*?)</b>(?: <span>(.*?)</span>)?", page)[-2:] == [
        ("Loss of a parent", "finding my way"),
        ("the silence after", ""),
    ]
    assert ("Ben" in page, ben.ref in page) == (False, False)


def test_older_pieces_follow(here, ben, monkeypatch):
    monkeypatch.setattr("beenthere.stories.queries.PAGE", 2)
    monkeypatch.setattr("beenthere.stories.queries.others_for.__kwdefaults__", {"most": 2, "skip": 0})
    for number in range(3):
        a_piece(ben, f"Piece {number}.")
    first, second = text_of(here.get("/stories/")), text_of(here.get("/stories/?after=2"))
    assert re.findall(r"Piece \d", first) == ["Piece 2", "Piece 1"]
    assert re.findall(r"Piece \d", second) == ["Piece 0"]
    assert ('href="?after=2"' in first, 'href="?after=' in second) == (True, False)
    assert [here.get(f"/stories/?after={wrong}").status_code for wrong in ("x", "-1", "9" * 40, "²")] == [
        200
    ] * 4


@pytest.mark.parametrize("who", ["member", "visitor"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_few_times(client, ana, ben, django_assert_num_queries, count, who):
    for number in range(count):
        for audience in (INTRODUCED, MEMBERS, ANYONE):
            for author in (ana, ben, person(f"Author {number}")):
                a_piece(author, audience=audience, listed=True)
    if who == "member":
        signed_in(client, ana).get("/stories/")
    with django_assert_num_queries(4 if who == "member" else 1):
        assert client.get("/stories/").status_code == 200


def test_the_page_of_a_piece(here, client, ana, ben):
    piece = a_piece(ben, "Line one.\n<b>Line two.</b>", audience=ANYONE)
    own = a_piece(ana, "Mine.", audience=ANYONE, listed=True, quotable=True)
    theirs, mine = here.get(f"/stories/{piece.ref}/"), here.get(f"/stories/{own.ref}/")
    assert main_of(theirs).startswith(
        "A piece of someone's own Line one. &lt;b&gt;Line two.&lt;/b&gt; Loss of"
    )
    assert ("Ben" in text_of(theirs), ben.ref in text_of(theirs)) == (False, False)
    assert ("Withdraw" in text_of(theirs), f"/stories/{piece.ref}/change/" in text_of(theirs)) == (
        False,
        False,
    )
    assert main_of(mine).startswith(
        "A piece of yours You wrote Mine. Loss of a parent finding my way Who sees"
    )
    assert f"testserver/stories/{own.ref}/" in main_of(mine)
    assert "It goes from every introduction at once" in main_of(mine)
    assert ana.ref not in text_of(mine)


@pytest.mark.parametrize("more", ["", "change/", "withdraw/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_the_same_nothing(client, ana, ben, more, method):
    hidden = a_piece(ana, "Canary", audience=ME)
    cleo = signed_in(client, person("Cleo"))
    answers = [getattr(cleo, method)(f"/stories/{ref}/{more}") for ref in (hidden.ref, "0" * 16)]
    if not more and method == "post":
        assert [one.status_code for one in answers] == [405, 405]
        return
    assert [one.status_code for one in answers] == [404, 404]
    masked = [re.sub(r'value="\w{64}"|[0-9a-z]{16}', "", text_of(one)) for one in answers]
    assert masked[0] == masked[1]
    assert Piece.objects.count() == 1


def test_who_may_write(client, ana):
    piece = a_piece(ana, audience=ANYONE)
    addresses = ["/stories/write/", f"/stories/{piece.ref}/change/", f"/stories/{piece.ref}/withdraw/"]
    assert [needs_sign_in(client, address, how) for address in addresses for how in ("get", "post")] == [
        True
    ] * 6
    assert Piece.objects.count() == 1


def test_first_the_words_then_what_they_speak_of(here):
    page = here.get("/stories/write/")
    assert re.findall(r'name="(\w+)"', text_of(page)[text_of(page).index("<main") :])[:3] == [
        "csrfmiddlewaretoken",
        "words",
        "do",
    ]
    assert "Who sees it" not in main_of(page)
    page = here.post("/stories/write/", {"do": "look", "words": WORDS})
    ticked = re.findall(r'name="experiences" value="([^"]+)" checked', text_of(page))
    assert (page.status_code, ticked) == (200, [MINE, "known:caring-for-someone"])
    assert WORDS in text_of(page)
    assert re.findall(r'name="audience" value="(\w+)"( checked)?', text_of(page)) == [
        (ME, " checked"),
        (INTRODUCED, ""),
        (MEMBERS, ""),
        (ANYONE, ""),
    ]
    assert Piece.objects.count() == 0


def test_what_was_unticked_stays_so_and_another_is_added(here):
    sent = {"do": "look", "words": WORDS, "offered": [MINE, "known:caring-for-someone"]}
    sent |= {"experiences": [MINE], f"stand {MINE}": "living with it", "audience": MEMBERS}
    page = text_of(here.post("/stories/write/", {**sent, "another": " the  silence after "}))
    ticks = re.findall(r'name="experiences" value="([^"]+)"( checked)?', page)
    assert ticks == [
        (MINE, " checked"),
        ("known:caring-for-someone", ""),
        ("own:the silence after", " checked"),
    ]
    assert '<option value="living with it" selected>' in page
    assert re.findall(r'name="audience" value="(\w+)" checked', page) == [MEMBERS]
    page = text_of(here.post("/stories/write/", {**sent, "another": "Prison"}))
    assert re.findall(r'name="experiences" value="([^"]+)" checked', page)[1:] == ["known:prison"]


def test_keeping_a_piece(here, ana):
    sent = {**KEEP, "words": "Two cups.\r\nStill.", "experiences": [MINE, "own:the silence after"]}
    sent |= {
        "offered": [MINE, "known:prison"],
        f"stand {MINE}": "finding my way",
        "quotable": "on",
        "listed": "on",
    }
    answer = here.post("/stories/write/", sent)
    piece = Piece.objects.get()
    assert answer.url == f"/stories/{piece.ref}/?kept"
    facts = (piece.author, piece.words, piece.about, piece.audience, piece.quotable, piece.listed)
    assert facts == (
        ana,
        "Two cups.\nStill.",
        {"experiences": [LOSS, OWN], "language": "en"},
        MEMBERS,
        True,
        False,
    )
    assert main_of(here.get(answer.url)).startswith("Kept Everybody who is a member here sees it")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": " "}, "The box is empty."),
        ({"words": "x" * 4001}, "That is 4001 characters, and a piece holds 4000 at most."),
        ({"words": "a\0b"}, "There is a character in it that we cannot keep."),
        ({"audience": "me", "quotable": "on"}, "Only one of the two can be."),
        ({"audience": "all"}, "all is not one of the available choices."),
        ({"another": "x" * 81}, "Say the other experience in a few words"),
        ({"experiences": [f"own:{one}" for one in range(9)]}, "Choose 8 experiences at most."),
        ({"experiences": ["known:no-such-id"]}, "One of the experiences is none that we can keep."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(here, wrong, said):
    page = here.post("/stories/write/", {**KEEP, **wrong})
    assert (page.status_code, Piece.objects.count()) == (422, 0)
    assert said in main_of(page)
    words = {**KEEP, **wrong}["words"].replace("\0", "")
    assert words.strip() in text_of(page).replace("\0", "")


def test_an_empty_box_is_not_looked_at(here):
    page = here.post("/stories/write/", {"do": "look", "words": "  "})
    assert (page.status_code, "The box is empty." in main_of(page)) == (422, True)
    assert "Who sees it" not in main_of(page)


def test_changing(here, ana):
    piece = a_piece(ana, audience=INTRODUCED, quotable=True, about={"experiences": [LOSS], "language": "ca"})
    page = text_of(here.get(f"/stories/{piece.ref}/change/"))
    assert re.findall(r'name="(?:audience|experiences)" value="([^"]+)" checked', page) == [MINE, INTRODUCED]
    assert re.findall(r'<option value="(\w+)" selected>', page)[-1] == "ca"
    assert 'name="quotable" checked' in page
    sent = {**KEEP, "words": "Other words.", "audience": ME, "language": "ca"}
    assert here.post(f"/stories/{piece.ref}/change/", sent).status_code == 302
    row = Piece.objects.get()
    assert (row.words, row.audience, row.quotable, row.about) == (
        "Other words.",
        ME,
        False,
        {"experiences": [], "language": "ca"},
    )


def test_withdrawing_is_one_step(here, ana):
    piece = a_piece(ana)
    assert here.get(f"/stories/{piece.ref}/withdraw/").url == f"/stories/{piece.ref}/"
    assert Piece.objects.count() == 1
    page = here.post(f"/stories/{piece.ref}/withdraw/")
    assert (page.status_code, Piece.objects.count()) == (200, 0)
    assert main_of(page).startswith("The piece is gone.")


def test_no_word_of_a_form_is_logged(here, caplog):
    caplog.set_level("DEBUG")
    here.post("/stories/write/", {**KEEP, "words": "canarywritten", "another": "canarylived"})
    here.post("/stories/write/", {**KEEP, "do": "look", "words": "canarylooked"})
    assert [one for one in ("canarywritten", "canarylived", "canarylooked") if one in caplog.text] == []
