"""Whom one could meet: boundaries as masks, the same from either side, fresh where something changed."""

from dataclasses import asdict
from datetime import UTC, datetime

import numpy as np
import pytest

from beenthere.experiences.queries import suggested_in
from beenthere.foundation import clock
from beenthere.matching.actions import tell
from beenthere.matching.core.between import fit_between
from beenthere.matching.core.masks import failing
from beenthere.matching.queries import members, pool
from beenthere.matching.queries.pool import the_pool
from beenthere.people import actions as people
from beenthere.people.models import Person
from beenthere.stories.actions import withdraw_piece
from tests.matching.place_of import ana_and_ben, lived, member, piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def refs(found) -> list[str]:
    return [one.ref for one in found]


def best(one: Person, **wanted) -> list[str]:
    return refs(the_pool().best_for(one.ref, **{"most": 9, **wanted}))


def test_two_who_lived_the_same_find_each_other_and_no_stranger():
    ana, ben = ana_and_ben()
    cleo = member("Cleo", "I hear voices and I draw them.")
    assert (best(ana), best(ben), best(cleo)) == ([ben.ref], [ana.ref], [])


def test_swapping_the_two_mirrors_everything():
    ana, ben = ana_and_ben()
    one, other = the_pool().candidate(ana.ref, ben.ref), the_pool().candidate(ben.ref, ana.ref)
    assert one.why["mine"] != one.why["theirs"]
    assert (one.fit, one.why["mine"], one.why["theirs"], one.excerpts) == (
        other.fit,
        other.why["theirs"],
        other.why["mine"],
        other.excerpts,
    )


def test_each_reads_their_own_side():
    ana, ben = ana_and_ben()
    why = the_pool().candidate(ana.ref, ben.ref).why
    stands = [
        tuple(why[side]["now"][0]["facts"][whose]["text"] for whose in ("mine", "theirs"))
        for side in ("mine", "theirs")
    ]
    assert stands == [("in it now", "living with it"), ("living with it", "in it now")]


def test_what_is_only_near_mirrors_too():
    ana = member("Ana", experiences=lived("loss-of-a-parent"))
    ben = member("Ben", experiences=lived("loss-of-a-sibling"))
    one, other = the_pool().candidate(ana.ref, ben.ref), the_pool().candidate(ben.ref, ana.ref)
    assert (one.why["mine"], one.why["theirs"]) == (other.why["theirs"], other.why["mine"])
    facts = one.why["mine"]["headline"]["facts"], one.why["theirs"]["headline"]["facts"]
    assert [(fact["mine"]["text"], fact["theirs"]["text"]) for fact in facts] == [
        ("loss of a parent", "loss of a brother or sister"),
        ("loss of a brother or sister", "loss of a parent"),
    ]


@pytest.mark.parametrize("lives_it", ["ana", "ben"])
def test_leave_out_holds_both_ways(lives_it):
    ana, ben = ana_and_ben()
    asks, lives = (ben, ana) if lives_it == "ana" else (ana, ben)
    theirs = "migration" if lives is ana else "prison"
    tell(
        held={
            "experiences": lived("loss-of-a-parent"),
            "languages": ["en"],
            "leave_out": lived(theirs),
        },
        by=asks,
    )
    assert (best(ana), best(ben)) == ([], [])


def test_leave_out_sees_what_a_piece_says():
    ana, ben = ana_and_ben()
    piece(ben, "I was in prison for two years.")
    told = {"experiences": lived("loss-of-a-parent"), "languages": ["en"]}
    tell(held=told, by=ben)
    assert best(ana) == [ben.ref]
    tell(held={**told, "leave_out": lived("prison")}, by=ana)
    assert (best(ana), best(ben)) == ([], [])


def test_no_language_in_common_no_introduction():
    ana, ben = ana_and_ben()
    tell(held={"experiences": lived("loss-of-a-parent"), "languages": ["pt-BR", "es"]}, by=ben)
    assert (best(ana), best(ben)) == ([], [])
    tell(held={"experiences": lived("loss-of-a-parent"), "languages": ["en-GB"]}, by=ben)
    assert (best(ana), best(ben)) == ([ben.ref], [ana.ref])


def test_a_block_of_either_keeps_both_apart():
    ana, ben = ana_and_ben()
    people.block(other=ana, by=ben)
    assert (best(ana), best(ben)) == ([], [])
    people.unblock(other=ana, by=ben)
    assert (best(ana), best(ben)) == ([ben.ref], [ana.ref])


@pytest.mark.parametrize(
    "facts",
    [{"paused_at": datetime(2026, 1, 1, tzinfo=UTC)}, {"capacity": 0}, {"standing": "suspended"}],
)
def test_who_is_closed_is_not_found_even_where_no_news_came(facts):
    ana, ben = ana_and_ben()
    was = the_pool()
    Person.objects.filter(ref=ben.ref).update(**facts)
    assert refs(was.best_for(ana.ref)) == []
    assert refs(was.best_for(ben.ref)) == []
    assert set(the_pool().people) == {ana.ref}


def test_an_old_pool_still_keeps_a_new_boundary():
    ana, ben = ana_and_ben()
    was = the_pool()
    tell(held={"experiences": [], "languages": ["en"], "leave_out": lived("prison")}, by=ana)
    assert refs(was.best_for(ana.ref)) == []


def test_a_piece_that_went_lends_nothing():
    ana, ben = ana_and_ben()
    more = piece(ben, "I lost my dad when I was ten.")
    assert more.ref in {ref for _, ref, _ in the_pool().best_for(ana.ref)[0].excerpts}
    withdraw_piece(piece=more, by=ben)
    assert more.ref not in {ref for _, ref, _ in the_pool().best_for(ana.ref)[0].excerpts}


def test_what_is_not_quotable_is_not_read():
    ana, _ = ana_and_ben()
    cleo = member("Cleo")
    piece(cleo, "My mum died in spring.", quotable=False)
    assert best(cleo) == []
    assert cleo.ref not in best(ana)


def test_who_left_is_gone():
    ana, ben = ana_and_ben()
    people.delete_person(person=ben, by=ben)
    assert (the_pool().people, best(ana)) == ((ana.ref,), [])


def test_someone_soon_meets_first_who_has_room_now():
    ana, ben = ana_and_ben()
    far = member("Far", experiences=lived("loss-of-a-sibling"))
    assert best(ana) == [ben.ref, far.ref]
    people.has_room_now(by=far)
    assert best(ana) == [ben.ref, far.ref]
    held = {"experiences": lived("loss-of-a-parent"), "languages": ["en"], "wish": "soon"}
    tell(held=held, by=ana)
    assert best(ana) == [far.ref, ben.ref]


def test_without_and_most():
    ana, ben = ana_and_ben()
    more = member("More", experiences=lived("loss-of-a-parent"))
    assert best(ana, without={ben.ref}) == [more.ref]
    assert len(best(ana, most=1)) == 1
    assert best(ana, most=0) == []
    assert the_pool().best_for("nobody") == []


def test_one_word_of_every_day_is_no_common_ground():
    ana = member("Ana", "A long day with a friend at home.")
    member("Ben", "A friend came home today.")
    assert best(ana) == []


def test_two_told_at_the_same_instant_count():
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)):
        ana, ben = ana_and_ben()
        assert best(ana) == [ben.ref]
        tell(held={"experiences": lived("adhd"), "languages": ["en"]}, by=ben)
        tell(held={"experiences": lived("adhd"), "languages": ["es"]}, by=ben)
        assert best(ana) == []


def test_rows_say_what_the_engine_says():
    """Every number of `around` is that of two people beside each other."""
    everybody = [*ana_and_ben(), member("Cleo", "I hear voices."), member("Dev", experiences=lived("prison"))]
    tell(
        held={"experiences": lived("adhd"), "languages": ["es"], "leave_out": lived("prison")},
        by=everybody[2],
    )
    now = the_pool()
    for number, one in enumerate(now.prepared.people):
        seen = now.around(one.ref)
        for other, theirs in enumerate(now.prepared.people):
            if number == other:
                continue
            assert seen.fits[other] == fit_between(now.prepared, one.ref, theirs.ref)
            bounded = not seen.speaks[other] or seen.mine_left_out[other] or seen.theirs_left_out[other]
            assert bool(bounded) == bool(failing(now.prepared, number, other))


def test_nobody_is_named_in_what_is_said():
    ana, ben = ana_and_ben()
    piece(ben, "I am Ben Oxtoby and my mum died. My mum died in winter.")
    found = asdict(the_pool().best_for(ana.ref)[0])
    said = f"{found['why']} {[words for _, _, words in found['excerpts']]}"
    for secret in ("Oxtoby", "Quillfeather", ana.ref, ben.ref, "Europe", str(found["fit"])):
        assert secret not in said


def test_quotes_are_short_whole_sentences_of_their_author():
    ana, ben = ana_and_ben()
    piece(ana, "My dad died " + "and it was long ago " * 30 + ".")
    found = the_pool().best_for(ana.ref)[0]
    mine = [words for author, _, words in found.excerpts if author == ana.ref]
    assert "My mum died in spring." in mine
    assert all(len(words) <= 160 for words in mine)
    assert 1 <= len(mine) <= 3
    assert {author for author, _, _ in found.excerpts} == {ana.ref, ben.ref}


def test_it_is_read_once_and_then_only_who_changed(monkeypatch):
    ana, ben = ana_and_ben()
    the_pool()
    asked = []
    read = members.read
    monkeypatch.setattr(
        members, "read", lambda marks, before: asked.append(set(marks)) or read(marks, before)
    )
    the_pool()
    assert asked == []
    tell(held={"experiences": lived("adhd"), "languages": ["en"]}, by=ben)
    the_pool()
    assert asked == [{ben.ref}]
    assert isinstance(pool.the_pool().around(ana.ref).fits, np.ndarray)


def test_what_only_we_heard_in_words_is_said_of_nobody():
    heard = "I lost my mother in spring, and her coat still hangs here."
    assert "loss-of-a-partner" in {one for one, _ in suggested_in(heard)}  # else this shows nothing
    kept = lived("loss-of-a-parent")
    ana, ben = (member(name, heard, experiences=kept) for name in ("Ana", "Ben"))
    cleo = member("Cleo", "I lost my dad.", experiences=kept)
    for one, without in ((ana, {cleo.ref}), (cleo, {ben.ref})):
        (found,) = the_pool().best_for(one.ref, without=without)
        assert "partner" not in str(found.why)
