"""Introductions: made, shown, answered, ended; and two who meet. The clock stands still."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from beenthere.conversations.models import Conversation, Membership
from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.keys.sweeping import sweep_orphans
from beenthere.foundation.models import FailedReaction
from beenthere.foundation.refs import SITE
from beenthere.matching.access import get_card_for
from beenthere.matching.actions import answer_card, propose, settle, show_cards
from beenthere.matching.models import Card, Excerpt, Introduction
from beenthere.matching.queries.cards import card_seen, cards_of, places_free
from beenthere.people.actions import (
    block,
    choose_capacity,
    delete_person,
    end_company,
    has_room_now,
    pause,
    resume,
    unblock,
)
from beenthere.people.models import ADDRESS, SUSPENDED, Company, Person
from beenthere.stories.actions import change_piece, withdraw_piece

from .community import ArithmeticPool, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = 3600, 86400


@pytest.fixture
def hands():
    with clock.stopped_at(NOON) as hands:
        yield hands


@pytest.fixture(autouse=True)
def nothing_failed():
    yield
    assert list(FailedReaction.objects.values_list("reaction", "error")) == []


class Two:
    """Ana and Ben, introduced; each has seen the card unless `shown` says otherwise."""

    def __init__(self, shown: str = "ab") -> None:
        (self.ana, self.anas), (self.ben, self.bens) = member("Ana"), member("Ben")
        self.pool = ArithmeticPool([self.ana, self.ben])
        assert propose(pool=self.pool) == 1
        self.a, self.b = (Card.objects.get(person=one) for one in (self.ana, self.ben))
        for letter, one in (("a", self.ana), ("b", self.ben)):
            if letter in shown:
                show_cards(by=one)

    def say(self, ana: str = "", ben: str = "") -> str:
        """Both answer, Ana first; the ref of the conversation, if one began."""
        for card, answer, by in ((self.a, ana, self.ana), (self.b, ben, self.ben)):
            if answer:
                answer_card(card=Card.objects.get(pk=card.pk), answer=answer, by=by)
        return Introduction.objects.get().pair

    def sees(self, one: Person) -> list:
        show_cards(by=one)
        return cards_of(one)


def test_each_sees_both_excerpts_and_why_and_nothing_of_the_other(hands):
    two = Two()
    (seen,) = cards_of(two.ana)
    assert (seen.mine, seen.theirs) == (["I have been there, says Ana"], ["I have been there, says Ben"])
    assert (seen.ref, seen.gone, seen.answer) == (two.a.ref, False, "")
    assert seen.ends_at == NOON + timedelta(hours=72)
    assert {seen.why["shared"], cards_of(two.ben)[0].why["shared"]} == {"mine", "theirs"}
    told = repr(seen)
    assert two.ben.ref not in told
    assert Introduction.objects.get().ref not in told
    assert sorted(Company.objects.values_list("kind", "ended_at")) == [("introduction", None)] * 2


def test_the_gate_gives_a_card_to_its_person_alone(hands):
    two = Two()
    assert get_card_for(two.ana, two.a.ref) == two.a
    for stranger, ref in ((two.ben, two.a.ref), (two.ana, two.b.ref), (two.ana, "0" * 16)):
        with pytest.raises(Http404):
            get_card_for(stranger, ref)
    with pytest.raises(ValueError, match="another"):
        answer_card(card=two.a, answer="yes", by=two.ben)
    with pytest.raises(ValueError, match="perhaps"):
        answer_card(card=two.a, answer="perhaps", by=two.ana)


@pytest.mark.parametrize("first", ["ana", "ben"])
def test_both_say_yes_and_meet(hands, first):
    two = Two()
    one, other = ("ana", "ben") if first == "ana" else ("ben", "ana")
    assert two.say(**{one: "yes"}) == ""
    pair = two.say(**{other: "yes"})
    assert Conversation.objects.get().ref == pair
    assert sorted(row.person_ref for row in Membership.objects.all()) == sorted([two.ana.ref, two.ben.ref])
    assert (cards_of(two.ana), cards_of(two.ben), Excerpt.objects.count()) == ([], [], 0)
    assert (
        sorted(Company.objects.filter(ended_at=None).values_list("kind", "subject")) == [("pair", pair)] * 2
    )
    assert [card.why for card in Card.objects.all()] == [None, None]
    after = answer_card(card=Card.objects.get(person=two.ana), answer="never", by=two.ana)
    assert (after.answer, after.introduction.pair) == ("yes", pair), "a pair that began is not unsaid here"


@pytest.mark.parametrize(
    "answers",
    [
        [("a", "yes"), ("b", "not_now")],
        [("a", "yes"), ("b", "never"), ("b", "yes")],
        [("a", "yes"), ("a", "not_now"), ("b", "yes")],
        [("b", "yes"), ("b", "never"), ("a", "yes")],
        [("a", "not_now"), ("b", "yes")],
    ],
)
def test_no_pair_without_two_standing_yeses(hands, answers):
    two = Two()
    for who, answer in answers:
        two.say(**{"ana" if who == "a" else "ben": answer})
    assert (Introduction.objects.get().pair, Conversation.objects.count()) == ("", 0)
    assert [len(two.sees(one)) for one in (two.ana, two.ben)] == [1, 1], "the cards keep their places"


def test_a_yes_that_was_not_now_before_counts(hands):
    two = Two()
    two.say(ana="not_now")
    assert two.say(ana="yes", ben="yes") == Conversation.objects.get().ref


def test_never_is_a_block_and_final(hands):
    two = Two()
    two.say(ben="never")
    assert [(row.other, row.by_person) for row in two.ben.blocks.all()] == [(two.ana, two.ben)]
    two.say(ben="not_now")
    assert cards_of(two.ben)[0].answer == "never"
    assert two.say(ana="yes", ben="yes") == ""


@pytest.mark.parametrize("blocker", ["ana", "ben"])
def test_a_block_before_the_second_yes_looks_like_waiting(hands, blocker):
    two = Two()
    two.say(ben="yes")
    before = two.sees(two.ana)
    by, other = (two.ana, two.ben) if blocker == "ana" else (two.ben, two.ana)
    block(other=other, by=by)
    assert two.sees(two.ana) == before
    assert two.say(ana="yes") == ""


def test_a_block_taken_back_does_not_bring_the_yes_back(hands):
    from beenthere.matching.tasks import void_yes

    two = Two()
    two.say(ben="yes")
    block(other=two.ana, by=two.ben)
    void_yes.call(two.ben.ref, two.ana.ref)
    unblock(other=two.ana, by=two.ben)
    two.say(ana="yes")
    settle()
    assert Introduction.objects.get().pair == ""


@pytest.mark.parametrize("whose", ["ana", "ben"])
def test_a_pause_keeps_a_pair_from_beginning_until_it_ends(hands, whose):
    two = Two()
    paused = getattr(two, whose)
    two.say(ben="yes")
    pause(by=paused)
    two.say(ana="yes")
    settle()
    assert (Introduction.objects.get().pair, two.sees(two.ana)[0].answer) == ("", "yes")
    resume(by=paused)
    settle()
    assert Introduction.objects.get().pair == Conversation.objects.get().ref


def test_no_pair_beyond_a_dial_turned_down_meanwhile(hands):
    two = Two()
    choose_capacity(people=0, by=two.ben)
    before = two.sees(two.ana)
    assert two.say(ana="yes", ben="yes") == ""
    (after,) = two.sees(two.ana)
    assert (after.ends_at, after.theirs) == (before[0].ends_at, before[0].theirs)
    choose_capacity(people=1, by=two.ben)
    settle()
    assert Introduction.objects.get().pair != ""


def test_a_suspended_person_meets_nobody(hands):
    two = Two()
    two.say(ben="yes")
    Person.objects.filter(pk=two.ben.pk).update(standing=SUSPENDED)
    assert two.say(ana="yes") == ""


@pytest.mark.parametrize(("hours", "lives"), [(71, True), (72, False)])
def test_a_card_ends_72_hours_after_it_was_shown(hands, hours, lives):
    two = Two()
    hands.move(hours * HOUR)
    assert bool(cards_of(two.ana)) is lives, "before anybody writes it down"
    assert (bool(two.sees(two.ana)), bool(two.sees(two.ben))) == (lives, lives)
    assert (two.say(ana="yes", ben="yes") != "") is lives


def test_a_card_nobody_saw_ends_after_seven_days(hands):
    Two(shown="")
    hands.move(7 * DAY - 1)
    assert settle() == 0
    hands.move(1)
    assert settle() == 1
    assert Introduction.objects.get().ended_at == clock.now()


def test_a_card_never_shown_ends_with_the_others(hands):
    two = Two(shown="a")
    hands.move(71 * HOUR)
    assert places_free(two.ben) == 2
    hands.move(HOUR)
    assert cards_of(two.ben) == []
    assert show_cards(by=two.ben) == []
    assert (places_free(two.ben), Excerpt.objects.count()) == (3, 0)


def test_a_card_shown_late_lives_its_72_hours_whatever_became_of_the_others(hands):
    two = Two(shown="a")
    hands.move(71 * HOUR)
    show_cards(by=two.ben)
    hands.move(71 * HOUR)
    (seen,) = two.sees(two.ben)
    assert (two.sees(two.ana), seen.theirs) == ([], ["I have been there, says Ana"])
    assert two.say(ben="yes") == ""
    hands.move(HOUR)
    assert two.sees(two.ben) == []


def test_looking_again_does_not_make_it_longer(hands):
    two = Two()
    hands.move(70 * HOUR)
    two.sees(two.ana)
    assert Card.objects.get(pk=two.a.pk).ends_at == NOON + timedelta(hours=72)


@pytest.mark.parametrize("answers", [{}, {"ana": "yes"}, {"ana": "not_now", "ben": "yes"}])
def test_two_who_did_not_meet_are_proposed_again_after_90_days(hands, answers):
    two = Two()
    two.say(**answers)
    hands.move(72 * HOUR)
    assert propose(pool=two.pool) == 0
    hands.move(90 * DAY - 1)
    assert propose(pool=two.pool) == 0
    hands.move(1)
    assert propose(pool=two.pool) == 1
    assert Introduction.objects.count() == 1


def test_a_block_is_for_good(hands):
    two = Two()
    two.say(ben="never")
    hands.move(400 * DAY)
    assert propose(pool=two.pool) == 0


def test_two_who_met_stay_apart_90_days_after_their_pair_ended(hands):
    two = Two()
    pair = two.say(ana="yes", ben="yes")
    hands.move(200 * DAY)
    assert propose(pool=two.pool) == 0
    end_company(kind="pair", subject=pair, by=SITE)
    hands.move(90 * DAY - 1)
    assert propose(pool=two.pool) == 0
    hands.move(1)
    assert propose(pool=two.pool) == 1


def test_a_clock_that_goes_back_revives_nothing(hands):
    two = Two()
    two.say(ana="yes")
    hands.move(73 * HOUR)
    settle()
    hands.move(-80 * HOUR)
    assert [two.sees(one) for one in (two.ana, two.ben)] == [[], []]
    assert two.say(ben="yes", ana="yes") == ""
    assert (propose(pool=two.pool), settle(), Card.objects.exclude(answer="yes").count()) == (0, 0, 1)
    hands.move(-200 * DAY)
    assert propose(pool=two.pool) == 0


@pytest.mark.parametrize(
    "how", ["leaves", "withdraws", "keeps to oneself", "takes the words out", "key gone"]
)
def test_what_the_other_takes_away_is_gone_in_the_same_way(hands, how):
    two = Two()
    about = two.bens.about
    if how == "leaves":
        delete_person(person=two.ben, by=two.ben)
    elif how == "withdraws":
        withdraw_piece(piece=two.bens, by=two.ben)
    elif how == "keeps to oneself":
        change_piece(
            piece=two.bens, words=two.bens.words, about=about, audience="members", quotable=False, by=two.ben
        )
    elif how == "takes the words out":
        change_piece(
            piece=two.bens, words="Other words.", about=about, audience="members", quotable=True, by=two.ben
        )
    else:
        destroy_key(owner=two.ben.ref, by=SITE)
    (seen,) = two.sees(two.ana)
    assert (seen.theirs, seen.gone, seen.mine) == ([], True, ["I have been there, says Ana"])
    assert (seen.ends_at, places_free(two.ana)) == (NOON + timedelta(hours=72), 2)
    if how in ("leaves", "key gone"):
        assert two.say(ana="yes") == ""
    hands.move(72 * HOUR)
    assert (two.sees(two.ana), places_free(two.ana)) == ([], 3)


def test_withdrawn_words_leave_the_tables_and_no_gate_waits_for_that(hands, monkeypatch):
    from beenthere.foundation import events

    two = Two()
    withdraw_piece(piece=two.anas, by=two.ana)
    assert [row.author for row in Excerpt.objects.all()] == [two.ben]
    monkeypatch.setattr(events, "_reactions", {})
    withdraw_piece(piece=two.bens, by=two.ben)
    assert Excerpt.objects.count() == 1
    (seen,) = cards_of(two.ana)
    assert (seen.mine, seen.theirs, seen.gone) == ([], [], True)


def test_nobody_who_cannot_be_reached_is_proposed(hands):
    people = [member(name)[0] for name in ("Ana", "Ben", "Cleo", "Dev", "Eli")]
    ana, ben, cleo, dev, eli = people
    pause(by=ben)
    choose_capacity(people=0, by=cleo)
    Person.objects.filter(pk=dev.pk).update(standing=SUSPENDED)
    Person.objects.filter(pk=eli.pk).update(standing=ADDRESS)
    pool = ArithmeticPool(people)
    assert propose(pool=pool) == 0
    resume(by=ben)
    assert propose(pool=pool) == 1
    assert list(map(places_free, people)) == [2, 2, 0, 0, 0]


def test_never_more_than_three_nor_more_than_one_has_room_for(hands):
    people = [member(name)[0] for name in "ABCDEFG"]
    for capacity, one in zip((1, 2, 3, 4, 12, 3, 3), people, strict=True):
        choose_capacity(people=capacity, by=one)
    pool = ArithmeticPool(people)
    assert propose(pool=pool) == 8
    living = [Card.objects.filter(person=one, ended_at=None).count() for one in people]
    assert all(count <= most for count, most in zip(living, (1, 2, 3, 3, 3, 3, 3), strict=True))
    assert propose(pool=pool) == 0


def test_every_answer_leaves_the_place_taken(hands):
    two = Two()
    for answer in ("yes", "not_now", "never"):
        two.say(ana=answer)
        assert (places_free(two.ana), places_free(two.ben)) == (2, 2)


def test_who_is_new_comes_first(hands):
    people = [member(name)[0] for name in ("Ana", "Ben", "Cleo")]
    for one in people:
        choose_capacity(people=1, by=one)
    pool = ArithmeticPool(people)
    assert propose(pool=pool) == 1
    hands.move(7 * DAY)
    (new,) = [one for one in people if not one.cards.exists()]
    assert propose(pool=pool) == 1
    assert new.cards.count() == 1


def test_room_now_goes_before_a_better_fit(hands):
    people = [member(name)[0] for name in ("Ana", "Ben", "Cleo", "Dev")]
    for one in people:
        choose_capacity(people=1, by=one)
    pool = ArithmeticPool(people)
    propose(pool=pool)
    hands.move(7 * DAY)
    settle()
    partner = {row.a: row.b for row in Introduction.objects.all()}
    partner |= {b: a for a, b in partner.items()}
    fits = {
        (a.ref, b.ref): pool.fit(a.ref, b.ref)
        for a in people
        for b in people
        if a.ref < b.ref and partner[a.ref] != b.ref
    }
    worst = min(fits, key=fits.get)
    by_ref = {one.ref: one for one in people}
    has_room_now(by=by_ref[worst[0]])
    assert propose(pool=pool) == 2
    first = Introduction.objects.filter(ended_at=None).order_by("pk").first()
    assert worst[0] in (first.a, first.b)


def test_the_same_place_gives_the_same(hands):
    people = [member(name)[0] for name in "ABCDEF"]
    pool = ArithmeticPool(people)
    propose(pool=pool)
    first = sorted(Introduction.objects.values_list("a", "b"))
    Introduction.objects.all().delete()
    propose(pool=pool)
    assert sorted(Introduction.objects.values_list("a", "b")) == first


def test_reading_cards_takes_as_many_queries_for_one_as_for_three(hands, django_assert_num_queries):
    people = [member(name)[0] for name in "ABCD"]
    pool = ArithmeticPool(people[:2])
    propose(pool=pool)
    show_cards(by=people[0])
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len(show_cards(by=people[0])) == count
        with django_assert_num_queries(3):
            assert len(cards_of(people[0])) == count
        propose(pool=ArithmeticPool(people))
        show_cards(by=people[0])


def test_what_is_long_over_is_forgotten(hands):
    two = Two()
    hands.move(72 * HOUR)
    settle()
    assert (Card.objects.count(), [card.why for card in Card.objects.all()]) == (2, [None, None])
    hands.move(90 * DAY)
    settle()
    assert (Card.objects.count(), Introduction.objects.count()) == (0, 0)
    assert card_seen(two.ana, two.a.ref) is None


def test_who_left_half_way_meets_nobody_and_is_swept_up(hands):
    """A leaving that was cut off after the key: two yeses and no pair, until nothing is left of them."""
    two = Two()
    destroy_key(owner=two.ben.ref, by=two.ben)
    assert two.say(ana="yes", ben="yes") == ""
    assert settle() == 0
    assert Conversation.objects.count() == 0
    sweep_orphans(by=SITE)
    assert not Person.objects.filter(pk=two.ben.pk).exists()
    assert [one.answer for one in two.sees(two.ana)] == ["yes"]
