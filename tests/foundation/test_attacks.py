"""What reaches logs and databases when something goes wrong on purpose."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from beenthere.foundation import logs

WORDS = "PLANTED my mother died"


@contextmanager
def logs_of_a_place(*, terminal: bool) -> Iterator[io.StringIO]:
    """What the logs write in here, onto a terminal or not."""
    root = logging.getLogger()
    kept = root.handlers, root.level, structlog.get_config()
    try:
        logs.set_up_logs({"level": "DEBUG"})
        (printing,) = root.handlers
        stream = printing.stream = io.StringIO()
        if terminal:
            printing.setFormatter(logs.formatter(terminal=True))
        yield stream
    finally:
        root.handlers, level, configured = kept
        root.setLevel(level)
        structlog.configure(**configured)


class Lost(Exception):
    pass


def test_what_opens_something_stays_out_of_the_logs():
    """A path that was not found is told, and what stood in it for one person alone is not."""
    with logs_of_a_place(terminal=False) as stream:
        for path in ("/mail/confirm/_Ffk1H__II3gANps6j3y2DZcSYnK_oo/", "/talk/0123456789abcdef/"):
            logging.getLogger("django.request").warning("%s: %s", "Not Found", path)
        text = stream.getvalue()
    told = [line.split("event=")[1] for line in text.splitlines()]
    assert told == ['"Not Found: /mail/confirm/.../"', '"Not Found: /talk/0123456789abcdef/"']


@pytest.mark.parametrize("terminal", [False, True])
def test_what_an_error_says_stays_out_of_the_logs(terminal):
    """Words stand in messages (`int("...")`), and in errors that carry what could not be encoded."""
    with logs_of_a_place(terminal=terminal) as stream:
        for begin in (lambda: int(WORDS), lambda: f"{WORDS}\ud800".encode(), lambda: {}[WORDS]):
            try:
                try:
                    begin()
                except Exception as first:
                    raise Lost(WORDS) from first
            except Lost as fault:
                logging.getLogger("django.request").error("Went wrong: %s", "/talk/", exc_info=fault)
                structlog.get_logger("ours").exception("Something failed")
        text = stream.getvalue()
    assert "PLANTED" not in text and "mother" not in text
    assert (text.count("Went wrong: /talk/"), text.count("Something failed")) == (3, 3)
    assert (text.count("Lost"), text.count("test_attacks.py:")) == (6, 6)
