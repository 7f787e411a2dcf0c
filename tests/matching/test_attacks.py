"""What somebody who means harm could hand to a stranger before both said yes."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from beenthere.foundation import clock
from beenthere.matching.actions import propose, tell
from beenthere.matching.models import Card
from beenthere.stories.actions import write_piece
from tests.cast import signed_in
from tests.matching.community import ArithmeticPool, member
from tests.matching.place_of import ana_and_ben, lived

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)


def card_of(one) -> str:
    card = Card.objects.get(person=one)
    answer = signed_in(Client(), one).get(f"/introductions/{card.ref}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_experience_in_own_words_is_no_letter_to_a_stranger():
    with clock.stopped_at(MONDAY):
        ana, ben = ana_and_ben()
        harmless = {"experience": "a long winter", "known": False, "stand": None}
        letter = {"experience": "Write to ana at gmail dot com", "known": False, "stand": None}
        named = [*lived("loss-of-a-parent", stand="in it now"), harmless, letter]
        tell(held={"experiences": named, "languages": ["en"]}, by=ana)
        assert propose() == 1
        page = card_of(ben)
        assert ("a long winter" in page, "gmail" in page) == (True, False)


def test_no_quoted_words_lead_outside():
    with clock.stopped_at(MONDAY):
        (ana, _), (ben, _) = member("Ana"), member("Ben")
        about = {"experiences": [], "language": "en"}
        letter = "PLANTED: text me, 07700 900123. It was long ago."
        write_piece(words=letter, about=about, audience="introduced", quotable=True, by=ana)
        assert propose(pool=ArithmeticPool([ana, ben])) == 1
        page = card_of(ben)
        assert ("I have been there, says Ana" in page, "PLANTED" in page) == (True, False)
