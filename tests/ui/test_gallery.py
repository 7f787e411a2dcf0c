"""The gallery shows every component, and the components say what they must."""

from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client

from beenthere.foundation.sentences import sentence

COMPONENTS = Path(__file__).resolve().parents[2] / "beenthere/ui/templates/ui/components"


def shown(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_every_component_stands_in_the_gallery():
    response = Client().get("/gallery/")
    assert response.status_code == 200
    used = {template.name for template in response.templates}
    assert {f"ui/components/{path.name}" for path in COMPONENTS.glob("*.html")} - used == set()


@pytest.mark.parametrize(
    ("query", "attribute"),
    [("theme=dark", 'data-theme="dark"'), ("theme=light", 'data-theme="light"'), ("dir=rtl", 'dir="rtl"')],
)
def test_theme_and_direction_are_set_by_a_link(query, attribute):
    assert attribute in Client().get(f"/gallery/?{query}").content.decode().split("<head>")[0]


def test_another_theme_or_direction_is_left_out():
    top = Client().get('/gallery/?theme="><script>&dir=up').content.decode().split("<head>")[0]
    assert "data-theme" not in top
    assert 'dir="ltr"' in top


def test_a_sentence_is_said_and_other_values_stay():
    assert shown("{{ one|said }} {{ two|said }}", one=sentence("Line {n}", n=3), two=7) == "Line 3 7"


def test_words_are_escaped_in_a_piece():
    html = shown('{% include "ui/components/piece.html" %}', words="<script>", who="You wrote")
    assert "&lt;script&gt;" in html


def test_a_notice_of_an_unknown_kind_fails():
    with pytest.raises(TemplateSyntaxError):
        shown('{% notice kind="loud" %}x{% endnotice %}')


def test_a_notice_that_is_wrong_is_read_out_at_once():
    assert 'role="alert"' in shown('{% notice kind="wrong" live=1 %}x{% endnotice %}')


def test_more_than_two_names_stand_beneath_the_circles():
    meet = '{% include "ui/components/meet.html" %}'
    assert "shared below" not in shown(meet, shared=["a", "b"])
    assert "shared below" in shown(meet, shared=["a", "b", "c"])


def test_htmx_comes_without_eval_and_without_style():
    html = shown('{% include "ui/htmx.html" %}')
    assert '"allowEval":false' in html
    assert '"includeIndicatorStyles":false' in html
    assert 'src="/static/django_htmx/htmx-2.min.js"' in html
