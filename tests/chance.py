"""Refs that are the same in every run: they break ties, and so would decide how a simulation goes."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch


@contextmanager
def refs_drawn(seed: str) -> Iterator[None]:
    """Inside the block every new ref comes from `seed`, by the real function. No two tests of a process share
    one: opened keys are remembered by ref."""
    with patch(
        "beenthere.foundation.refs.secrets", SimpleNamespace(token_bytes=random.Random(seed).randbytes)
    ):
        yield
