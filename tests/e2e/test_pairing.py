"""The local page as a coordinator walks it, in a real browser; and the report, opened from a disk."""

import re

import pytest
from django.conf import settings
from typer.testing import CliRunner

from beenthere.cli import matching
from beenthere.cli.commands import app
from beenthere.matching.actions import sheets as actions
from beenthere.matching.core.sheet import template
from beenthere.matching.models import DESK
from tests.e2e.test_look import faults_of

BAD = b"ref,words,age,languages,mood\nA1,My mum died,17,English,x\nA1,,,,\n,hello,40,en,\n"
GROUP = (
    b"ref,words,experiences,hopes,meet_gender,gender\n"
    b"ana,My mum died in spring.,Loss of a parent,to talk,,woman\n"
    b"ben,,Loss of a parent,to talk,,man\n"
    b"cleo,I have been in prison.,Prison=living with it,to talk,,woman\n"
    b"dev,,Prison=living with it,to talk,,man\n"
    b"eli,,Migration,,woman,man\n"
)
THEIRS = b"Name,Story\nana,My mum died in spring.\nben,My mum died last year.\n"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAIRING = 60_000  # milliseconds: a small machine that does much else


@pytest.fixture
def site(live_server, watch, monkeypatch):
    """A place of this machine alone."""
    monkeypatch.setattr(settings.PLACE, "local_tools", True)
    yield live_server.url
    for sheet in DESK.all():
        actions.forget_sheet(sheet=sheet, by=None)


def drop(page, site: str, content: bytes, name: str = "people.csv") -> None:
    page.goto(f"{site}/pair/")
    page.set_input_files(
        "input[type=file]", files=[{"name": name, "mimeType": "text/csv", "buffer": content}]
    )
    page.get_by_role("button", name="Read this sheet").click()
    page.wait_for_url(re.compile(r"/pair/\w{32}/$"))


def run(page, button: str = "Pair these people") -> None:
    page.get_by_role("button", name=button).click()
    page.locator("#pairs").wait_for(timeout=PAIRING)


def headings(page) -> list[str]:
    return page.locator(".pair h3").all_inner_texts()


def test_the_whole_way(site, page):
    drop(page, site, GROUP)
    assert page.locator("h1").inner_text() == "5 people could be read."
    run(page)
    assert page.locator("h1").inner_text() == "4 of 5 people have someone to meet."
    assert sorted(headings(page)) == [
        "ana and ben have both lived through loss of a parent.",
        "cleo and dev have both lived through prison.",
    ]
    first = page.locator(".pair").filter(has_text="cleo and dev")
    assert first.locator("blockquote").all_inner_texts() == ["I have been in prison."]
    assert first.locator(".shared").inner_text() == "Prison"
    assert first.locator(".note").inner_text() == "dev named it."
    assert first.locator(".line").inner_text() == "Both say of it: living with it. Both hope to talk."

    first.get_by_role("button", name="Keep these two").click()
    page.locator(".pair.kept").wait_for()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Undo"
    page.get_by_role("button", name="Part these two").click()
    page.locator(".pair.parted").wait_for()
    run_again(page)
    assert headings(page) == ["cleo and dev have both lived through prison."]
    assert page.locator(".apart li span").all_inner_texts() == ["ana · ben"]

    page.get_by_label("One person").fill("eli")
    page.get_by_label("The other").fill("ben")
    page.get_by_role("button", name="Say why").click()
    page.locator(".asking .notice").wait_for()
    assert page.locator(".asking .notice").inner_text().startswith("A boundary is between ben and eli.")

    page.get_by_role("button", name="Forget this sheet now").click()
    page.wait_for_url(f"{site}/pair/forgotten/")
    assert (page.locator("h1").inner_text(), DESK.all()) == ("The sheet is forgotten.", [])


def run_again(page) -> None:
    page.get_by_role("button", name="Run again").click()
    page.locator(".pair.parted").wait_for(state="detached", timeout=PAIRING)
    page.locator("#pairs").wait_for(timeout=PAIRING)


def test_downloads_are_the_files_of_the_command(site, page, tmp_path, monkeypatch):
    monkeypatch.setattr(matching, "open_place", lambda: None)
    sheet = tmp_path / "example.csv"
    sheet.write_bytes(template())
    assert CliRunner().invoke(app, ["match", str(sheet), "--out", str(tmp_path / "out")]).exit_code == 0
    drop(page, site, template(), "example.csv")
    run(page)
    for name in ("pairs.csv", "unmatched.csv", "report.html"):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=name).click()
        assert downloading.value.suggested_filename == name
        with open(downloading.value.path(), "rb") as file:
            assert file.read() == (tmp_path / "out" / name).read_bytes()


def test_faults_and_columns(site, page):
    drop(page, site, BAD, "bad.csv")
    assert page.locator("h1").inner_text() == "4 things to put right before pairing"
    assert page.locator(".wrong-cell dt").all_inner_texts() == ["age", "languages", "ref", "ref"]
    drop(page, site, THEIRS)
    assert page.locator("h1").inner_text() == "One thing to put right before pairing"
    page.get_by_label("Name").select_option("ref")
    page.get_by_label("Story").select_option("words")
    page.get_by_role("button", name="Read again like this").click()
    page.get_by_role("heading", name="2 people could be read.").wait_for()
    run(page)
    assert headings(page) == ["ana and ben have both lived through loss of a parent."]


def test_leaving_says_so_and_walking_on_does_not(site, page):
    drop(page, site, template(), "example.csv")
    run(page)
    (sheet,) = DESK.all()
    address = page.url
    page.goto(f"{address}?page=1")
    page.wait_for_function("document.querySelector('bt-open-sheet').dataset.look")
    look = page.locator("bt-open-sheet").get_attribute("data-look")
    wait_until(page, lambda: sheet.looks == {look})
    assert sheet.closing_at is None
    page.goto(f"{site}/about/")
    wait_until(page, lambda: sheet.looks == set())
    assert sheet.closing_at is not None
    page.goto(address)
    assert sheet.closing_at is None


def wait_until(page, holds) -> None:
    """The browser tells that a page was left when it has time to."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came to hold.")


def test_without_javascript(site, new_profile):
    page = new_profile(java_script_enabled=False).new_page()
    drop(page, site, template(), "example.csv")
    page.get_by_role("button", name="Pair these people").click()
    page.locator("#pairs").wait_for(timeout=PAIRING)
    page.locator(".pair").nth(1).get_by_role("button", name="Keep these two").click()
    page.wait_for_url(re.compile(r"\?page=1#pair-2$"))
    assert page.locator(".pair").nth(1).locator(".how").inner_text() == "Kept together in the next run."
    page.get_by_label("One person").fill("P01")
    page.get_by_label("The other").fill("P02")
    page.get_by_role("button", name="Say why").click()
    assert "P01 and P02 are introduced in round 1" in page.locator(".asking .notice").inner_text()


def test_by_keyboard_alone(site, page):
    page.goto(f"{site}/pair/")
    tab_to(page, "Try it with fictional people")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="12 people could be read.").wait_for()
    tab_to(page, "Pair these people")
    page.keyboard.press("Enter")
    page.locator("#pairs").wait_for(timeout=PAIRING)
    tab_to(page, "Keep these two")
    page.keyboard.press("Enter")
    page.locator(".pair.kept").wait_for()
    page.wait_for_function("document.activeElement.textContent.trim() === 'Undo'")
    page.keyboard.press("Enter")
    page.locator(".pair.kept").wait_for(state="detached")


def tab_to(page, name: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is never reached.")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_runs_over(site, new_profile, scheme, width):
    page = new_profile(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    found, over = {}, {}

    def look(state: str) -> None:
        for details in page.locator("details").all():
            details.evaluate("(one) => { one.open = true }")
        found[state], over[state] = faults_of(page), page.evaluate(OVERFLOW)

    page.goto(f"{site}/pair/")
    look("drop")
    drop(page, site, BAD, "a-very-long-name-of-a-sheet-of-people-that-never-ends.csv")
    look("faults")
    drop(page, site, template(), "example.csv")
    look("ready")
    run(page)
    look("pairs")
    page.locator(".pair").nth(0).get_by_role("button", name="Keep these two").click()
    page.locator(".pair.kept").wait_for()
    page.locator(".pair").nth(1).get_by_role("button", name="Part these two").click()
    page.locator(".pair.parted").wait_for()
    page.get_by_label("One person").fill("P01")
    page.get_by_label("The other").fill("P04")
    page.get_by_role("button", name="Say why").click()
    page.locator(".asking .notice").wait_for()
    look("held and asked")
    run_again(page)
    look("parted")
    page.get_by_role("button", name="Forget this sheet now").click()
    page.wait_for_url(f"{site}/pair/forgotten/")
    look("forgotten")
    assert {state: faults for state, faults in found.items() if faults} == {}
    assert over == dict.fromkeys(found, 0)


def test_progress_is_read_out_by_axe_too(site, page, monkeypatch):
    import threading

    go = threading.Event()
    real = actions.plan_people

    def gated(*args, **options):
        go.wait(120)
        return real(*args, **options)

    monkeypatch.setattr(actions, "plan_people", gated)
    drop(page, site, template(), "example.csv")
    page.get_by_role("button", name="Pair these people").click()
    page.get_by_label("Getting ready to compare").wait_for(timeout=PAIRING)
    assert page.locator("progress").evaluate("(one) => [one.value, one.max]") == [12, 12]
    assert faults_of(page) == []
    go.set()
    page.locator("#pairs").wait_for(timeout=PAIRING)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_report_opens_from_a_disk_offline(new_profile, watch, tmp_path, monkeypatch, scheme, width):
    monkeypatch.setattr(matching, "open_place", lambda: None)
    sheet = tmp_path / "example.csv"
    sheet.write_bytes(template())
    assert CliRunner().invoke(app, ["match", str(sheet), "--out", str(tmp_path / "out")]).exit_code == 0
    report = (tmp_path / "out" / "report.html").as_uri()
    watch.expects(f"asked another host: {report}")
    profile = new_profile(color_scheme=scheme, viewport={"width": width, "height": 800}, offline=True)
    asked = []
    profile.on("request", lambda request: asked.append(request.url))
    page = profile.new_page()
    page.goto(report)
    page.evaluate("document.fonts.ready.then(() => true)")
    fonts = page.evaluate("[...document.fonts].map((one) => `${one.family}: ${one.status}`)")
    assert fonts == ["Literata: loaded", "Atkinson Hyperlegible Next: loaded"]
    lens = page.locator(".pairs svg").first
    assert lens.evaluate("(one) => one.getBoundingClientRect().width > 100")
    assert page.evaluate(OVERFLOW) == 0
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert [asked, faults_without_script(page)] == [[report], []]


def faults_without_script(page) -> list[str]:
    """Its own policy lets no script in, axe neither: axe looks at a copy that has no policy."""
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.content())
    page.set_content(html)
    return faults_of(page)
