"""A line cut at random bytes: the short form of `python -m tests.faults.cuts`, and what it must find."""

import pytest

from tests.faults.cuts import campaign


def test_a_line_cut_anywhere_shows_everything_once():
    seen = campaign(60)
    assert seen.wrong == []
    assert min(seen.cuts - 59, seen.in_frames, seen.kept) > 0


@pytest.mark.parametrize("bug, found", [("skips", "was shown"), ("keeps_twice", "doubled: ")])
def test_a_planted_bug_is_found(bug, found):
    assert [line for line in campaign(200, bug=bug).wrong if found in line] != []
