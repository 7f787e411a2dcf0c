"""Words that a command is asked about: read whole, shown safely."""

import sys
from pathlib import Path

from beenthere.cli.saying import Stop, say
from beenthere.foundation.sentences import sentence

BYTES = 1_000_000


def words_asked_about(file: Path | None = None) -> str:
    """The words of the file, or of standard input; at most a million bytes of UTF-8. Raises Stop."""
    try:
        if file is None:
            told = sys.stdin.buffer.read(BYTES + 1)
        else:
            with file.open("rb") as opened:
                told = opened.read(BYTES + 1)
        if len(told) > BYTES:
            raise Stop(sentence("That is too long. Give at most a million bytes."))
        return told.decode("utf-8-sig")
    except OSError as failure:
        raise Stop(sentence("We cannot read {path}. Look at its name.", path=str(file))) from failure
    except UnicodeDecodeError as failure:
        raise Stop(sentence("That is no UTF-8 text. Save it as UTF-8.")) from failure


def on_one_line(words: str) -> str:
    """With nothing a terminal would act on."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def say_found(words: str, found, reasons: dict) -> None:
    """What was found in the words, a line each: the words themselves, and why."""
    for one in found:
        told = on_one_line(words[one.start : one.end])
        say(sentence("“{words}”: {reason}.", words=told, reason=reasons[one.kind]))
