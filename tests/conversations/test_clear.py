"""What became clear: offered, kept by both or alone, taken back, put away, let go."""

import pytest
from django.http import Http404
from django.test import Client

from beenthere.conversations.actions import block_peer, end_conversation
from beenthere.conversations.actions.clearing import (
    LineRefused,
    keep_alone,
    let_go,
    offer_line,
    put_away,
    say_yes,
    take_back,
)
from beenthere.conversations.core.clearing import ENOUGH, MOST_LINE, MOST_WAITING, line_fault
from beenthere.conversations.events import CHANGED
from beenthere.conversations.models import ClearLine, Conversation, Kept
from beenthere.conversations.queries.clearing import kept_in, kept_of, lines_in
from beenthere.foundation import clock, wire
from beenthere.foundation.keys.opening import drop_opened
from beenthere.people.actions import delete_person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINE = "It was never about the cups."


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """The conversations whose open pages were told to look again."""
    heard: list[str] = []
    monkeypatch.setattr(
        wire, "publish", lambda topic, ref="": heard.append(ref) if topic == CHANGED else None
    )
    return heard


def kept(who, talk) -> list[tuple]:
    return [(one.words, one.why, one.mine) for one in kept_in(who, talk.ref)]


def browsers(*people) -> list[Client]:
    return [signed_in(Client(), one) for one in people]


def same(talk: Conversation) -> Conversation:
    return Conversation.objects.get(pk=talk.pk)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (LINE, None),
        ("x" * MOST_LINE, None),
        ("x" * (MOST_LINE + 1), "too_long"),
        (" \n", "empty"),
        ("a\0b", "unreadable"),
        ("\ud800", "unreadable"),
        (None, "unreadable"),
    ],
)
def test_how_a_line_may_be(words, fault):
    assert line_fault(words) == fault


def test_both_say_yes_and_each_has_a_copy_of_their_own(ana, ben, talk):
    line = offer_line(conversation=talk, words=f"  {LINE} ", by=ana)
    assert (kept(ana, talk), kept(ben, talk)) == ([], [])
    say_yes(line=line, by=ben)
    say_yes(line=line, by=ben)
    assert kept(ana, talk) == [(LINE, "both", True)]
    assert kept(ben, talk) == [(LINE, "both", False)]
    owners = {row.person_ref: row.__dict__["words"].key_ref for row in Kept.objects.all()}
    assert sorted(owners) == sorted([ana.ref, ben.ref])
    assert len(set(owners.values())) == 2
    assert {row.digest for row in Kept.objects.all()} == {""}


@pytest.mark.parametrize("ending", ["leaves", "blocks", "deleted"])
def test_what_both_kept_stays_after_every_ending(ana, ben, talk, ending):
    """The author is gone, and the other still holds the line."""
    say_yes(line=offer_line(conversation=talk, words=LINE, by=ana), by=ben)
    if ending == "leaves":
        end_conversation(conversation=talk, by=ana)
    elif ending == "blocks":
        block_peer(conversation=talk, by=ana)
    else:
        delete_person(person=ana, by=ana)
    drop_opened()
    assert kept(ben, talk) == [(LINE, "both", False)]
    (page,) = browsers(ben)
    assert LINE in page.get("/talk/kept/").content.decode()
    assert LINE in page.get(f"/talk/{talk.ref}/clear/").content.decode()


def test_the_pages_after_an_ending_are_alike(ana, ben, talk):
    """However it ended, and whether or not something was offered that waits."""
    shown = []
    offer_line(conversation=talk, words="Planted words that wait.", by=ana)
    for ending in (end_conversation, block_peer):
        ending(conversation=talk, by=ana)
        page = browsers(ben)[0].get(f"/talk/{talk.ref}/clear/").content.decode()
        shown.append(page.split("<main")[1].split("csrf")[0])
        assert "Planted words" not in page
        assert "Ana" not in page
    delete_person(person=ana, by=ana)
    shown.append(
        browsers(ben)[0].get(f"/talk/{talk.ref}/clear/").content.decode().split("<main")[1].split("csrf")[0]
    )
    assert len(set(shown)) == 1


def test_a_line_is_not_ones_own_to_say_yes_to(ana, ben, talk):
    line, cleo = offer_line(conversation=talk, words=LINE, by=ana), person("Cleo")
    for who in (ana, cleo):
        with pytest.raises(Http404):
            say_yes(line=line, by=who)
    for who in (ben, cleo):
        with pytest.raises(Http404):
            take_back(line=line, by=who)
    end_conversation(conversation=talk, by=ana)
    with pytest.raises(Http404):
        say_yes(line=line, by=ben)
    assert Kept.objects.count() == 0


def test_it_can_be_taken_back_before_the_yes_and_not_after(
    ana, ben, talk, told, django_capture_on_commit_callbacks
):
    line = offer_line(conversation=talk, words=LINE, by=ana)
    take_back(line=line, by=ana)
    assert lines_in(*room_of(talk, ben)) == []
    with pytest.raises(Http404):
        say_yes(line=line, by=ben)
    again = offer_line(conversation=talk, words=LINE, by=ana)
    say_yes(line=again, by=ben)
    with pytest.raises(Http404):
        take_back(line=again, by=ana)
    assert kept(ana, talk) == [(LINE, "both", True)]


def room_of(talk, who):
    from beenthere.conversations.access import get_room_for

    return get_room_for(who, talk.ref), who


def test_putting_away_is_no_refusal_that_shows(ana, ben, talk, told, django_capture_on_commit_callbacks):
    """What Ana gets is the same, byte for byte; Ben may still say yes."""
    line = offer_line(conversation=talk, words=LINE, by=ana)
    anas, bens = browsers(ana, ben)
    pages = [f"/talk/{talk.ref}/clear/", f"/talk/{talk.ref}/offers/"]
    before = [masked(anas.get(page)) for page in pages]
    assert "offers you a line" in bens.get(pages[1]).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        put_away(line=line, by=ben)
    assert told == []
    assert [masked(anas.get(page)) for page in pages] == before
    assert "offers you a line" not in bens.get(pages[1]).content.decode()
    assert "You put it away." in bens.get(pages[0]).content.decode()
    put_away(line=line, by=ana)
    say_yes(line=line, by=ben)
    assert kept(ana, talk) == [(LINE, "both", True)]


def masked(answer) -> str:
    parts = answer.content.decode().split('name="csrfmiddlewaretoken" value="')
    return "".join([parts[0], *(part.split('"', 1)[1] for part in parts[1:])])


def test_the_author_cannot_put_their_own_away(ana, ben, talk):
    line = offer_line(conversation=talk, words=LINE, by=ana)
    put_away(line=line, by=ana)
    assert ClearLine.objects.get().put_away_at is None


def test_kept_alone_the_other_sees_nothing_of_it(ana, ben, talk, told, django_capture_on_commit_callbacks):
    bens = browsers(ben)[0]
    pages = [f"/talk/{talk.ref}/", f"/talk/{talk.ref}/clear/", f"/talk/{talk.ref}/offers/", "/talk/kept/"]
    bens.get(pages[0])
    before = [masked(bens.get(page)).replace('name="mark"', "") for page in pages[1:]]
    with django_capture_on_commit_callbacks(execute=True):
        keep_alone(conversation=talk, words=LINE, by=ana)
    assert told == []
    assert [masked(bens.get(page)).replace('name="mark"', "") for page in pages[1:]] == before
    assert LINE not in bens.get(pages[0]).content.decode()
    assert (kept(ana, talk), kept(ben, talk)) == ([(LINE, "alone", True)], [])
    end_conversation(conversation=talk, by=ben)
    keep_alone(conversation=same(talk), words="Also afterwards.", by=ana)
    assert [one[0] for one in kept(ana, talk)] == [LINE, "Also afterwards."]


def test_letting_go_is_ones_own(ana, ben, talk):
    say_yes(line=offer_line(conversation=talk, words=LINE, by=ana), by=ben)
    anas = Kept.objects.get(person=ana)
    let_go(kept=anas, by=ben)
    assert kept(ana, talk) == [(LINE, "both", True)]
    let_go(kept=anas, by=ana)
    assert (kept(ana, talk), len(kept(ben, talk))) == ([], 1)
    bens = browsers(ben)[0]
    assert browsers(ana)[0].post("/talk/kept/", {"line": Kept.objects.get().ref}).status_code == 404
    assert bens.post("/talk/kept/", {"line": Kept.objects.get().ref})["Location"] == "/talk/kept/"
    assert "Lines you keep will stand here" in bens.get("/talk/kept/").content.decode()


def test_five_wait_at_most_and_the_same_words_are_one(ana, ben, talk):
    for number in range(MOST_WAITING):
        offer_line(conversation=talk, words=f"Line {number}.", by=ana)
        offer_line(conversation=talk, words=f"Line {number}.", by=ana)
    with pytest.raises(LineRefused) as refused:
        offer_line(conversation=talk, words="One more.", by=ana)
    assert refused.value.why == ENOUGH
    assert ClearLine.objects.count() == MOST_WAITING
    offer_line(conversation=talk, words="Of Ben.", by=ben)


def test_the_door_holds_for_lines(ana, ben, talk):
    """What is offered leads to the other; what one keeps alone leads nowhere."""
    outside = "Write to robin@example.org, it became clear there."
    with pytest.raises(LineRefused) as refused:
        offer_line(conversation=talk, words=outside, by=ana)
    assert refused.value.why == "outside"
    page = browsers(ana)[0].post(f"/talk/{talk.ref}/clear/", {"do": "offer", "words": outside})
    assert page.status_code == 422
    assert outside in page.content.decode()
    keep_alone(conversation=talk, words=outside, by=ana)
    talk.door_open_at = clock.now()
    talk.save()
    offer_line(conversation=talk, words=outside, by=ana)


def test_the_way_of_a_line_on_the_pages(ana, ben, talk):
    address = f"/talk/{talk.ref}/clear/"
    anas, bens = browsers(ana, ben)
    assert anas.post(address, {"do": "offer", "words": LINE})["Location"] == address
    assert 'href="' + address in bens.get(f"/talk/{talk.ref}/").content.decode()
    ref = ClearLine.objects.get().ref
    assert bens.post(address, {"do": "back", "line": ref}).status_code == 404
    assert anas.post(address, {"do": "yes", "line": ref}).status_code == 404
    assert browsers(person("Cleo"))[0].post(address, {"do": "yes", "line": ref}).status_code == 404
    assert bens.post(address, {"do": "yes", "line": ref})["Location"] == address
    for one in (anas, bens):
        assert "You both keep it" in one.get(address).content.decode()
        assert "You both keep it" in one.get("/talk/kept/").content.decode()
    for given in ({"do": "offer", "words": "x" * 501}, {"do": "alone", "words": ""}, {}):
        assert anas.post(address, given).status_code == 422
    end_conversation(conversation=talk, by=ben)
    assert anas.post(address, {"do": "offer", "words": "Too late."}).status_code == 404
    assert anas.post(address, {"do": "alone", "words": "For me."})["Location"] == address
    assert [one.words for one in kept_of(ana)] == ["For me.", LINE]


def test_as_many_queries_for_three_as_for_one(ana, ben, talk, django_assert_max_num_queries):
    anas, counted = browsers(ana)[0], []
    for _ in (1, 2):
        for number in range(len(counted) or 1):
            line = offer_line(conversation=talk, words=f"Line {len(counted)}{number}.", by=ben)
            say_yes(line=line, by=ana)
            offer_line(conversation=talk, words=f"Waiting {len(counted)}{number}.", by=ben)
        asked = []
        for page in ("/talk/kept/", f"/talk/{talk.ref}/clear/", f"/talk/{talk.ref}/offers/"):
            drop_opened()
            with django_assert_max_num_queries(40) as seen:
                assert anas.get(page).status_code == 200
            asked.append(len(seen))
        counted.append(asked)
    assert counted[0] == counted[1]


def test_no_line_stands_in_plain(ana, ben, talk):
    """Planted in each of the three ways to keep a line."""
    say_yes(line=offer_line(conversation=talk, words="Planted, said by both.", by=ana), by=ben)
    offer_line(conversation=talk, words="Planted, and it waits.", by=ana)
    keep_alone(conversation=talk, words="Planted, kept alone.", by=ana)
    stored = [
        bytes(row.__dict__["words"].stored) for model in (ClearLine, Kept) for row in model.objects.all()
    ]
    assert len(stored) == 5
    assert [one for one in stored if b"Planted" in one] == []
