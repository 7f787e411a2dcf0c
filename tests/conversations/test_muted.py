"""Muted words: messages of others that hold one stand folded, and nobody else learns of the list."""

import pytest
from django.test import Client
from re2 import findall

from beenthere.conversations.actions import Draft, send_messages
from beenthere.conversations.actions.writing import Unmutable, keep_muted_words
from beenthere.conversations.models import Talking
from beenthere.conversations.queries.writing import muted_words_of
from beenthere.foundation.keys.opening import drop_opened
from tests.cast import needs_sign_in, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FOLDED = r'<li id="m(\d+)"[^>]*>\s*<details class="muted">'


def folded(who, talk) -> list[str]:
    shown = signed_in(Client(), who).get(f"/talk/{talk.ref}/").content.decode()
    return findall(FOLDED, shown.split("<template")[0])


def test_words_of_others_stand_folded_and_ones_own_do_not(ana, ben, talk, say):
    say(ben, "They took me to a Hospital.")
    say(ana, "Which hospital was it?")
    say(ben, "I was hospitable once.")
    send_messages([Draft(ben.ref, talk.ref, "n1", "It was long.", note="hospitals")])
    assert folded(ana, talk) == []
    keep_muted_words(words=["hospitals"], by=ana)
    assert folded(ana, talk) == ["1", "4"]
    assert folded(ben, talk) == []


def test_the_list_goes_to_ones_own_page_alone(ana, ben, talk, say):
    keep_muted_words(words=["xylophone"], by=ana)
    address = f"/talk/{talk.ref}/"
    mine, theirs = (signed_in(Client(), one).get(address).content.decode() for one in (ana, ben))
    assert ["xylophon" in one for one in (mine, theirs)] == [True, False]
    assert "xylophone" in signed_in(Client(), ana).get("/talk/words/").content.decode()
    assert "xylophone" not in signed_in(Client(), ben).get("/talk/words/").content.decode()
    assert b"xylophon" not in bytes(Talking.objects.get().__dict__["told"].stored)


def test_a_list_is_kept_whole_or_not_at_all(ana):
    keep_muted_words(words=["  Red   chair ", "", "voice", "voice"], by=ana)
    assert muted_words_of(ana) == ["Red chair", "voice"]
    for wrong in (["x" * 61], ["..."], ["a\0b"], [f"w{number}" for number in range(101)]):
        with pytest.raises(Unmutable):
            keep_muted_words(words=wrong, by=ana)
    assert muted_words_of(ana) == ["Red chair", "voice"]
    keep_muted_words(words=[], by=ana)
    assert muted_words_of(ana) == []


def test_the_page(ana, ben):
    browser = signed_in(Client(), ana)
    assert browser.post("/talk/words/", {"words": "Hospital\r\n\r\nred chair"})["Location"] == "/talk/words/"
    assert ">\nHospital\nred chair</textarea>" in browser.get("/talk/words/").content.decode()
    answer = browser.post("/talk/words/", {"words": "...\r\nkept in the box"})
    assert (answer.status_code, "kept in the box" in answer.content.decode()) == (422, True)
    assert muted_words_of(ana) == ["Hospital", "red chair"]
    assert browser.post("/talk/words/", {"words": ""}).status_code == 302
    assert needs_sign_in(Client(), "/talk/words/")


def test_two_queries_more_with_a_list(ana, ben, talk, say, django_assert_max_num_queries):
    """The row, and perhaps the key; however many words and messages."""
    browser, counts = signed_in(Client(), ana), []
    for words in (["one"], ["one", "two", "three"]):
        keep_muted_words(words=words, by=ana)
        say(ben, "Hello.")
        browser.get(f"/talk/{talk.ref}/")
        drop_opened()
        with django_assert_max_num_queries(60) as asked:
            browser.get(f"/talk/{talk.ref}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
