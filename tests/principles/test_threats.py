"""docs/safety.md answers every threat, with tests that are there."""

import ast
from pathlib import Path

import re2

ROOT = Path(__file__).resolve().parents[2]
NO_REASON_WILL_DO = {1, 2, 10, 13, 15, 16, 18, 20, 21, 22, 23}


def rows() -> dict[int, list[str]]:
    """By number of the threat, the names in its last cell."""
    found = {}
    for line in (ROOT / "docs/safety.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 6 and cells[1].isdigit():
            assert int(cells[1]) not in found
            found[int(cells[1])] = re2.findall(r"`([\w/.]+(?:::\w+)?)`", cells[4])
    return found


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_threat_has_its_row():
    assert list(rows()) == list(range(1, 27))


def test_at_most_four_stand_on_a_reason_and_none_of_the_grave():
    without = {number for number, names in rows().items() if not names}
    assert [len(without) <= 4, without & NO_REASON_WILL_DO] == [True, set()]


def test_every_test_that_is_named_is_there():
    missing = []
    for number, names in rows().items():
        for name in names:
            file, _, test = name.partition("::")
            path = ROOT / "tests" / file
            if not path.is_file() or (test not in names_of_tests(path) if test else not names_of_tests(path)):
                missing.append(f"{number}: {name}")
    assert missing == []
