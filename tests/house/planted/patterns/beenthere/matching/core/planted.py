"""A pattern that may backtrack for minutes."""

import re  # noqa: F401
