"""The recurring jobs of conversations."""

from . import holding  # noqa: F401  # they join by being imported
