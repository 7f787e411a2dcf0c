"""Every table, third-party ones too, says whose it is and what becomes of it."""

from beenthere.foundation.registry import undeclared_tables


def test_every_table_is_declared():
    assert undeclared_tables() == []
