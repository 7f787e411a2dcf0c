"""report.html: one file, whole, the same each time, and guarded by its own policy."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from beenthere.foundation.sentences import sentence
from beenthere.matching.queries.report import report

from .conftest import ANA_AND_BEN
from .test_queries import plan_of


def made(content: bytes = ANA_AND_BEN, **wishes) -> str:
    return report(plan_of(content, **wishes), name="people.csv").decode()


class Parts(HTMLParser):
    """What a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.asked, self.inline = set(), [], []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"src", "href", "srcset", "action", "data", "poster"} and not value.startswith("#"):
                self.asked.append(value)
            if name == "style" or name.startswith("on"):
                self.inline.append(name)


def test_it_asks_for_nothing_and_runs_nothing():
    parts = Parts()
    parts.feed(made())
    assert (parts.asked, parts.inline) == ([], [])
    assert parts.tags & {"script", "link", "img", "iframe", "form", "base", "object"} == set()


def test_its_policy_names_its_style():
    html = made()
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html).group(1)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:"
    assert set(re.findall(r"url\(\"([^,]*)", style)) == {"data:font/woff2;base64"}


def test_the_same_plan_gives_the_same_bytes():
    assert made() == made()


def test_it_says_who_meets_whom_and_why():
    html = made()
    assert "2 of 4 people have someone to meet." in html
    assert "<h3>ana and ben have both lived through loss of a parent.</h3>" in html
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html) == [
        "My mum died in spring and the house is quiet.",
        "I lost my dad two years ago.",
    ]
    assert re.findall(r"<dt><bdi>(\w+)</bdi></dt>", html) == ["cleo", "dev"]


def test_every_plot_says_the_same_as_text():
    html = made(ANA_AND_BEN.replace(b"hopes", b"since").replace(b"to talk", b"2025-01-06"))
    assert html.count('<svg class="plot"') == html.count("<details>") == 3
    assert html.count('role="img" aria-label="') == 3


def test_what_people_wrote_is_never_markup():
    nasty = b"</style><script>alert(1)</script>"
    html = made(ANA_AND_BEN.replace(b"quiet", nasty).replace(b"ana,", b"<i>ana,"))
    assert ("<script" in html, "<i>" in html, html.count("</style>")) == (False, False, 1)
    named = report(plan_of(ANA_AND_BEN), name="<script>.csv", notices=(sentence("<s>{x}", x="<u>"),)).decode()
    assert ("<script" in named, "<s>" in named, "<u>" in named) == (False, False, False)


def test_rounds_and_kept_are_told_apart():
    html = made(ANA_AND_BEN, rounds=2, floor="0", kept=(("ana", "ben"),))
    assert re.findall(r"<h2>(Round \d)</h2>", html) == ["Round 1", "Round 2"]
    assert html.count("Kept by hand.") == 1


def test_nobody_could_be_introduced():
    html = made(b"ref\na\n")
    assert "One person is here, and nobody to meet." in html
    assert '<ol class="pairs' not in html


def test_thousands_are_laid_out_when_looked_at():
    content = b"ref,experiences\n" + b"".join(b"r%03d,Prison\n" % number for number in range(404))
    assert '<ol class="pairs many">' in made(content, floor="0")
    assert '<ol class="pairs">' in made()
