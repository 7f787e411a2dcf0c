"""The table of requirements is whole, names tests that are there, and docs/asvs.md says what it says."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from .table import DOCUMENT, ROOT, Requirement, document, requirements, wanted

MOST_NOT_APPLICABLE = 50  # a fifth of all
# What is not met. Equality: a gap that was closed leaves this list, a new one enters it.
KNOWN_GAPS: list[str] = [
    "6.2.3",
    "6.2.4",
    "6.3.3",
    "6.5.5",
    "7.4.3",
    "13.2.2",
    "15.2.1",
]
ROWS = requirements()
CODE = re.compile(r"`((?:beenthere|tests|docs|launch|deploy|requirements)/[\w./-]+)`")


def test_every_requirement_of_both_levels_is_there_once():
    assert Counter(wanted().values()) == {1: 70, 2: 183}
    assert [(one.id, one.level) for one in ROWS] == sorted(wanted().items(), key=lambda one: _place(one[0]))


def test_each_row_says_one_thing():
    assert [one.id for one in ROWS if bool(one.how) + bool(one.not_applicable) + bool(one.gap) != 1] == []
    assert [one.id for one in ROWS if bool(one.how) and not one.tests] == []
    assert [one.id for one in ROWS if not one.asks.endswith((".", "?"))] == []


def test_every_named_test_is_there():
    named = sorted({name for one in ROWS for name in one.tests})
    assert [name for name in named if not _is_there(name)] == []
    assert len(named) > 100


def test_what_stands_there_about_code_is_there():
    said = {path for one in ROWS for path in CODE.findall(f"{one.how} {one.not_applicable}")}
    assert sorted(path for path in said if not (ROOT / path).exists()) == []


def test_at_most_a_fifth_is_not_applicable():
    assert sum(bool(one.not_applicable) for one in ROWS) <= MOST_NOT_APPLICABLE


def test_what_is_not_met_is_known():
    assert [one.number for one in ROWS if one.gap] == KNOWN_GAPS


def test_the_document_is_the_table():
    """`python -m tests.asvs.table` writes it."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(ROWS)


@pytest.mark.parametrize(
    "name",
    [
        "tests/asvs/test_asvs.py::test_nobody_wrote_this",
        "tests/asvs/test_nowhere.py::test_each_row_says_one_thing",
        "tests/asvs/test_asvs.py::_is_there",
        "tests/asvs/test_asvs.py::test_each_row_says_one_thing[of many]",
    ],
)
def test_a_test_that_is_not_there_is_noticed(name):
    assert not _is_there(name)


def _place(name: str) -> tuple[int, ...]:
    return Requirement(name, 1, "").place


def _is_there(name: str) -> bool:
    """Whether such a test is there, and with `[...]` whether it runs with several values."""
    path, _, inside = name.partition("::")
    function, bracket, _ = inside.partition("[")
    found = _tests_of(path).get(function)
    return found is not None and (not bracket or "parametrize" in found)


@cache
def _tests_of(path: str) -> dict[str, str]:
    """The tests of a file, those of its classes as `Class::test`, each with its decorators."""
    file = ROOT / path
    if not file.is_file() or not file.name.startswith("test_"):
        return {}
    tree, found = ast.parse(file.read_text(encoding="utf-8")), {}
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_"):
                found[before + one.name] = " ".join(ast.unparse(mark) for mark in one.decorator_list)
    return found
