"""What is acknowledged reached the disk before: the short form of `python -m tests.faults.synced`."""

import pytest

from tests.faults.synced import campaign

SENDS = 50
MARKS = [f"s{number}" for number in range(SENDS)]


def test_a_sync_returns_before_each_acknowledgement():
    seen = campaign(SENDS)
    assert (seen.arrived, seen.acknowledged, seen.synced) == (MARKS, MARKS, MARKS)


@pytest.mark.parametrize("bug", ["syncs_lazily", "tells_before_keeping"])
def test_an_acknowledgement_without_a_sync_is_found(bug):
    seen = campaign(20, bug=bug)
    assert seen.acknowledged == MARKS[:20]
    assert len(seen.synced) < 10
