"""A place asked over its API, with a token of one's own. The token goes nowhere else."""

import http.client
import json
import os
import stat
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from beenthere.cli.saying import say
from beenthere.foundation.sentences import Sentence, sentence

PATIENCE = 30  # seconds; the place itself gives up earlier
MOST = 64 * 1024 * 1024  # bytes of one answer
LENGTH = 16  # of a ref, as foundation.refs makes them; that module would bring Django
ENVIRONMENT = "BEENTHERE_TOKEN"
SUCH = "http://localhost:8000"
MACHINE, MEND = 1, 2  # exit codes: the place does not answer; something to put right


class Fault(Exception):
    """It was not done. `said` says why; `theirs` is what the place said of it, in its own words."""

    def __init__(self, said: Sentence | None, *, code: int = MEND, theirs: str = "", status: int = 0) -> None:
        super().__init__(str(said or theirs))
        self.said, self.code, self.theirs, self.status = said, code, theirs, status
        self.more: Sentence | None = None  # what one can do about it here
        self.words = ""  # what somebody wrote, so that it is not lost


class Unsure(Fault):
    """The line was lost after something was sent: nobody here knows whether it arrived."""


class Place:
    """A place at an address such as http://localhost:8000. Raises Fault for an address that is none, and for
    one over which a token would travel in the open."""

    def __init__(self, address: str, token: str) -> None:
        self.address, is_near = checked(address)
        self._token = token
        near = [ProxyHandler({})] if is_near else []
        self._opener = build_opener(_NoOtherPlace(), *near)

    def at(self, ref: str, path: str) -> str:
        """The address of something in a conversation. Raises Fault for what can be no ref."""
        if len(ref) != LENGTH or not ref.isascii() or not ref.isalnum():
            raise Fault(sentence("{ref} is no conversation: `list` prints them.", ref=ref))
        return f"/conversations/{ref}/{path}"

    def get(self, path: str):
        return self.ask("GET", path)

    def post(self, path: str, told: dict):
        return self.ask("POST", path, told)

    def put(self, path: str, told: dict):
        return self.ask("PUT", path, told)

    def ask(self, method: str, path: str, told: dict | None = None):
        """What the place answers, as plain JSON. Raises Fault for everything else."""
        try:
            body = None if told is None else json.dumps(told, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Fault(sentence("There is a character in it that cannot be kept.")) from None
        request = Request(self.address + "/api/v1" + path, body, self._headers(), method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return self._plain(answer)
        except HTTPError as refused:
            with refused:
                raise self._refusal(refused) from None
        except URLError as lost:
            if isinstance(lost.reason, TimeoutError | ConnectionResetError | BrokenPipeError):
                raise self._unsure() from None
            raise Fault(
                sentence("Nobody answers at {address}. Is the place served there?", address=self.address),
                code=MACHINE,
            ) from None
        except (OSError, http.client.HTTPException):
            raise self._unsure() from None

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "Accept-Language": _language(),
            "Content-Type": "application/json",
            "User-Agent": "beenthere-talk",
        }

    def _plain(self, answer):
        try:
            whole = answer.read(MOST + 1)
        except (OSError, http.client.HTTPException):
            raise self._unsure() from None
        try:
            if len(whole) > MOST:
                raise ValueError
            return json.loads(whole)
        except (ValueError, RecursionError):
            raise self._no_place() from None

    def _refusal(self, refused: HTTPError) -> Fault:
        """What the place said of it; that no place of ours is there, where it is no such answer."""
        status = refused.code
        told = {} if 300 <= status < 400 else self._plain(refused)
        detail = told.get("detail") if isinstance(told, dict) else None
        if detail is None:
            return self._no_place()
        if status == 401:
            return Fault(
                sentence("The place does not know this token. Make one there, under Me."), status=status
            )
        if not isinstance(detail, str):
            return Fault(sentence("The place could not read this. Is it another version?"), status=status)
        return Fault(None, code=MACHINE if status >= 500 else MEND, theirs=detail, status=status)

    def _no_place(self) -> Fault:
        return Fault(
            sentence("Something answers at {address}, and it is no place of ours.", address=self.address)
        )

    def _unsure(self) -> Unsure:
        return Unsure(sentence("The line to {address} was lost.", address=self.address), code=MACHINE)


class _NoOtherPlace(HTTPRedirectHandler):
    """Follows nobody elsewhere: the token would go along."""

    def redirect_request(self, *given) -> None:
        return None


def checked(address: str) -> tuple[str, bool]:
    """The address without its last slash, and whether it is of this machine. Raises Fault."""
    wrong = Fault(sentence("{address} is no address of a place, such as {such}.", address=address, such=SUCH))
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    known = parts.scheme in ("http", "https") and host and not parts.username
    if not known or parts.path.strip("/") or parts.query or parts.fragment or not _is_plain(address):
        raise wrong
    if parts.scheme == "http" and not _is_near(host):
        raise Fault(sentence("Over http anybody on the way could take your token. Use https."))
    return f"{parts.scheme}://{parts.netloc}", _is_near(host)


def token_of(file: Path | None, environment: Mapping[str, str]) -> str:
    """The token in `file`, else the one of the environment. Raises Fault where there is none."""
    if file is None:
        token = environment.get(ENVIRONMENT, "").strip()
        if not token:
            raise Fault(
                sentence("There is no token. Give a file with --token-file, or set {name}.", name=ENVIRONMENT)
            )
    else:
        try:
            token = file.read_text(encoding="utf-8").strip()
            open_to_all = file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
        except (OSError, UnicodeDecodeError):
            raise Fault(sentence("The token cannot be read from {file}.", file=str(file))) from None
        if open_to_all:
            say(sentence("Others on this machine can read {file}.", file=str(file)), error=True)
    if not token or not _is_plain(token):
        raise Fault(sentence("That is no token: it is one word of letters, digits and signs."))
    return token


def _is_plain(text: str) -> bool:
    return all("!" <= one <= "~" for one in text)


def _is_near(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _language() -> str:
    """That of the sentences of this command, so that the place answers in the same."""
    language = os.environ.get("BEENTHERE_LANGUAGE", "en")
    return language if language.isascii() and language.replace("-", "").isalnum() else "en"
