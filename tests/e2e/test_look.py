"""How the pages look and behave in a real browser: readable, reachable, calm, and quiet outward."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE

PAGES = [
    "/",
    "/rules/",
    "/begin/join/",
    "/help/",
    "/help/?country=ES",
    "/help/kept/?country=US&language=es",
    "/help/no-network/?language=en",
    "/about/",
    "/leaving/",
    "/pairing/",
    "/gallery/",
    "/nowhere/",
]
WORDS = "My mum died two years ago and I looked after her at home."
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TARGETS = """() => [...document.querySelectorAll(
    "button, summary, select, textarea, input:not([type=hidden]):not(label > *), label:has(> input), " +
    "a.act, nav a, .foot a")]
  .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 43.9)
  .map((one) => one.outerHTML.slice(0, 80))"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    is: one.id || one.textContent.trim().slice(0, 40) || one.tagName,
    ringed: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture
def site(live_server, watch):
    watch.expects("the server responded with a status of 404")
    forget_place()
    tell_place(name="The Lamp", by=SITE)
    yield live_server.url
    forget_place()


def faults_of(page, *rules: str) -> list[str]:
    """What axe finds (of `rules` alone, where some are named), one a line: the rule and the first place."""
    options = {"runOnly": {"type": "rule", "values": rules}} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing(site, new_profile, scheme, width):
    page = new_profile(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    found = {}
    for address in PAGES:
        page.goto(site + address)
        found[address] = faults_of(page)
    page.goto(f"{site}/gallery/?dir=rtl&theme={'dark' if scheme == 'light' else 'light'}")
    found["gallery turned round"] = faults_of(page)
    page.goto(site)
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="Look for common ground").click()
    page.get_by_role("heading", name="What we understood").wait_for()
    found["answer"] = faults_of(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_faulty_page_is_found(site, page):
    page.goto(site)
    page.evaluate("document.querySelector('label').remove()")
    assert [fault.split(":")[0] for fault in faults_of(page)] == ["label"]


BORDERS = """(ids) => ids.map((id) => getComputedStyle(document.getElementById(id)).borderTopColor)"""


def test_a_wrong_box_has_a_border_of_its_own(site, new_profile, watch):
    watch.expects("the server responded with a status of 422")
    page = new_profile(color_scheme="light").new_page()
    page.goto(f"{site}/sign-in/")
    page.locator("#id_sign_in_name").fill("lamp-lamp-lamp-11")
    page.locator("form:has(#id_sign_in_name) button.main").click()
    page.locator("[aria-invalid=true]").wait_for()
    edge, alert = "rgb(139, 131, 118)", "rgb(140, 29, 47)"
    assert page.evaluate(BORDERS, ["id_sign_in_name", "id_passphrase"]) == [edge, alert]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("text", ["100%", "225%"], ids=["plain", "text at 200 %"])
def test_nothing_runs_over_at_320(site, new_profile, direction, text):
    """112.5 % is our own base, so 225 % is text at 200 %. CSSOM is no inline style: the CSP lets it be."""
    page = new_profile(viewport={"width": 320, "height": 640}).new_page()
    over = {}
    for address in PAGES:
        page.goto(site + address)
        page.evaluate("([dir]) => { document.documentElement.dir = dir }", [direction])
        if text != "100%":
            page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)
        over[address] = page.evaluate(OVERFLOW)
    assert over == dict.fromkeys(PAGES, 0)


@pytest.mark.parametrize("width", [320, 1280])
def test_what_one_presses_is_44_high(site, new_profile, width):
    page = new_profile(viewport={"width": width, "height": 800}).new_page()
    small = {}
    for address in PAGES:
        page.goto(site + address)
        small[address] = page.evaluate(TARGETS)
    assert small == {address: [] for address in PAGES}


def test_by_keyboard_alone(site, page):
    page.goto(site)
    walked = []
    for _ in range(9):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(FOCUSED))
    names = [step["is"] for step in walked]
    assert names[:2] == ["Skip to what this page says", "The Lamp"]
    assert names[2] == "leave"
    assert names[-1] == "id_words"
    assert [step["is"] for step in walked if not (step["ringed"] and step["seen"])] == []
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What we understood").wait_for()
    assert page.url == site + "/"


def test_skipping_to_the_page(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_words"


def test_without_javascript(site, new_profile):
    page = new_profile(java_script_enabled=False).new_page()
    page.goto(site)
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="Look for common ground").click()
    page.get_by_role("heading", name="What we understood").wait_for()
    page.get_by_role("link", name="Help now").first.click()
    page.get_by_label("Where are you?").select_option("ES")
    page.get_by_role("button", name="Show help there").click()
    assert page.url == f"{site}/help/?country=ES"
    assert page.get_by_role("link", name="Call 024").get_attribute("href") == "tel:024"
    page.get_by_role("button", name="Español").first.click()
    assert page.url == f"{site}/help/?country=ES"
    assert page.locator("html").get_attribute("lang") == "es"
    page.goto(f"{site}/gallery/")
    assert page.locator("input[type=file]").is_visible()


def test_nothing_moves_when_the_fonts_arrive(site, new_profile):
    profile = new_profile(viewport={"width": 1280, "height": 900})
    page = profile.new_page()
    page.add_init_script(f"({SHIFTS})()")

    def late(route):
        page.wait_for_timeout(400)
        route.continue_()

    page.route(re.compile(r"\.woff2$"), late)
    page.goto(site)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.fonts].some((one) => one.status === 'loaded')")
    assert page.evaluate("window.shifted") < 0.01


def test_motion_is_off_where_one_asks(site, new_profile):
    moving = "getComputedStyle(document.querySelector('.act')).transitionDuration"
    page = new_profile(reduced_motion="reduce").new_page()
    page.goto(site)
    assert page.evaluate(moving) == "0s"


def test_a_dropped_file_is_named(site, page):
    page.goto(f"{site}/gallery/")
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["ref\\n1\\n"], "people.csv", { type: "text/csv" }));
          document.querySelector("bt-drop").dispatchEvent(
            new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }"""
    )
    assert page.locator("bt-drop .chosen").inner_text() == "Chosen: people.csv"
    assert page.locator("input[type=file]").evaluate("(one) => one.files[0].name") == "people.csv"
