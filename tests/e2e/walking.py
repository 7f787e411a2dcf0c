"""The steps of two people from landing to talking. By addresses, names of fields and refs, never by what a
page says: so they are the same in every language, with JavaScript and without."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from beenthere.conversations.models import Conversation

PASSPHRASE = "four lamps beside the old canal"
ANA, BEN = "Anemone Quillfeather", "Bertil Oxtoby"
WORDS = {
    "en": (
        "My mum died two years ago. I still set two cups out.",
        "I lost my mother in spring, and the house is quiet.",
    ),
    "es": (
        "Mi madre murió hace dos años. Sigo poniendo dos tazas.",
        "Perdí a mi madre en primavera y la casa está en silencio.",
    ),
}
LOCALES = {"en": "en-GB", "es": "es-ES"}
# What differs from one look at a page to the next, whoever looks.
MASKED = re.compile(r'(name="(?:csrfmiddlewaretoken|mark)" value=)"[^"]*"')
TRANSPORT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
}
PLACES = ("/today/", "/introductions/", "/talk/", "/stories/", "/safety/", "/me/")


class Walker:
    """One person at one browser profile. `screens`: the addresses of the pages they were shown, in order."""

    def __init__(self, profile: BrowserContext, name: str, words: str) -> None:
        self.name, self.words, self.sign_in_name = name, words, ""
        self.screens: list[str] = []
        self.page: Page = profile.new_page()
        self.page.on("response", self._saw)

    def go(self, address: str) -> None:
        self.page.goto(address)

    def press(self, selector: str) -> None:
        """Afterwards the page that it leads to is here."""
        with self.page.expect_navigation():
            self.page.locator(selector).click()

    def read(self, address: str) -> str:
        """The bytes of a page, as this browser gets it now; tokens masked."""
        answer = self.page.request.get(address)
        assert answer.status == 200, (address, answer.status)
        return MASKED.sub(r'\1"masked"', answer.text())

    def main(self) -> str:
        """What stands on the page, without what stands on every page."""
        return self.page.locator("main").inner_text()

    def _saw(self, response) -> None:
        if response.request.is_navigation_request() and response.status < 300:
            self.screens.append(urlsplit(response.url).path)

    # From landing to an introduction
    def begin(self, experience: str) -> None:
        """Landing, words, what was understood; the page on which one joins."""
        self.go("/")
        self.page.locator("#id_words").fill(self.words)
        self.press("form[action='/'] button[type=submit]")
        assert self.page.locator(".told li b").all_inner_texts() == [experience]
        self.page.locator("#stand-0").select_option(index=1)
        self.press("button[value=join]")

    def join(self, *, passkey: bool = False) -> None:
        """A name, 18 or over, a way in; the page of the sign-in name, and Today."""
        self.page.locator("#id_name").fill(self.name)
        self.page.locator("input[name=adult][value=yes]").check()
        if passkey:
            with_authenticator(self.page)
            self.page.locator("bt-passkey button").click()
            self.page.locator("bt-passkey [role=status]:not(:empty)").wait_for()
        else:
            self.page.locator("#id_passphrase").fill(PASSPHRASE)
        self.press("form.join button.main")
        drawn = self.page.locator(".sign-in-name")
        self.sign_in_name = "" if passkey else drawn.inner_text()
        assert drawn.count() == (0 if passkey else 1)
        self.press("form[action='/begin/here/'] button")

    def open_introduction(self) -> str:
        """From Today, which is open; its address."""
        self.press(".cards a.act")
        return urlsplit(self.page.url).path

    def answer(self, answer: str) -> None:
        self.press(f"button[name=answer][value={answer}]")

    # Talking
    def open_talk(self) -> str:
        """From Today; its address."""
        self.go("/today/")
        self.press(".talks a")
        return urlsplit(self.page.url).path

    def is_live(self) -> None:
        """Afterwards the line of the page is open."""
        until(self.page, "document.querySelector('live-talk').line.ready", True)

    def say(self, words: str) -> None:
        self.page.locator("#id_words").fill(words)
        self.page.locator("#newest button.main").click()

    def press_send(self, words: str) -> None:
        """As `say`, where no script sends it: the page comes anew."""
        self.page.locator("#id_words").fill(words)
        self.press("#newest button.main")

    def said(self) -> list[str]:
        """The words that stand in the conversation."""
        return self.page.locator(".words .said .text").all_inner_texts()

    def hears(self, words: str) -> None:
        self.page.locator(".words .said .text").get_by_text(words, exact=True).wait_for()

    def take_back(self, number: int) -> None:
        self.page.locator(f"#m{number} summary").click()
        self.press(f"#m{number} button[name=number]")

    def step(self, name: str) -> None:
        """Pause, resume, leave or block: one press in *Boundaries*."""
        if not self.page.locator(".boundaries").is_visible():
            self.page.locator("details:has(.boundaries) > summary").click()
        self.press(f"form[action$='/{name}/'] button")

    def beside(self, step: str) -> None:
        """One press in *Between us*, which is open afterwards, where nothing loads anew."""
        if not self.page.locator(".wants").is_visible():
            self.page.locator("details[data-key=between] > summary").click()
        self.page.locator(f".wants button[value='{step}']").click()

    def sees_line(self, part: str) -> None:
        """Afterwards a line beside the words holds `part`, a selector."""
        self.page.locator(f"[data-line]:has({part})").wait_for()

    def at(self, step: str) -> str:
        """The address of a page of the one conversation that there is."""
        return f"/talk/{the_talk().ref}/{step}/" if step else f"/talk/{the_talk().ref}/"

    def goes_to(self, step: str = "") -> None:
        self.go(self.at(step))

    def sees_the_end(self) -> None:
        """Afterwards the page by itself shows no more than one's own words."""
        self.page.locator("#newest").wait_for(state="detached")
        self.page.wait_for_load_state()

    # The door
    def sign_out(self) -> None:
        self.go("/me/")
        self.press("form[action='/sign-out/'] button")

    def sign_in(self) -> None:
        """At the door, where one stands."""
        self.page.locator("#id_sign_in_name").fill(self.sign_in_name)
        self.page.locator("main input[name=passphrase]").fill(PASSPHRASE)
        self.press("form:has(#id_sign_in_name) button.main")

    def try_code(self, code: str) -> None:
        """One of the recovery codes, at its door."""
        self.go("/sign-in/code/")
        self.page.locator("#id_code").fill(code)
        self.press("form:has(#id_code) button.main")


def the_talk() -> Conversation:
    """The only one there is."""
    return Conversation.objects.get()


def with_authenticator(page: Page) -> None:
    """The page's browser has a phone's way of keeping passkeys, which says yes to everything."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {**TRANSPORT, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def until(page: Page, expression: str, wanted) -> None:
    """Playwright's own waiting evaluates text in the page, which our CSP forbids."""
    for _ in range(400):
        if (found := page.evaluate(expression)) == wanted:
            return
        page.wait_for_timeout(50)
    assert found == wanted
