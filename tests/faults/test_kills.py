"""Killed in the middle of talking, again and again: the short form of `python -m tests.faults.kills`, and
what that harness must find."""

import pytest

from tests.faults.kills import campaign


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_promised_is_lost_or_doubled(database):
    seen = campaign(8, database)
    assert seen.wrong == []
    assert seen.rounds == 8
    assert min(seen.kept, seen.under_way) > 8


@pytest.mark.parametrize(
    "bug, database, found",
    [
        ("tells_before_keeping", "sqlite", "lost: "),
        ("tells_before_keeping", "postgresql", "lost: "),
        ("keeps_twice", "sqlite", "doubled: "),
        ("skips", "sqlite", "was shown"),
    ],
)
def test_a_planted_bug_is_found(bug, database, found):
    seen = campaign(8, database, bug=bug)
    assert [line for line in seen.wrong if found in line] != []
