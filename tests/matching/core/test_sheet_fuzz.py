"""No bytes make reading crash: whatever comes, there are people or faults that name a line."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.sheet import read_pairs, template

from .sheets import read
from .workbooks import ods, xlsx

CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 20), st.binary(max_size=6) | st.sampled_from([b'"', b";", b"\n"])
    ),
    min_size=1,
    max_size=5,
)


@cache
def books() -> tuple[bytes, bytes, bytes]:
    rows = [line.split(",")[:3] for line in template().decode().splitlines()]
    return template(), xlsx(rows), ods(rows)


def assert_read(content: bytes) -> None:
    sheet = read(content)
    assert [
        fault for fault in sheet.faults if fault.line < 1 or not str(fault.why) or not str(fault.wants)
    ] == []
    assert all(map(str, sheet.notices))
    assert sheet.faults or len(sheet.people) == len(sheet.rows)
    pairs, faults = read_pairs(content, name="met.csv")
    assert [fault for fault in faults if fault.line < 1] == []


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes(content):
    assert_read(content)
    assert_read(b"ref," + content)
    assert_read(b"PK\x03\x04" + content)


@given(CHANGES)
def test_a_changed_template(changes):
    assert_read(mutated(books()[0], changes))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([1, 2]), CHANGES)
def test_a_changed_workbook(which, changes):
    assert_read(mutated(books()[which], changes))


def mutated(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, put in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + length :]
    return content


COLUMN = st.sampled_from(
    [
        "experiences",
        "hopes",
        "languages",
        "timezone",
        "free",
        "age",
        "meet_age",
        "leave_out",
        "capacity",
        "since",
    ]
)
PIECES = st.lists(
    st.sampled_from(
        ["18", "-", ":", ";", "=", "mon", " ", "24:00", "en", "es", "x", "65+", "drinking", "\uff1b"]
    )
    | st.text(max_size=3)
).map("".join)


@given(COLUMN, PIECES)
def test_any_cell(column, text):
    quoted = text.replace('"', '""')
    assert_read(f'ref,{column}\nana,"{quoted}"\n'.encode())
