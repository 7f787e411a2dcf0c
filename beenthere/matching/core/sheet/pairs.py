"""Pairs from an earlier round, for those who have met and those who stay together."""

from beenthere.foundation.sentences import sentence

from .columns import knows, place_columns
from .faults import Fault, in_order, shown
from .reading import unfit
from .tables import read_table
from .writing import as_it_was

TWO = ("a", "b")


def read_pairs(content: bytes, *, name: str) -> tuple[list[tuple[str, str]], tuple[Fault, ...]]:
    """The refs in the columns `a` and `b` of any table we wrote (or somebody else did), in its order,
    the apostrophe against formulas taken off; other columns are left alone. Never raises."""
    table = read_table(content, name=name, is_known=knows(TWO, {}))
    placed = place_columns(table, {}, ours=TWO, needed=TWO)
    faults = [*table.faults, *placed.faults]
    pairs: list[tuple[str, str]] = []
    for line, cells in table.records if set(placed.places) == set(TWO) else ():
        two = {our: as_it_was(cells[placed.places[our]].strip()) for our in TWO}
        wrong = [
            Fault(line, placed.used[our], shown(ref), *trouble)
            for our, ref in two.items()
            if (trouble := _trouble(ref))
        ]
        if not wrong and two["a"] == two["b"]:
            wrong = [
                Fault(
                    line,
                    placed.used["b"],
                    shown(two["b"]),
                    sentence("Both refs of this pair are the same."),
                    sentence("The refs of two people."),
                )
            ]
        faults.extend(wrong)
        if not wrong:
            pairs.append((two["a"], two["b"]))
    return pairs, in_order(faults, table.header)


def _trouble(ref: str) -> tuple | None:
    if not ref:
        return sentence("A ref is missing from this pair."), sentence("The refs of two people.")
    return unfit(ref)
