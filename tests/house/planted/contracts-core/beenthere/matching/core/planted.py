"""A core that asks the dice."""

import random  # noqa: F401
