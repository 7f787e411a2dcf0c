"""Help now without a network: kept when somebody says so, that page alone, and forgotten when they leave."""

import pytest

from beenthere.signposts.queries.keeping import keeping
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
STORED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found[name] = keys.map(({ url }) => url.replace(location.origin, "")).sort();
  }
  return found;
}"""
WORDS = """async () => {
  const cache = await caches.open("help-now");
  const all = [];
  for (const key of await cache.keys()) {
    if (key.url.includes("/static/")) continue;
    all.push(await (await cache.match(key, { ignoreVary: true })).text());
  }
  return all.join("\\n");
}"""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


@pytest.fixture
def ana(walks_in, watch):
    watch.expects("ERR_INTERNET_DISCONNECTED")
    return walks_in(person("Ana Planted"))


def keep(page, country: str = "ES") -> None:
    page.goto(f"/help/?country={country}")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept.", exact=True).wait_for()
    page.wait_for_function(CONTROLLED)


def test_nothing_is_kept_before_somebody_says_so(ana):
    ana.page.goto("/help/?country=ES")
    ana.page.get_by_role("button", name="Keep this page on this device").wait_for()
    assert ana.page.evaluate(STORED) == {}
    assert ana.page.evaluate(WORKERS) == 0


def test_help_opens_without_a_network(ana):
    page = ana.page
    keep(page)
    page.goto("/today/")
    page.context.set_offline(True)
    page.locator(".help-link a").click()
    assert page.get_by_role("heading", level=2, name="Spain").is_visible()
    assert page.locator("a[href='tel:024']").is_visible()
    assert page.locator("a[href='tel:112']").first.is_visible()
    page.goto("/help/?country=FR")
    assert page.get_by_role("heading", level=2, name="Spain").is_visible()
    page.get_by_role("link", name="Español").click()
    assert page.get_by_role("heading", level=1, name="Ayuda ahora").is_visible()
    assert page.evaluate("() => getComputedStyle(document.querySelector('.sheet')).borderRadius") != "0px"


def test_every_other_page_says_calmly_that_there_is_no_network(ana):
    page = ana.page
    keep(page)
    page.context.set_offline(True)
    for address in ("/today/", "/talk/", "/stories/?q=1", "/"):
        page.goto(address)
        assert page.get_by_role("heading", level=1).inner_text() == "There is no network now"
    page.locator("main").get_by_role("link", name="Help now").click()
    assert page.get_by_role("heading", level=2, name="Spain").is_visible()
    page.context.set_offline(False)
    page.goto("/today/")
    assert page.get_by_role("heading", level=1).inner_text() != "There is no network now"


def test_nothing_else_is_ever_kept(ana):
    page = ana.page
    keep(page)
    for address in (
        "/today/",
        "/me/",
        "/talk/",
        "/stories/",
        "/help/",
        "/help/?country=FR",
        "/help/?country=ES",
    ):
        page.goto(address)
    page.wait_for_load_state("networkidle")
    kept = keeping("ES", "en")
    assert page.evaluate(STORED) == {"help-now": sorted((*kept.pages, *kept.files))}
    words = page.evaluate(WORDS)
    assert "024" in words
    assert [one for one in ("Planted", "csrf", "/today/", "/me/") if one in words] == []


def test_another_country_takes_its_place(ana):
    page = ana.page
    keep(page)
    keep(page, "FR")
    kept = keeping("FR", "en")
    assert page.evaluate(STORED) == {"help-now": sorted((*kept.pages, *kept.files))}


def test_it_is_forgotten_when_somebody_says_so(ana):
    page = ana.page
    keep(page)
    page.get_by_role("button", name="Forget it").click()
    page.get_by_text("Forgotten.").wait_for()
    assert (page.evaluate(STORED), page.evaluate(WORKERS)) == ({}, 0)
    assert page.get_by_role("button", name="Keep this page on this device").is_visible()


def test_a_failure_keeps_nothing(ana, watch):
    watch.expects("503")
    page = ana.page
    page.context.route("**/help/no-network/**", lambda route: route.fulfill(status=503, body=""))
    page.goto("/help/?country=ES")
    page.get_by_role("button", name="Keep this page on this device").click()
    page.get_by_text("That did not work").wait_for()
    assert (page.evaluate(STORED), page.evaluate(WORKERS)) == ({}, 0)


def test_without_javascript_help_is_whole_and_promises_nothing(walks_in):
    page = walks_in(person("Ben"), java_script_enabled=False).page
    page.goto("/help/?country=ES")
    assert page.locator("a[href='tel:024']").is_visible()
    assert page.get_by_role("button", name="Keep this page").count() == 0
    assert page.get_by_text("Without scripts, your browser can save or print this page.").is_visible()
