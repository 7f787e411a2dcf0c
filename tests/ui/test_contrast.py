"""Every pair of text and ground of tokens.css is readable, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "beenthere/ui/static/ui/tokens.css"
GROUNDS = ("paper", "sheet", "glow")
# (text, ground, at least): WCAG 2.2 contrast; 7 for what is read at length, 3 for what is only seen.
PAIRS = (
    [("ink", ground, 7.0) for ground in (*GROUNDS, "moss-soft", "alert-soft")]
    + [("ink-soft", ground, 4.5) for ground in GROUNDS]
    + [("ember", ground, 4.5) for ground in GROUNDS]
    + [("moss", ground, 4.5) for ground in (*GROUNDS, "moss-soft")]
    + [("alert", ground, 4.5) for ground in (*GROUNDS, "alert-soft")]
    + [
        ("on-ember", "ember", 4.5),
        ("on-ember", "ember-deep", 4.5),
        ("on-lamp", "lamp", 7.0),
        ("paper", "ink", 7.0),
    ]
    + [("edge", ground, 3.0) for ground in ("paper", "sheet")]
)


def themes(css: str) -> dict[str, dict[str, str]]:
    """The colours by theme; a token that the dark list leaves out keeps its light value."""
    blocks = re.findall(r"^ *([^\n{}]*:root[^\n{]*)\{([^}]*)\}", css, re.MULTILINE)
    found: dict[str, dict[str, str]] = {}
    for selector, body in blocks:
        found.setdefault(selector.strip(), {}).update(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", body))
    light = found[":root"]
    return {
        "light": light,
        "dark": light | found[':root[data-theme="dark"]'],
        "dark by the device": light | found[':root:not([data-theme="light"])'],
    }


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of `#RRGGBB`, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(css: str) -> list[str]:
    return [
        f"{theme}: {text} on {ground} is {contrast(colours[text], colours[ground]):.2f}, at least {least}"
        for theme, colours in themes(css).items()
        for text, ground, least in PAIRS
        if contrast(colours[text], colours[ground]) < least
    ]


def test_every_pair_is_readable():
    assert too_faint(TOKENS.read_text(encoding="utf-8")) == []


def test_a_faint_token_is_found():
    faint = TOKENS.read_text(encoding="utf-8").replace("--ink-soft: #5A5563", "--ink-soft: #9A95A3")
    assert [line.rsplit(" is ", 1)[0] for line in too_faint(faint)] == [
        "light: ink-soft on paper",
        "light: ink-soft on sheet",
        "light: ink-soft on glow",
    ]


def test_the_two_dark_lists_are_one():
    found = themes(TOKENS.read_text(encoding="utf-8"))
    assert found["dark"] == found["dark by the device"]
    assert found["dark"] != found["light"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


def test_the_lamp_is_never_text():
    for path in TOKENS.parents[2].rglob("*.css"):
        assert re.findall(r"(?<![\w-])color:\s*var\(--lamp\)", path.read_text(encoding="utf-8")) == [], path
