"""`beenthere talk` at a place that is served, and where there is none."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from beenthere.cli.commands import app
from beenthere.cli.talking import acting
from beenthere.cli.talking.showing import safe, wrapped
from beenthere.conversations.actions import Draft, open_conversation, send_messages, withdraw_message
from beenthere.conversations.actions.agreeing import agree, propose_agreement
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Kept, Membership, Message
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import make_access_token
from beenthere.people.models import AccessToken
from tests.cast import person
from tests.cli.served import free_port

both = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
EVIL = "\x1b[2J\x1b]0;owned\x07 hi\x9b31m\u202eevil\r\nYou, 2026-01-01 00:00 (9)\u2028next"


class Terminal:
    """Somebody's terminal at a place."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token

    def talk(self, *words: str, given: str | bytes = "") -> tuple[int, str, str]:
        environment = {"BEENTHERE_TOKEN": self.token, "COLUMNS": "60", "TZ": "UTC"}
        ran = CliRunner().invoke(app, ["talk", "--at", self.address, *words], input=given, env=environment)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return ran.exit_code, ran.stdout, ran.stderr


@pytest.fixture
def two(served_place):
    """Terminals of Ana and Ben, the two, and their conversation."""
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)
    terminals = [Terminal(served_place.address, make_access_token(label="", by=one)[1]) for one in (ana, ben)]
    return *terminals, ana, ben, talk


@both
def test_two_talk_in_terminals(two):
    mine, theirs, ana, ben, talk = two
    assert mine.talk("say", talk.ref, "The plate was final.", "--note", "my mother") == (
        0,
        "It is kept, as number 1.\n",
        "",
    )
    assert theirs.talk("say", talk.ref, given="I hear you.\nStill.\n")[0] == 0
    code, listed, _ = theirs.talk("list")
    assert (code, listed.split()[0], listed.split()[3:]) == (
        0,
        talk.ref,
        ["Ana", "something", "new", "waits"],
    )
    folded = theirs.talk("read", talk.ref)[1].splitlines()
    assert folded[0].startswith("Ana, 20") and folded[0].endswith("(1)")
    assert folded[1:3] == ["    About: my mother", "    Read on with --open."]
    assert folded[3].startswith("You, 20") and folded[4:] == ["    I hear you.", "    Still."]
    assert "    The plate was final.\n" in theirs.talk("read", talk.ref, "--open")[1]
    assert theirs.talk("list")[1].split()[3:] == ["Ana"]
    assert [line[:3] for line in mine.talk("read", talk.ref, "--after", "1")[1].splitlines()] == [
        "Rob",
        "   ",
        "   ",
    ]
    withdraw_message(message=Message.objects.get(number=2), by=ben)
    taken = mine.talk("read", talk.ref, "--after", "2")[1].splitlines()
    assert taken[1:] == ["    Words that stood here were taken back."]
    assert mine.talk("read", talk.ref, "--after", "3")[1] == "Nothing new is here.\n"


@both
def test_what_stands_beside_the_words(two):
    mine, theirs, ana, ben, talk = two
    assert mine.talk("agreement", talk.ref)[1] == "Nothing is agreed yet.\n"
    one = propose_agreement(conversation=talk, told={"pace": "No hurry."}, by=ben)
    assert mine.talk("agreement", talk.ref)[1].splitlines() == [
        "The other proposes:",
        "    Pace",
        "        No hurry.",
        "    If it gets quiet, we are asked after 14 days.",
        "It holds once you say yes, on its page.",
    ]
    agree(conversation=talk, proposal=one.ref, by=ana)
    assert mine.talk("agreement", talk.ref)[1].splitlines()[0].startswith("Agreed, 20")
    assert mine.talk("lamp", talk.ref, "1h")[0] == 0
    assert Membership.objects.get(person=ana).here_until is not None
    assert mine.talk("lamp", talk.ref, "out")[0] == 0
    assert Membership.objects.get(person=ana).here_until is None
    assert mine.talk("lamp", talk.ref, "3h")[0] == 2
    send_messages([Draft(ana.ref, talk.ref, "m1", "I hear voices."), Draft(ben.ref, talk.ref, "m2", "Água.")])
    found = theirs.talk("search", "voice")[1].splitlines()
    assert (found[0], found[2:]) == (talk.ref, ["    I hear voices."])
    assert theirs.talk("search", "nowhere")[1] == "Nothing was found.\n"
    alone = mine.talk("export", talk.ref)[1]
    assert "I hear voices." in alone and "Água" not in alone
    want(conversation=talk, what="export", by=ben)
    told = json.loads(mine.talk("export", talk.ref, "--json")[1])
    assert [one["words"] for one in told["said"]] == ["I hear voices.", "Água."]
    code, out, _ = mine.talk("leave", talk.ref, "--last-word", "Thank you.")
    assert (code, Kept.objects.get(person=ben).words) == (0, "Thank you.")
    assert theirs.talk("list")[1].split()[-2:] == ["-", "ended"]


@both
def test_what_cannot_be_sent_is_not_lost(two):
    mine, _theirs, ana, ben, talk = two
    phone = "Call me on +34 600 123 456\ntonight"
    code, out, why = mine.talk("say", talk.ref, given=phone)
    assert (code, out, Message.objects.count()) == (2, "", 0)
    assert why.startswith("This looks like a phone number. Nothing was sent")
    assert why.endswith("Nothing is lost. Your words:\n    Call me on +34 600 123 456\n    tonight\n")
    code, _, why = mine.talk("leave", talk.ref, "--last-word", phone)
    assert (code, mine.talk("list")[1].split()[-1]) == (2, "Robin")
    assert why.endswith("    tonight\n")
    for ref in ("nothing", "../../me"):
        code, _, why = mine.talk("say", ref, "Hi.")
        assert (code, why.splitlines()[0]) == (2, f"{ref} is no conversation: `list` prints them.")
    code, _, why = mine.talk("say", new_ref(), "Hi.")
    assert (code, why.splitlines()) == (
        2,
        ["There is nothing here for you.", "Nothing is lost. Your words:", "    Hi."],
    )
    code, _, why = mine.talk("say", talk.ref, given=b"so \xff it is")
    assert (code, why.splitlines()[::2]) == (
        2,
        ["There is a character in it that cannot be kept.", "    so  it is"],
    )
    AccessToken.objects.all().delete()
    code, _, why = mine.talk("list")
    assert (code, why) == (2, "The place does not know this token. Make one there, under Me.\n")


@both
def test_words_of_others_steer_no_terminal(two):
    """Nor can they write a line that looks like one of ours."""
    mine, _theirs, ana, ben, talk = two
    for one in (ana, ben):
        want(conversation=talk, what="door", by=one)
    assert send_messages([Draft(ben.ref, talk.ref, "m1", EVIL, note="\x1b[1mnote")])[0].number == 1
    shown = [mine.talk(*words)[1] for words in (("read", talk.ref, "--open"), ("list",), ("search", "evil"))]
    for out in shown:
        assert [one for one in out if one != "\n" and (ord(one) < 32 or 126 < ord(one) < 160)] == []
        assert "\u202e" not in out
    margin = [line for line in shown[0].splitlines() if line[:4].strip()]
    assert [(line[:7], line[-4:]) for line in margin] == [("Robin, ", " (1)")]
    assert "    You, 2026-01-01 00:00 (9)\n    next\n" in shown[0]


def test_what_is_safe_and_how_it_is_wrapped():
    assert safe(EVIL) == "[2J]0;owned hi31mevil\nYou, 2026-01-01 00:00 (9)\nnext"
    assert safe("a\tb\u00a0c\u00adk 👩\u200d🚀 ñ") == "a b ck 👩\u200d🚀 ñ"
    assert len(safe("a" + "\u0301" * 50)) == 7
    lines = list(wrapped("one two three\n" + "x" * 25 + "\n漢字漢字漢字", 10))
    assert lines == ["one two", "three", "x" * 10, "x" * 10, "x" * 5, "漢字漢字漢", "字"]


@contextmanager
def something_at(answer: Callable) -> Iterator[tuple[str, list]]:
    """A server that is no place of ours; what it was asked."""
    asked: list = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.append((self.path, self.headers.get("Authorization"), body))
            answer(self, len(asked))

        do_POST = do_GET

        def log_message(self, *given) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def answered(status: int, body: bytes = b"", **headers: str) -> Callable:
    def answer(other, _count: int) -> None:
        other.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            other.send_header(name, value)
        other.end_headers()
        other.wfile.write(body)

    return answer


def test_where_there_is_no_place():
    nobody = f"http://localhost:{free_port()}"
    assert Terminal(nobody, "t").talk("list") == (
        1,
        "",
        f"Nobody answers at {nobody}. Is the place served there?\n",
    )
    for status, body in ((200, b"<h1>Hi"), (404, b"<h1>No"), (200, b"[" * 100_000), (200, b"\xff")):
        with something_at(answered(status, body)) as (address, _):
            code, _, why = Terminal(address, "t").talk("list")
            assert (code, why) == (2, f"Something answers at {address}, and it is no place of ours.\n")
    for address in (
        "localhost:8000",
        "ftp://localhost",
        "http://a@localhost",
        "http://localhost/x",
        "http://[",
    ):
        assert Terminal(address, "t").talk("list")[0] == 2
    code, _, why = Terminal("http://example.org", "t").talk("list")
    assert (code, why) == (2, "Over http anybody on the way could take your token. Use https.\n")


def test_a_token_goes_nowhere_else(tmp_path):
    with (
        something_at(answered(200, b"[]")) as (elsewhere, asked_there),
        something_at(answered(307, Location=f"{elsewhere}/")) as (address, asked),
    ):
        assert Terminal(address, "secret").talk("list")[0] == 2
    assert ([one[1] for one in asked], asked_there) == (["Bearer secret"], [])
    assert Terminal(elsewhere, "").talk("list")[0] == 2
    assert Terminal(elsewhere, "two words").talk("list")[0] == 2
    assert Terminal(elsewhere, "").talk("--token-file", str(tmp_path / "none"), "list")[0] == 2
    file = tmp_path / "token"
    file.write_text("secret\n")
    for mode, warned in ((0o600, False), (0o644, True)):
        file.chmod(mode)
        with something_at(answered(200, b"[]")) as (address, asked):
            code, _, why = Terminal(address, "").talk("--token-file", str(file), "list")
        assert (code, asked[0][1], "Others on this machine" in why) == (0, "Bearer secret", warned)


def test_a_line_that_breaks_sends_the_same_once_more(monkeypatch):
    monkeypatch.setattr(acting, "PAUSES", (0, 0))

    def broken(other, count: int) -> None:
        if count < 3:
            other.close_connection = True
            other.connection.close() if count == 1 else answered(503, b'{"detail": "Not now."}')(other, count)
        else:
            answered(201, b'{"number": 7}')(other, count)

    with something_at(broken) as (address, asked):
        assert Terminal(address, "t").talk("say", new_ref(), "Once.")[:2] == (0, "It is kept, as number 7.\n")
    assert (len(asked), len({one[2] for one in asked})) == (3, 1)
    with something_at(answered(503, b'{"detail": "Not \\u001b[2Jnow."}')) as (address, asked):
        code, _, why = Terminal(address, "t").talk("say", new_ref(), "Kept here.")
    assert (code, len(asked)) == (1, 3)
    assert why == "Not [2Jnow.\nNothing is lost. Your words:\n    Kept here.\n"


def test_it_speaks_spanish_where_the_catalogue_does(monkeypatch):
    """And asks the place for the same language."""
    said = []
    monkeypatch.setenv("BEENTHERE_LANGUAGE", "es")

    def answer(other, _count: int) -> None:
        said.append(other.headers["Accept-Language"])
        answered(200, b"[]")(other, _count)

    with something_at(answer) as (address, _):
        assert Terminal(address, "t").talk("list")[0] == 0
    assert said == ["es"]
