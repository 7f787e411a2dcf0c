"""Before both said yes nothing that anybody receives holds a name of the other: no card, excerpt, reason, and
no answer of the API; nor the private name with which somebody signs in."""

import pytest
from django.test import Client

from beenthere.matching.actions import propose, show_cards
from beenthere.matching.core.naming import Named
from beenthere.matching.models import Card, Excerpt, Introduction
from beenthere.matching.queries.cards import cards_of
from beenthere.people.actions import make_access_token
from tests.cast import signed_in

from .place_of import lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FORMS = ("Quillfeather", "quillfeather", "QUILLFEATHER", "Quíllfeather", "Quiⅼlfeather", "Quill\u200bfeather")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_no_introduction_reveals_a_name(form, whose):
    """Planted in the pieces, in what they are about, and in what was told in own words."""
    planted = f"I lost my mum, said {form}. My mum died in spring. I am {form} and I lost my mum."
    plain = "I lost my mum two years ago. After the funeral people asked about the house."
    said = form.replace("\u200b", "")
    own = [{"experience": f"being {said} at sea", "known": False, "stand": None}]
    first, second = (
        ("Ana Quillfeather", "Ben Oxtoby") if whose == "mine" else ("Ana Wren", "Ben Quillfeather")
    )
    ana = member(first, planted, experiences=lived("loss-of-a-parent") + own)
    ben = member(second, plain, experiences=lived("loss-of-a-parent") + own)
    assert propose() == 1
    for one in (ana, ben):
        show_cards(by=one)
        (card,) = cards_of(one)
        _, token = make_access_token(label="", by=one)
        browser = signed_in(Client(), one)
        received = [repr(card), *(repr(row.words) for row in Excerpt.objects.all())]
        received.append(browser.get(f"/introductions/{card.ref}/").content.decode())
        api = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        received += [
            Client().get(f"/api/v1/introductions/{ref}", **api).content.decode() for ref in ("", card.ref)
        ]
        for text in received:
            assert not Named("Quillfeather").is_in(text), text[:2000]
    assert Excerpt.objects.count() > 0, "and what is no name is quoted"
    assert Card.objects.count() == 2


def test_words_that_both_wrote_are_named_but_no_name():
    ana = member("Heron", "The lighthouse stood over our harbour. Heron walks the harbour by the lighthouse.")
    ben = member("Ben", "A heron lives at the lighthouse in the harbour. The lighthouse keeps the harbour.")
    assert propose() == 1
    show_cards(by=ben)
    told = repr(cards_of(ben)).casefold()
    assert "heron" not in told
    assert "lighthouse" in told
    assert ana.name == "Heron"


def test_the_name_one_signs_in_with_is_not_quoted():
    words = "My mum died in spring, amber-river-lantern-42 is how I come in. I lost my mum and it is quiet."
    ana = member("Ana", words, experiences=lived("loss-of-a-parent"))
    member("Ben", "I lost my mum two years ago.", experiences=lived("loss-of-a-parent"))
    from beenthere.people.core.words import words as drawn

    assert {"amber", "river", "lantern"} <= set(drawn()), "else plant others"
    assert propose() == 1
    quoted = " ".join(row.words for row in Excerpt.objects.filter(author=ana))
    assert quoted
    assert "lantern" not in quoted


@pytest.mark.parametrize(
    ("name", "text", "gives_away"),
    [
        ("Ana", "I am Ana.", True),
        ("Ana", "Anabel came.", False),
        ("Ana Ríos", "they call me rios", True),
        ("Will", "I will go on", False),
        ("Will", "I am Will", True),
        ("Li", "I am here", False),
        ("Li", "they call me LI", True),
        ("Zoë", "zoe, that is me", True),
        ("Nadia", "Nаdia with a Cyrillic letter", True),
        ("小明", "我 小明", True),
        ("J", "J is a letter", False),
    ],
)
def test_what_gives_a_name_away(name, text, gives_away):
    assert Named(name).is_in(text) is gives_away


def test_the_introduction_itself_holds_refs_alone():
    member("Ana", "I lost my mum.", experiences=lived("loss-of-a-parent"))
    member("Ben", "I lost my mum.", experiences=lived("loss-of-a-parent"))
    propose()
    assert "Ana" not in repr(Introduction.objects.values())
