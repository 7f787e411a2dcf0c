"""Words of a crisis are found where they stand, each in its lane; ordinary talk is not."""

import pytest

from beenthere.signposts.core.crisis import found_in, lanes_in
from beenthere.signposts.core.rules import Heard

SAID = [
    ("disclosure", "kms", "idk i might just ", " tonight"),
    ("disclosure", "me quiero morir", "hola, ", ""),
    ("urging", "kill yourself", "just ", "."),
    ("method", "least painful way to die", "whats the ", ""),
    ("other", "my sister wants to kill herself", "please, ", ""),
]


@pytest.mark.parametrize(("lane", "said", "head", "tail"), SAID)
def test_it_is_found_where_it_stands(lane, said, head, tail):
    words = head + said + tail
    assert lanes_in(words) == {lane}
    [found] = found_in(words)
    assert found.kind == lane
    assert found.start <= len(head) and found.end >= len(head) + len(said)


@pytest.mark.parametrize(
    "words", ["", "I do not want to die.", "me muero de risa", "dying to see you", "hola"]
)
def test_other_words_are_of_no_lane(words):
    assert lanes_in(words) == frozenset()
    assert found_in(words) == ()


def test_what_is_told_is_a_stretch():
    assert found_in("kms") == (Heard("disclosure", 0, 3),)
