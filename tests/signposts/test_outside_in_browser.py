"""The second engine hears what the first one does: in Node.js for many words at once, in Chromium for all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beenthere.signposts.core.outside import FILE
from tests.services.found import remembered

from .engines import kinds_heard, kinds_heard_by, suite

IN_PAGE = """async (asked) => {
  const { outside } = await import("/static/signposts/outside.js");
  const heard = [];
  for (const words of asked) heard.push(await outside(words));
  return heard;
}"""
ELSEWHERE = """async (address) => {
  const { outside } = await import("/static/signposts/outside.js");
  return await outside("www.example.com", address).catch((error) => error.message);
}"""
PARTS = (
    [
        "dot",
        "punto",
        "com",
        "at",
        "arroba",
        "gmail",
        "@",
        "www",
        "http",
        "://",
        "five",
        "cinco",
        "double",
        "oh",
    ]
    + ["insta", "is", "name_84", "calle", "street", "12", "flat", "meet me", "nos vemos", "at", "cafe", "six"]
    + [
        "m33t",
        "1nsta",
        "c0m",
        "ｗ",
        "5️⃣",
        "а",
        "é",
        "\u200b",
        "🔵",
        "#1234",
        ".jpg",
        "SW1A 1AA",
        "+44",
        "i n s",
    ]
)
PIECES = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=4)), max_size=14)
WORDS = st.tuples(PIECES, st.sampled_from(["", " ", "  ", ".", "\n"])).map(lambda told: told[1].join(told[0]))
BATCH = st.lists(st.one_of(WORDS, st.text(max_size=80)), min_size=100, max_size=300)


def lines() -> list[str]:
    names = ("disguised", "ordinary", "more_disguised", "more_ordinary")
    return [line["words"] for name in names for line in suite(name)]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(BATCH)
def test_any_words_are_heard_alike(asked):
    assert kinds_heard_by(remembered("node"), asked) == [kinds_heard(words) for words in asked]


def test_half_a_character_is_heard_alike():
    asked = ["\ud800", "www.example.com\udc00", "\ud83d 5 5 5 \udd14 0 1 2 3 4"]
    assert kinds_heard_by(remembered("node"), asked) == [kinds_heard(words) for words in asked]


def test_long_words_of_one_sort_do_not_hang_the_browser():
    """A backtracking engine could take hours; the helper gives up after minutes."""
    shapes = [
        "a",
        "1",
        "a ",
        "1 ",
        "a.",
        "@a",
        "meet at ",
        "calle a ",
        "insta ",
        "my number ",
        "o1 ",
        "_a",
        "~",
    ]
    shapes += ["one ", "dot ", "at the cafe ", "see you at the ", "12 oak ", "+1 ", "-", "a-", "a@a", "/a"]
    asked = [(shape * 4000)[:4000] for shape in shapes]
    assert kinds_heard_by(remembered("node"), asked) == [kinds_heard(words) for words in asked]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_whole_suite_in_a_browser(live_server, page):
    asked = []
    page.goto(f"{live_server.url}/about/", wait_until="networkidle")
    page.on("request", lambda request: asked.append((request.method, request.url)))
    assert page.evaluate(IN_PAGE, lines()) == [kinds_heard(words) for words in lines()]
    asked = [one for one in asked if not one[1].endswith("/favicon.svg")]
    files = ("outside.js", "rules.js", "spelling.js", "outside.json")
    assert asked == [("GET", f"{live_server.url}/static/signposts/{one}") for one in files]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_rules_may_stand_elsewhere_and_are_asked_for_again(live_server, page, watch):
    watch.expects("404")
    page.goto(f"{live_server.url}/about/")
    page.route("**/moved.json", lambda route: route.fulfill(path=FILE, content_type="application/json"))
    assert page.evaluate(ELSEWHERE, "/moved.json") == ["link"]
    page.route("**/late.json", lambda route: route.fulfill(status=404), times=1)
    assert page.evaluate(ELSEWHERE, "/late.json") == "The rules did not come: 404"
    page.unroute("**/late.json")
    page.route("**/late.json", lambda route: route.fulfill(path=FILE, content_type="application/json"))
    assert page.evaluate(ELSEWHERE, "/late.json") == ["link"]
