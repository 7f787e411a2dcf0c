"""A lower app that reaches up."""

from beenthere.matching import apps  # noqa: F401
