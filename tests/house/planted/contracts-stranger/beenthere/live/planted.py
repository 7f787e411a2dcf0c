"""Live knows no app, and ui is a stranger to it."""

from beenthere.ui import apps  # noqa: F401
