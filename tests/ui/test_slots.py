"""Named slots: filled from above, shown below."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from beenthere.ui import slots


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(slots, "_filled", {name: [] for name in slots.SLOTS})


def shown(slot: str, **context) -> str:
    return Template("{% load ui %}{% slot '" + slot + "' %}").render(Context(context))


@pytest.fixture
def templates(settings):
    """Three small templates, of apps that this one does not know."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "builtins": ["beenthere.ui.templatetags.ui"],
                "libraries": {"ui": "beenthere.ui.templatetags.ui"},
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"one.html": "one ", "two.html": "two {{ name }} ", "kind.html": "{{ kind }}"},
                    )
                ],
            },
        }
    ]


def test_an_empty_slot_shows_nothing():
    assert shown("foot") == ""


def test_fillings_stand_in_their_order_and_then_by_name(templates):
    slots.fill("foot", "two.html")
    slots.fill("foot", "one.html")
    assert shown("foot", name="x") == "one two x "
    slots.fill("foot", "kind.html", order=10)
    assert shown("foot", kind="first ") == "first one two  "


def test_a_filling_stands_once():
    slots.fill("foot", "one.html")
    slots.fill("foot", "one.html")
    assert slots.fillings_of("foot") == (slots.Filling("one.html"),)


def test_what_a_filling_brings_is_its_own(templates):
    slots.fill("foot", "two.html", brings=lambda request: {"name": request.path})
    slots.fill("foot", "kind.html", order=60)
    assert shown("foot", request=RequestFactory().get("/here/"), name="outer") == "two /here/ "


def test_what_is_brought_is_escaped(templates):
    slots.fill("foot", "two.html", brings=lambda request: {"name": "<b>"})
    assert shown("foot") == "two &lt;b&gt; "


@pytest.mark.parametrize("use", [slots.fillings_of, lambda name: slots.fill(name, "one.html")])
def test_an_unknown_slot_fails(use):
    with pytest.raises(KeyError):
        use("help-later")
