"""The whole way with JavaScript off in both browsers: from landing to talking, out of the door and back in,
and to leaving."""

import pytest
from playwright.sync_api import expect

from beenthere.people.models import Person

from .walking import PLACES, Walker, the_talk

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LOSS = "Pérdida de la madre o del padre"
SAID = ["Two cups, every morning.", "Here it is her coat.", "I never told anybody."]


def test_from_landing_to_leaving_without_script(two):
    """In Spanish; with scripts the whole way is walked in both languages (test_two_people.py)."""
    ana, ben = two("es", java_script_enabled=False)
    meet(ana, ben, LOSS)
    talk(ana, ben)
    out_and_in_again(ana)
    in_by_a_code(ben)
    end(ana, ben)


def meet(ana: Walker, ben: Walker, experience: str) -> None:
    for one in (ana, ben):
        one.begin(experience)
        one.join()
    assert ana.sign_in_name != ben.sign_in_name
    ana.go("/today/")
    for one in (ana, ben):
        one.open_introduction()
        one.answer("yes")
    assert ben.screens[:6] == ["/", "/", "/begin/", "/begin/here/", "/today/", ben.screens[-1]]
    assert [one.open_talk() for one in (ana, ben)] == [f"/talk/{the_talk().ref}/"] * 2


def talk(ana: Walker, ben: Walker) -> None:
    """Each sees what was said when they send or load the page again; what is taken back goes."""
    for one, words in zip((ana, ben, ana), SAID, strict=True):
        one.press_send(words)
    assert ana.said() == SAID
    ana.take_back(1)
    ben.page.reload()
    assert [ana.said(), ben.said()] == [SAID[1:], SAID[1:]]
    assert [one.page.locator("#m1 .gone").count() for one in (ana, ben)] == [1, 1]


def out_and_in_again(ana: Walker) -> None:
    """By the sign-in name that was drawn, to the page that was asked for."""
    ana.sign_out()
    ana.go(f"/talk/{the_talk().ref}/")
    assert ana.screens[-1] == "/sign-in/"
    ana.sign_in()
    assert [ana.screens[-1], ana.said()] == [f"/talk/{the_talk().ref}/", SAID[1:]]


def in_by_a_code(ben: Walker) -> None:
    """Each code opens once."""
    ben.go("/me/recovery/")
    ben.press("form[action='/me/recovery/'] button")
    codes = ben.page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    ben.sign_out()
    ben.try_code(codes[3])
    assert ben.screens[-1] == "/me/recovered/"
    assert ben.open_talk() == f"/talk/{the_talk().ref}/"
    assert ben.said() == SAID[1:]


def end(ana: Walker, ben: Walker) -> None:
    """Who leaves takes nothing of the other's along, and leaves nothing of their own."""
    ana.step("leave")
    ben.page.reload()
    assert [ana.said(), ben.said()] == [[SAID[2]], [SAID[1]]]
    lines = [one.page.locator("main h1, main h1 + p").all_inner_texts() for one in (ana, ben)]
    assert [len(lines[0]), lines[0] == lines[1]] == [2, True]
    ana.go("/safety/delete-me/")
    ana.press("main form button")
    assert ana.screens[-1] == "/safety/goodbye/"
    assert [one.name for one in Person.objects.all()] == [ben.name]
    everything = "".join(ben.read(page) for page in (*PLACES, f"/talk/{the_talk().ref}/"))
    found = [words for words in (*SAID, ana.name, ana.words) if words in everything]
    assert found == [SAID[1]]
    expect(ben.page.locator(".words .said .text")).to_have_text([SAID[1]])


def test_a_used_code_opens_nothing(two, watch):
    watch.expects("status of 422")
    ana, _ = two("en", java_script_enabled=False)
    ana.begin("Loss of a parent")
    ana.join()
    ana.go("/me/recovery/")
    ana.press("form[action='/me/recovery/'] button")
    (code, *_) = ana.page.locator(".codes code").all_inner_texts()
    for opens in (True, False):
        ana.sign_out() if opens else ana.page.context.clear_cookies()
        ana.try_code(code)
        assert (ana.page.url.endswith("/me/recovered/"), ana.page.locator("#id_code").count()) == (
            opens,
            0 if opens else 1,
        )
