"""Logs: one line an event, refs and never words, no addresses of people."""

import logging
import logging.config
import sys

import structlog


def set_up_logs(settings: dict) -> None:
    """Called by Django once with `LOGGING`; writes to standard error through structlog."""
    shared = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if sys.stderr.isatty()
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendering],
        foreign_pre_chain=shared,
    )
    printing = logging.StreamHandler(sys.stderr)
    printing.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [printing]
    root.setLevel(settings["level"])
    logging.getLogger("django.server").setLevel(logging.WARNING)
