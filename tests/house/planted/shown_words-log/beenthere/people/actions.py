"""A label in a log line, and one in a command."""


def welcome(*, by):
    log.info("client welcomed", by=by)  # noqa: F821
