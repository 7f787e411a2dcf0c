"""What a browser must not do while a test looks: ask another host, or complain in its console."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

OURS = {"localhost", "127.0.0.1", "::1"}


def is_ours(url: str) -> bool:
    """Our own hosts, and addresses that leave the browser for no host at all."""
    parts = urlsplit(url)
    return parts.scheme in {"about", "blob", "data"} or parts.hostname in OURS


class Watch:
    """Collects what went wrong in every page of the profiles it follows."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.expected: list[str] = []

    def expects(self, words: str) -> None:
        """A complaint that contains `words` is part of this test."""
        self.expected.append(words)

    def follow(self, profile: BrowserContext) -> None:
        profile.on("request", lambda request: self.saw_address(request.url))
        profile.on("console", self.saw_console)
        profile.on("weberror", self.saw_error)
        profile.on("page", lambda page: self.follow_sockets(page))

    def follow_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.saw_address(socket.url))

    def saw_address(self, url: str) -> None:
        if not is_ours(url):
            self.wrong.append(f"asked another host: {url}")

    def saw_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text} ({message.location.get('url')})")

    def saw_error(self, error: WebError) -> None:
        self.wrong.append(f"script error: {error.error}")

    def judge(self) -> None:
        """Raises AssertionError naming all that went wrong and was not expected."""
        wrong = [line for line in self.wrong if not any(words in line for words in self.expected)]
        if wrong:
            raise AssertionError("\n".join(wrong))
