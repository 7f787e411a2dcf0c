"""The list of planted security faults still fits the house, and one of them is caught by the quick tests."""

import pytest

from tests.faults.mutation import ROOT, Fault, caught_by, copy_of_the_house, the_faults

ONE = Fault(
    "a passphrase of any length",
    "beenthere/people/core/passphrases.py",
    "    if len(passphrase) < LEAST:",
    "    if not passphrase:",
)


def test_there_are_thirty_by_thirty_names():
    assert [len(the_faults()), len({one.name for one in the_faults()})] == [30, 30]


@pytest.mark.parametrize("fault", the_faults(), ids=lambda one: one.name)
def test_each_has_its_place_and_is_a_program_still(fault):
    planted = fault.planted_in((ROOT / fault.file).read_text(encoding="utf-8"))
    if fault.file.endswith(".py"):
        compile(planted, fault.file, "exec")


def test_a_guard_that_is_gone_is_missed(tmp_path):
    house = copy_of_the_house(tmp_path)
    whole = (house / ONE.file).read_text(encoding="utf-8")
    assert caught_by(ONE, house, most=1) != ""
    assert (house / ONE.file).read_text(encoding="utf-8") == whole
