"""Logs: one line an event, refs and never words, no addresses of people.

Of an error stand there its kind and where it was raised. What it says stays out, and what it carries: both
may be words of somebody.
"""

import logging
import logging.config
import sys
import traceback

import structlog

LONGEST = 20  # of what stands between two slashes; a ref has 16 characters
FRAMES = 8  # of an error, the innermost last


def set_up_logs(settings: dict) -> None:
    """Called by Django once with `LOGGING`; writes to standard error through structlog."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    printing = logging.StreamHandler(sys.stderr)
    printing.setFormatter(formatter(terminal=sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers = [printing]
    root.setLevel(settings["level"])
    logging.getLogger("django.server").setLevel(logging.WARNING)


def formatter(*, terminal: bool) -> logging.Formatter:
    """Lines for people on a terminal, for programs elsewhere."""
    rendering = (
        structlog.dev.ConsoleRenderer(colors=True)
        if terminal
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendering],
        foreign_pre_chain=_shared(),
    )


def _shared() -> list:
    return [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_what_it_says,
        _without_what_opens,
        _on_one_line,
    ]


def _without_what_it_says(_logger, _name: str, told: dict) -> dict:
    """The error that a line is about, as its kind and where it was raised."""
    about = told.pop("exc_info", None)
    told.pop("stack_info", None)
    if isinstance(about, BaseException):
        fault = about
    else:
        fault = about[1] if isinstance(about, tuple) else sys.exc_info()[1] if about else None
    if fault is not None:
        told["why"] = type(fault).__name__
        frames = traceback.walk_tb(fault.__traceback__)
        places = [f"{frame.f_code.co_filename}:{line}" for frame, line in frames]
        told["where"] = " ".join(places[-FRAMES:])
    return told


def _without_what_opens(_logger, _name: str, told: dict) -> dict:
    """What stands in the address of a mail opens something for whoever holds it. Longer than any ref, it is
    cut out of what is told of a path."""
    parts = str(told.get("event", "")).split("/")
    told["event"] = "/".join(part if len(part) <= LONGEST or " " in part else "..." for part in parts)
    return told


def _on_one_line(_logger, _name: str, told: dict) -> dict:
    """No value begins a line of its own or steers the terminal of who reads."""
    for name, value in told.items():
        if not name.startswith("_") and not isinstance(value, int | float | None):
            told[name] = "".join(sign if sign.isprintable() else _escaped(sign) for sign in str(value))
    return told


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
