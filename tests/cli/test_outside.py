"""`beenthere outside` says what the door would hold, and why."""

import pytest
from typer.testing import CliRunner

from beenthere.cli.asked_about import BYTES
from beenthere.cli.commands import app
from beenthere.signposts.core.outside import KINDS

HELD = "It would be held until both have opened the door. What is held is not lost."


def told(words: str | bytes, *arguments: str) -> tuple[int, list[str], str]:
    ran = CliRunner().invoke(app, ["outside", *arguments], input=words)
    assert not ran.exception or isinstance(ran.exception, SystemExit)
    return ran.exit_code, ran.stdout.splitlines(), ran.stderr


def test_nothing_is_held():
    assert told("I live in Leeds. Call 988 if you need to.") == (0, ["Nothing of this would be held."], "")


def test_no_words_at_all():
    assert told("") == (0, ["Nothing of this would be held."], "")


def test_what_is_held_is_said_in_order_with_the_reason():
    assert told("ana@example.com\nor www.example.com") == (
        1,
        [
            "“ana@example.com”: it reads like an email address.",
            "“www.example.com”: it reads like a link.",
            HELD,
        ],
        "",
    )


def test_a_file_with_a_mark_at_its_beginning(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeffwww.example.com".encode())
    assert told("", "--file", str(path)) == (1, ["“www.example.com”: it reads like a link.", HELD], "")


def test_nothing_a_terminal_acts_on_is_printed():
    code, lines, _ = told("h\x1b[31m ttps://example.com/\x07a\u202eb")
    assert code == 1
    assert [one for one in "".join(lines) if not one.isprintable()] == []


def test_a_reason_for_every_kind():
    from beenthere.cli.outside import _reasons

    assert sorted(_reasons()) == sorted(KINDS)


@pytest.mark.parametrize(
    ("words", "arguments", "said"),
    [
        (b"\xff\xfe\xfa", (), "That is no UTF-8 text. Save it as UTF-8."),
        (b"a" * (BYTES + 1), (), "That is too long. Give at most a million bytes."),
        ("", ("--file", "nowhere.txt"), "We cannot read nowhere.txt. Look at its name."),
    ],
)
def test_what_cannot_be_read_is_neither_held_nor_clear(words, arguments, said):
    assert told(words, *arguments) == (2, [], said + "\n")
