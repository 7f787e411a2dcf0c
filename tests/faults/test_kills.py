"""Killed in the middle of talking, again and again: the short form of `python -m tests.faults.kills`, and
what that harness must find."""

import pytest

from tests.faults.kills import campaign

ROUNDS = {"sqlite": 8, "postgresql": 4}


@pytest.mark.parametrize("database", ROUNDS)
def test_nothing_promised_is_lost_or_doubled(database):
    seen = campaign(ROUNDS[database], database)
    assert seen.wrong == []
    assert seen.rounds == ROUNDS[database]
    assert min(seen.kept, seen.under_way) > 8


@pytest.mark.parametrize(
    "bug, database, found",
    [
        ("tells_before_keeping", "sqlite", "lost: "),
        ("syncs_lazily", "postgresql", "lost: "),
        ("keeps_twice", "sqlite", "doubled: "),
        ("skips", "sqlite", "was shown"),
    ],
)
def test_a_planted_bug_is_found(bug, database, found):
    seen = campaign(4 * ROUNDS[database], database, bug=bug)  # a bug shows by chance, in most rounds of a few
    assert [line for line in seen.wrong if found in line] != []
