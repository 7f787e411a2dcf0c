"""Words of a crisis, as people write them: in danger oneself, urging another, asking or telling how.

The rules stand in `static/signposts/crisis.json`, which `crisis.js` reads too; both answer alike
(`core/rules.py` tells how they are carried out). Nothing is kept of what is asked here.
"""

from functools import cache
from pathlib import Path

from .rules import Heard, Rules, hear, merged, rules_in

FILE = Path(__file__).resolve().parents[1] / "static" / "signposts" / "crisis.json"
LANES = ("disclosure", "urging", "method", "other")
NOTHING = "nothing"  # the lane of rules that take what is none of it: idioms, titles, what is long past


def lanes_in(words: str) -> frozenset[str]:
    """The lanes of `LANES` these words are of. `disclosure`: the writer may be in danger; `urging`: another
    is told to come to harm; `method`: how it is done, asked or told; `other`: a worry about somebody else."""
    return frozenset(one.kind for one in hear(the_rules(), words)) - {NOTHING}


def found_in(words: str) -> tuple[Heard, ...]:
    """What is of a lane and where, in the order of the words; what overlaps within a lane is one."""
    found = [one for one in hear(the_rules(), words) if one.kind != NOTHING]
    return merged(found, LANES)


@cache
def the_rules() -> Rules:
    """The rules of the file, compiled once."""
    return rules_in(FILE)
