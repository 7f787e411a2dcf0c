"""The box in a browser: what leads outside is heard there first, how much fits, notes, muted words."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from beenthere.conversations.actions import Draft, send_messages
from beenthere.conversations.actions.wanting import want, want_no_more
from beenthere.conversations.actions.writing import keep_muted_words
from beenthere.conversations.core.folding import asked_in, is_muted, stems_of
from beenthere.conversations.models import Message, Wanted

from .browsing import READY, until, wait_for, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LEADS_OUT = "Write to me at wren@example.org, it is easier."
HEARD = """[...document.querySelectorAll('[data-outside]:not([hidden]) li:not([hidden])')]
  .map((one) => one.textContent)"""
COUNT = "document.querySelector('[data-count]').hidden || document.querySelector('[data-count]').textContent"
BOX = "document.querySelector('#id_words').value"
DOOR = "document.querySelector('live-talk').box.isOpen"


@pytest.fixture
def page(ana, talk, opened):
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    return page


def test_what_leads_outside_is_told_before_anything_is_sent(page, ana, ben, talk):
    page.evaluate("""() => {
      const line = document.querySelector('live-talk').line, put = line.put.bind(line);
      window.put = [];
      line.put = (frame) => { window.put.push(frame); put(frame); };
    }""")
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.post_data)))
    write(page, LEADS_OUT)
    until(page, HEARD, ["This looks like an e-mail address."])
    assert (page.evaluate("window.put"), page.evaluate(BOX)) == ([], LEADS_OUT)
    assert {method for method, _data in asked} <= {"GET"}, "the rules, if they were not there yet"
    assert Message.objects.count() == 0
    page.get_by_role("link", name="Change it").click()
    assert page.evaluate("document.activeElement.id") == "id_words"
    assert page.evaluate(HEARD) == []
    write(page, "Write to me here.")
    wait_for(page, "Write to me here.")
    assert len(page.evaluate("window.put")) == 1


def test_a_note_is_looked_at_too(page):
    page.get_by_text("Say what is in it first").click()
    page.get_by_label("What it is about").fill(LEADS_OUT)
    write(page, "Hello.")
    until(page, HEARD, ["This looks like an e-mail address."])
    assert Message.objects.count() == 0


def test_the_door_is_asked_for_and_opens_live(page, ana, ben, talk):
    write(page, LEADS_OUT)
    until(page, HEARD, ["This looks like an e-mail address."])
    page.get_by_role("button", name="Ask Robin to open the door").click()
    page.get_by_text("Robin can see now that you would open").wait_for()
    assert page.evaluate(BOX) == LEADS_OUT
    assert list(Wanted.objects.values_list("membership__person", "what")) == [(ana.pk, "door")]
    until(page, READY, True)
    want(conversation=talk, what="door", by=ben)
    until(page, DOOR, True)
    page.get_by_role("button", name="Send").click()
    wait_for(page, LEADS_OUT)
    want_no_more(conversation=talk, what="door", by=ben)
    until(page, DOOR, False)
    write(page, LEADS_OUT + " Really.")
    until(page, HEARD, ["This looks like an e-mail address."])


def test_what_the_place_holds_back_is_told_as_kindly(page, talk):
    """Where the browser did not look: the refusal comes over the line."""
    page.evaluate("document.querySelector('live-talk').box.isOpen = true")
    write(page, LEADS_OUT)
    until(page, HEARD, ["This looks like an e-mail address."])
    assert (page.evaluate(BOX), Message.objects.count()) == (LEADS_OUT, 0)
    page.get_by_label("Write to").fill("Hello.")
    page.get_by_role("button", name="Send").click()
    wait_for(page, "Hello.")


def test_characters_are_counted_near_the_end_alone(page):
    for words, told in (
        (("word " * 760)[:3799], True),
        ("é" * 3800, "Characters left: 200"),
        ("😀" * 4000, "Characters left: 0"),
        (("word " * 803)[:4012], "Characters too many: 12"),
    ):
        page.get_by_label("Write to").fill(words)
        until(page, COUNT, told)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("longer than 4,000 characters").wait_for()
    assert page.evaluate(f"{BOX}.length") == 4012


def test_a_note_folds_the_words_for_both(page, ben, talk, opened):
    bens = opened(ben, f"/talk/{talk.ref}/")
    until(bens, READY, True)
    page.get_by_text("Say what is in it first").click()
    page.get_by_label("What it is about").fill("the funeral")
    write(page, "It was in March.")
    for one in (page, bens):
        wait_for(one, "It was in March.")
        assert not one.get_by_text("It was in March.").is_visible()
        one.locator("#m1 summary").get_by_text("the funeral").click()
        assert one.locator("#m1 .text").is_visible()
    assert bens.locator("live-talk [data-told]").inner_text() == "Ana wrote: the funeral"
    assert page.get_by_label("What it is about").input_value() == ""


def test_muted_words_fold_what_comes(ana, ben, talk, say, opened):
    keep_muted_words(words=["hospitals", "red chair"], by=ana)
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    until(page, "document.querySelector('live-talk').items.rules !== undefined", True)
    said = ["They took me to a Hospital.", "I was hospitable.", "Chairs, all of them red."]
    for words in said:
        say(ben, words)
    say(ana, "Which hospital?")
    wait_for(page, *said, "Which hospital?")
    folded = (
        "[...document.querySelectorAll('.words .said:has(.muted)')].map((one) => Number(one.dataset.number))"
    )
    assert page.evaluate(folded) == [1, 3]
    assert not page.get_by_text("They took me").is_visible()
    told = page.locator("live-talk [data-told]").inner_text()
    assert told == "Robin wrote something that stands behind your muted words."
    page.reload()
    until(page, READY, True)
    assert page.evaluate(folded) == [1, 3]


def test_enter_in_the_note_sends_and_asks_for_nothing(page):
    page.get_by_label("Write to").fill("It was in March.")
    page.get_by_text("Say what is in it first").click()
    page.get_by_label("What it is about").fill("the funeral")
    page.get_by_label("What it is about").press("Enter")
    wait_for(page, "It was in March.")
    assert Wanted.objects.count() == 0


def test_a_breather_comes_as_what_it_is(page, ben, talk):
    send_messages([Draft(ben.ref, talk.ref, "b1", "I need a breather.", kind="breather")])
    wait_for(page, "I need a breather.")
    assert page.locator("#m1").get_attribute("class") == "said breather"


def test_both_engines_fold_alike(page):
    """Over words of every kind: the browser folds what comes exactly as the place folds what is shown."""
    gathered: list[str] = []

    # What is assigned since Unicode 14 one engine knows and the other does not.
    known = some.text(some.characters(exclude_categories=["Cn", "Co", "Cs"]), max_size=30)

    @given(some.lists(known, max_size=20))
    def gather(random):
        gathered.extend(random)

    gather()
    texts = [*SAYINGS, *gathered[:1500]]
    entries = [asked_in(one, stops=True) for one in ("hospital", "mis hijas", "him")]
    here = [[sorted(stems_of(one, stops=True)), is_muted(one, entries)] for one in texts]
    there = page.evaluate(
        """async ([texts, entries]) => {
          const { rulesFrom, stemsOf, isMuted } = await import("/static/conversations/folding.js");
          const rules = await rulesFrom("/static/conversations/stems.json");
          return texts.map((one) => [[...stemsOf(rules, one)], isMuted(rules, one, entries)]);
        }""",
        [texts, entries],
    )
    assert [[sorted(stems), muted] for stems, muted in there] == here


SAYINGS = [
    "The voices didn’t stop; mum's chair stood there, and the hospitals were all closed.",
    "Mis hijas y la depresión: oí voces, veces, luces; tristemente bebíamos y caminábamos.",
    "Worrying worried worries dying died dies bleeding needed missing misses stopped classes",
    "STRASSE straße İstanbul ΟΔΟΣ ﬁne ½ ² 日本語 हिन्दी العربية e\u0301 😀",
    "him",
    "",
]
