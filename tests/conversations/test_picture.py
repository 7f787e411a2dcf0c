"""Our picture: what both opened, in a mirror; drawn so that it fits."""

import math

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from re2 import findall

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.core.picture import (
    APART,
    HEIGHT,
    LINE,
    RADIUS,
    WIDTH,
    Ground,
    Shared,
    Told,
    drawing_of,
    ground_of,
    width_of,
    wrapped,
)
from beenthere.conversations.queries.picture import picture_of
from beenthere.foundation import clock
from beenthere.foundation.keys.opening import drop_opened
from beenthere.stories.actions import withdraw_piece, write_piece
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LOSS, PRISON, MOVED = "loss-of-a-parent", "prison", "migration"
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=80).filter(
    str.strip
)
lists = st.lists(names, max_size=6)
about = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["", "in it now", "living with it"])), max_size=4
)
pieces = st.lists(about.map(lambda told: Told("r", "words", tuple(told))), max_size=4)


# Pure


@given(lists, lists, lists)
def test_every_line_stands_in_its_part(mine, shared, theirs):
    """In its own circle and outside of the other, or in both where they overlap."""
    middles = (WIDTH - APART) / 2, (WIDTH + APART) / 2
    drawing = drawing_of(mine, shared, theirs)
    for line in drawing.lines:
        half = width_of(line.words) / 2
        for x in (line.x - half, line.x + half):
            for y in (line.y - LINE / 2, line.y + LINE / 2):
                within = [math.hypot(x - middle, y - HEIGHT / 2) <= RADIUS + 1 for middle in middles]
                assert (
                    within
                    == {"mine": [True, False], "shared": [True, True], "theirs": [False, True]}[line.part]
                )


@given(lists, lists, lists)
def test_the_other_sees_it_in_a_mirror(mine, shared, theirs):
    here, there = drawing_of(mine, shared, theirs), drawing_of(theirs, shared, mine)
    other = {"mine": "theirs", "theirs": "mine", "shared": "shared"}
    mirrored = {(WIDTH - line.x, line.y, line.words, other[line.part]) for line in here.lines}
    assert mirrored == {(line.x, line.y, line.words, line.part) for line in there.lines}
    assert {other[part]: count for part, count in here.left_out.items()} == there.left_out


@given(names, st.integers(60, 200))
def test_wrapping_loses_nothing_and_fits(text, room):
    lines = wrapped(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(
        width_of(line) <= room or len(line.strip()) == 1 or width_of(line[:1]) > room for line in lines
    )


def test_what_finds_no_place_is_counted():
    many = [f"Something number {number}" for number in range(9)]
    drawing = drawing_of(many, many[:2], [])
    drawn = [line for line in drawing.lines if line.part == "mine"]
    assert drawing.left_out == {"mine": 7, "shared": 0, "theirs": 0}
    assert [line.words for line in drawn] == ["Something", "number 0", "Something", "number 1"]


@given(pieces, pieces)
def test_ground_is_of_both_and_mirrored(mine, theirs):
    here, there = ground_of(mine, theirs), ground_of(theirs, mine)
    assert there == Ground(
        tuple(Shared(one.experience, one.theirs, one.mine) for one in here.shared), here.theirs, here.mine
    )
    named = [{key for piece in some for key, _ in piece.about} for some in (mine, theirs)]
    assert {one.experience for one in here.shared} == named[0] & named[1]
    assert {key for key, _ in here.mine} == named[0] - named[1]


def test_the_narrower_is_shared_as_the_broader():
    mine = [Told("a", "", (("loss of a mother", "living with it"),))]
    theirs = [Told("b", "", (("loss", ""), ("prison", "in it now")))]
    broader = {"loss of a mother": {"loss"}}
    ground = ground_of(mine, theirs, broader=lambda one: broader.get(one, set()))
    assert ground.shared == (Shared("loss", "", ""),)
    assert (ground.mine, ground.theirs) == (
        (("loss of a mother", "living with it"),),
        (("prison", "in it now"),),
    )


# With rows


def write(who, words, *experiences, audience="introduced"):
    told = [{"experience": one, "known": True, "stand": stand} for one, stand in experiences]
    return write_piece(words=words, about={"experiences": told, "language": "en"}, audience=audience, by=who)


def picture(who, talk):
    return picture_of(who, get_room_for(who, talk.ref), "en")


def words_of(pieces) -> list[str]:
    return [piece.words for piece in pieces]


@pytest.fixture
def page(talk) -> str:
    return f"/talk/{talk.ref}/picture/"


def test_what_each_opened_to_the_other_and_nothing_else(ana, ben, talk):
    """Planted: pieces for oneself, for members and for anyone, which stand elsewhere without a name; a
    stranger's for those they met."""
    for who in (ana, ben, person("Cleo")):
        write(who, "Planted for me.", (PRISON, None), audience="me")
        write(who, "Planted for members.", (PRISON, None), audience="members")
        write(who, "Planted for anyone.", (PRISON, None), audience="anyone")
    write(person("Dev"), "Planted by a stranger.", (PRISON, None))
    write(ana, "Two cups.", (LOSS, "living with it"), (MOVED, None))
    write(ben, "The quiet house.", (LOSS, "in it now"))
    ours = picture(ana, talk)
    assert (words_of(ours.mine), words_of(ours.theirs)) == (["Two cups."], ["The quiet house."])
    assert [tuple(map(str, one)) for one in ours.shared] == [
        ("Loss of a parent", "living with it", "in it now")
    ]
    assert ([one[0] for one in ours.only_mine], ours.only_theirs, ours.held) == (["Migration"], [], 0)
    theirs = picture(ben, talk)
    assert (theirs.mine, theirs.theirs) == (ours.theirs, ours.mine)
    assert [(what, b, a) for what, a, b in theirs.shared] == ours.shared
    assert (theirs.only_mine, theirs.only_theirs) == (ours.only_theirs, ours.only_mine)


def test_what_was_carried_stands_there_until_it_is_taken_back(ana, ben, talk):
    own = write(ana, "For members, and carried.", (LOSS, None), audience="members")
    say_been_there(conversation=talk, words="Me too.", mark="m1", piece=own.ref, by=ana)
    say_been_there(conversation=talk, words="And again.", mark="m2", piece=own.ref, by=ana)
    assert words_of(picture(ben, talk).theirs) == ["For members, and carried."]
    withdraw_piece(piece=own, by=ana)
    assert picture(ben, talk).theirs == []


def test_a_piece_that_leads_outside_waits_for_the_door(ana, ben, talk, page):
    write(ana, "Write to robin@example.org about it.", (LOSS, None))
    for who in (ana, ben):
        shown = signed_in(Client(), who).get(page).content.decode()
        assert "robin@example.org" not in shown
        assert picture(who, talk).held == 1
    talk.door_open_at = clock.now()
    talk.save()
    assert words_of(picture(ben, talk).theirs) == ["Write to robin@example.org about it."]


def test_pages_are_mirrored(ana, ben, talk, page):
    """Each as the other would read it, with the names swapped."""
    write(ana, "Two cups.", (LOSS, "living with it"), (MOVED, None))
    write(ben, "The quiet house.", (LOSS, "in it now"), (PRISON, None))
    shown = [signed_in(Client(), who).get(page).content.decode() for who in (ana, ben)]
    drawn = [findall(r'<text class="(\w+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<', one) for one in shown]
    other = {"mine": "theirs", "theirs": "mine", "shared": "shared"}
    mirrored = {(other[part], WIDTH - float(x), float(y), words) for part, x, y, words in drawn[0]}
    assert mirrored == {(part, float(x), float(y), words) for part, x, y, words in drawn[1]}
    assert {part for part, *_ in drawn[0]} == {"mine", "shared", "theirs"}
    facts = [" ".join(one.split("What you share")[1].split()) for one in shown]
    assert "you: living with it · <bdi>Robin</bdi>: in it now" in facts[0]
    assert "you: in it now · <bdi>Ana</bdi>: living with it" in facts[1]


def test_the_drawing_and_the_text_say_the_same(ana, ben, talk, page):
    write(ana, "Two cups.", (LOSS, None), (MOVED, None))
    write(ben, "The quiet house.", (LOSS, None), (PRISON, None))
    shown = signed_in(Client(), ana).get(page).content.decode()
    drawing, text = shown.split('<svg class="circles" viewBox="0 0 332 228"')[1].split("</svg>")
    for name in picture(ana, talk).shared + picture(ana, talk).only_mine + picture(ana, talk).only_theirs:
        assert name[0].split()[0] in drawing
        assert name[0] in text


def test_nothing_opened_says_so_and_offers_one_step(ana, ben, talk, page):
    def steps(shown: str) -> list[str]:
        return findall(r'class="act main" href="([^"]+)"', shown)

    at = signed_in(Client(), ana)
    step = f"/talk/{talk.ref}/been-there/"
    shown = at.get(page).content.decode()
    assert "Neither of you has opened a piece to the other yet." in shown
    assert steps(shown) == [step]
    write(ben, "The quiet house.", (LOSS, None))
    shown = at.get(page).content.decode()
    assert "You have opened no piece to Robin yet." in shown
    assert steps(shown) == [step]
    shown = signed_in(Client(), ben).get(page).content.decode()
    assert "Ana has opened no piece to you yet. It can stay so." in shown
    assert steps(shown) == []


def test_as_many_queries_for_three_as_for_one(ana, ben, talk, page, django_assert_max_num_queries):
    at, counted = signed_in(Client(), ana), []
    for number in (1, 2):
        for one in range(number):
            write(ana, f"Mine {number} {one}.", (LOSS, None))
            own = write(ben, f"Theirs {number} {one}.", (LOSS, None))
            say_been_there(conversation=talk, words="Me too.", mark=f"{number}{one}", piece=own.ref, by=ben)
        at.get(page)
        drop_opened()
        with django_assert_max_num_queries(40) as asked:
            assert at.get(page).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
