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
    """It shows by chance, in most rounds of a few: what one campaign does not see, another may."""
    campaigns = (campaign(ROUNDS[database], database, bug=bug) for _ in range(4))
    assert any(found in line for seen in campaigns for line in seen.wrong)
