"""Tables we write: nothing in them is a formula, and nothing is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beenthere.experiences.core.vocabulary import load_vocabulary
from beenthere.matching.core.sheet import read_pairs, read_sheet, template, write_table
from beenthere.matching.core.sheet.columns import COLUMNS
from beenthere.matching.core.sheet.delimited import records
from beenthere.matching.core.sheet.writing import as_it_was, defused

from .sheets import read

SPECIAL = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
CELLS = st.text(st.sampled_from("'" + SPECIAL + '",; a\u00e9')) | st.text()


@pytest.mark.parametrize("sign", SPECIAL)
def test_a_cell_that_could_be_a_formula_gets_one_apostrophe(sign):
    for before in ("", "'", "'''"):
        assert defused(f"{before}{sign}1") == f"'{before}{sign}1"
    assert [defused(text) for text in ("'a", " =1", "a=1", "'", "")] == ["'a", " =1", "a=1", "'", ""]


def test_only_such_an_apostrophe_is_taken_off():
    assert [as_it_was(text) for text in ("'=1", "''=1", "'a", "=1", "'")] == ["=1", "'=1", "'a", "=1", "'"]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_what_is_written_is_read_back(rows):
    text = write_table(("a", "b"), rows).decode()
    assert [[as_it_was(cell) for cell in record.cells] for record in records(text, ",")] == [
        ["a", "b"],
        *rows,
    ]
    assert [[as_it_was(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))][
        1:
    ] == rows


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3)))
def test_no_cell_written_begins_as_a_formula(rows):
    written = [cell for record in records(write_table(("a",), rows).decode(), ",") for cell in record.cells]
    assert [cell for cell in written if cell[:1] in SPECIAL and cell] == []


REFS = (
    st.text(st.sampled_from("'=+-@\uff1d\",;ab\u00e9 "), min_size=1, max_size=5).map(str.strip).filter(bool)
)


@given(st.lists(st.tuples(REFS, REFS).filter(lambda two: two[0] != two[1])))
def test_pairs_come_back_as_they_were(pairs):
    rows = [(1, a, b, "0.5", "", "=why") for a, b in pairs]
    assert read_pairs(write_table(("round", "a", "b", "fit", "shared", "reason"), rows), name="p") == (
        pairs,
        (),
    )


def test_a_table_is_plain_csv():
    assert write_table(("a", "b"), [(1, None), ("x,y", 'so "to" say'), (-2, "ñ")]) == (
        'a,b\n1,""\n"x,y","so ""to"" say"\n\'-2,ñ\n'.encode()
    )


def test_wrong_pairs_are_faults():
    pairs, faults = read_pairs(b"b,a\nx,y\nx,\nz,z\n,\n#N/A,q\n", name="met.csv")
    assert pairs == [("y", "x")]
    assert [(fault.line, fault.column, fault.value) for fault in faults] == [
        (3, "a", ""),
        (4, "b", "z"),
        (6, "b", "#N/A"),
    ]
    pairs, faults = read_pairs(b"ref,why\nx,y\n", name="met.csv")
    assert (pairs, [(fault.line, fault.column) for fault in faults]) == ([], [(1, "a"), (1, "b")])


def test_the_example_shows_every_column_and_people_who_do_not_exist():
    header, *rows = csv.reader(io.StringIO(template().decode()))
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == [f"P{number:02}" for number in range(1, 13)]
    assert [row for row in rows if "(fictional)" not in row[COLUMNS.index("place")]] == []
    assert [name for at, name in enumerate(header) if not any(row[at] for row in rows)] == []


def test_the_example_reads_without_a_fault():
    sheet = read(template())
    assert (sheet.faults, len(sheet.people)) == ((), 12)
    assert sum(person.languages[0] == "es" for person in sheet.people) == 2


def test_the_example_speaks_of_what_the_vocabulary_knows():
    sheet = read_sheet(template(), name="example.csv", vocabulary=load_vocabulary())
    assert (sheet.faults, sheet.notices, len(sheet.people)) == ((), (), 12)
