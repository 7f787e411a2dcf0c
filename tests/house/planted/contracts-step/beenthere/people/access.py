"""A lower step that calls a higher one."""

from beenthere.people import actions  # noqa: F401
