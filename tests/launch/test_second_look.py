"""Which failures are looked at again, alone: a few, and of a browser (decision record 0033)."""

import pytest

from tests.whole_run import failed_in_a_browser

LATE = ("tests.e2e.test_look", "test_a[en]", "")
SHOWN = ("tests.web.test_pages", "test_b", "playwright._impl._errors.TimeoutError")
OURS = ("tests.web.test_pages", "test_c", "assert 1 == 2")
A, B = "tests/e2e/test_look.py::test_a[en]", "tests/web/test_pages.py::test_b"


@pytest.mark.parametrize(
    ("failed", "again"),
    [([LATE], [A]), ([LATE, SHOWN], [A, B]), ([OURS], []), ([LATE, OURS], []), ([LATE] * 4, []), ([], [])],
)
def test_a_few_and_of_a_browser(tmp_path, failed, again):
    row = "<testcase classname={!r} name={!r}><failure>{}</failure></testcase>"
    rows = "".join(row.format(*one) for one in failed)
    report = tmp_path / "report.xml"
    report.write_text(
        f'<testsuites><testsuite>{rows}<testcase classname="tests.x" name="well"/></testsuite></testsuites>'
    )
    assert failed_in_a_browser(report) == again


def test_nothing_counted_is_a_failure(tmp_path):
    assert failed_in_a_browser(tmp_path / "report.xml") == []
