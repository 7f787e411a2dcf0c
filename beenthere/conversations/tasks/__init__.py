"""The recurring jobs of conversations."""

from . import finding, holding  # noqa: F401  # they join by being imported
