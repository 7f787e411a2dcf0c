"""What is done with an open sheet, and how it is forgotten. The clock stands still; nothing sleeps."""

import gc
import logging
import threading
import weakref
from datetime import UTC, datetime

import pytest

from beenthere.experiences.core import tokens
from beenthere.foundation import clock
from beenthere.matching.actions import sheets as actions
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.models import DESK

from .conftest import ANA_AND_BEN, FAULTY, wait_for_pairings

WATCH = actions._watch
NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def hands():
    with clock.stopped_at(NOON) as hands:
        yield hands


def opened(content: bytes = ANA_AND_BEN):
    return actions.open_sheet(content=content, name="people.csv", by=None)


def paired(sheet, **wishes):
    actions.start_pairing(sheet=sheet, wishes=Wishes(**wishes), by=None)
    wait_for_pairings()
    return sheet.paired


def twos(sheet) -> list:
    return [(pair.a, pair.b) for pair in sheet.paired.plan.pairs]


class Gate:
    """Stands in for the engine: says that it was reached, and waits to be opened."""

    def __init__(self, monkeypatch) -> None:
        self.reached, self.open = threading.Semaphore(0), threading.Event()
        self.real = actions.plan_people
        monkeypatch.setattr(actions, "plan_people", self)

    def __call__(self, prepared, asked, *, progress):
        self.reached.release()
        assert self.open.wait(60)
        return self.real(prepared, asked, progress=progress)


def test_a_sheet_lies_on_the_desk_under_a_ref_nobody_guesses():
    sheet = opened()
    assert DESK.all() == [sheet]
    assert DESK.find(sheet.ref) is sheet
    assert len(sheet.ref) == 32
    assert [person.ref for person in sheet.sheet.people] == ["ana", "ben", "cleo", "dev"]


def test_two_sheets_do_not_know_each_other():
    one, other = opened(), opened(FAULTY)
    paired(one)
    assert other.paired is None
    actions.forget_sheet(sheet=one, by=None)
    assert DESK.all() == [other]


@pytest.mark.parametrize(("seconds", "forgotten"), [(1799, 0), (1800, 1)])
def test_thirty_silent_minutes(hands, seconds, forgotten):
    sheet = opened()
    actions.look_at(sheet=sheet, by=None)
    hands.move(seconds)
    assert actions.forget_silent_sheets(by=None) == forgotten
    assert len(DESK.all()) == 1 - forgotten


@pytest.mark.parametrize(("seconds", "forgotten"), [(19, 0), (20, 1)])
def test_left_is_soon_forgotten(hands, seconds, forgotten):
    sheet = opened()
    look = actions.look_at(sheet=sheet, by=None)
    actions.leave_sheet(sheet=sheet, look=look, by=None)
    hands.move(seconds)
    assert actions.forget_silent_sheets(by=None) == forgotten


def test_the_next_page_of_the_same_sheet_keeps_it(hands):
    """The browser says that a page was left only after the next one was answered."""
    sheet = opened()
    first = actions.look_at(sheet=sheet, by=None)
    actions.look_at(sheet=sheet, by=None)
    actions.leave_sheet(sheet=sheet, look=first, by=None)
    hands.move(600)
    assert actions.forget_silent_sheets(by=None) == 0


def test_two_tabs_and_one_is_closed(hands):
    sheet = opened()
    one, other = (actions.look_at(sheet=sheet, by=None) for _ in range(2))
    actions.leave_sheet(sheet=sheet, look=one, by=None)
    hands.move(60)
    assert actions.forget_silent_sheets(by=None) == 0
    actions.leave_sheet(sheet=sheet, look=other, by=None)
    hands.move(20)
    assert actions.forget_silent_sheets(by=None) == 1


def test_who_comes_back_in_time_keeps_it(hands):
    sheet = opened()
    actions.leave_sheet(sheet=sheet, look=actions.look_at(sheet=sheet, by=None), by=None)
    hands.move(19)
    actions.look_at(sheet=sheet, by=None)
    hands.move(19)
    assert actions.forget_silent_sheets(by=None) == 0


def test_the_desk_is_looked_after_until_it_is_empty(hands, monkeypatch):
    class Pause:
        arrived, go = threading.Semaphore(0), threading.Semaphore(0)

        def wait(self, seconds):
            assert seconds == 5
            self.arrived.release()
            assert self.go.acquire(timeout=60)

    monkeypatch.setattr(actions, "_pause", Pause())
    monkeypatch.setattr(actions, "_watch", WATCH)
    sheet = opened()
    look = actions.look_at(sheet=sheet, by=None)
    assert Pause.arrived.acquire(timeout=60)
    (watcher,) = (one for one in threading.enumerate() if one.name == "desk")
    opened_too = opened()  # no second watcher
    assert [one for one in threading.enumerate() if one.name == "desk"] == [watcher]
    actions.leave_sheet(sheet=sheet, look=look, by=None)
    hands.move(20)
    Pause.go.release()
    assert Pause.arrived.acquire(timeout=60)
    assert DESK.all() == [opened_too]
    hands.move(1800)
    Pause.go.release()
    watcher.join(60)
    assert (DESK.all(), watcher.is_alive()) == ([], False)


def test_nothing_of_a_forgotten_sheet_stays_in_memory():
    word = "quokka" + "thimble"  # in no other test: their modules are in memory too
    sheet = opened(ANA_AND_BEN.replace(b"house", word.encode()))
    paired(sheet)
    gone = weakref.ref(sheet)
    assert found_in_memory(word)
    actions.forget_sheet(sheet=sheet, by=None)
    del sheet
    assert gone() is None
    gc.collect()
    assert found_in_memory(word) == []


def found_in_memory(word: str) -> list[str]:
    """Kinds of the containers that hold a text or bytes with `word`."""
    texts = {str: word, bytes: word.encode()}
    return [
        type(one).__name__
        for one in gc.get_objects()
        for held in gc.get_referents(one)
        if type(held) in texts and len(held) > len(word) and texts[type(held)] in held
    ]


def test_single_words_are_forgotten_too():
    word = "quokka" + "thimbles"
    sheet = opened(ANA_AND_BEN.replace(b"house", word.encode()))
    paired(sheet)
    remembered = [one for one in vars(tokens).values() if hasattr(one, "cache_info")]
    assert remembered
    assert sum(one.cache_info().currsize for one in remembered)
    actions.forget_sheet(sheet=sheet, by=None)
    assert [one.cache_info().currsize for one in remembered] == [0] * len(remembered)


def test_pairing_tells_how_far_it_is_and_ends(monkeypatch):
    gate, sheet = Gate(monkeypatch), opened()
    actions.start_pairing(sheet=sheet, wishes=Wishes(), by=None)
    assert gate.reached.acquire(timeout=60)
    assert str(sheet.running.doing) == "Getting ready to compare"
    assert (sheet.running.done, sheet.running.total) == (4, 4)
    gate.open.set()
    wait_for_pairings()
    assert (sheet.running, twos(sheet)) == (None, [("ana", "ben")])


def test_run_again_while_running_leaves_the_last_wishes(monkeypatch):
    gate, sheet = Gate(monkeypatch), opened()
    for floor in ("0.9999", "0"):
        actions.start_pairing(sheet=sheet, wishes=Wishes(floor=floor), by=None)
        assert gate.reached.acquire(timeout=60)
    gate.open.set()
    wait_for_pairings()
    assert (sheet.wishes.floor, sheet.paired.plan.asked.floor, sheet.running) == ("0", 0, None)


def test_columns_mapped_while_running_let_go_of_the_run(monkeypatch):
    gate, sheet = Gate(monkeypatch), opened()
    actions.start_pairing(sheet=sheet, wishes=Wishes(), by=None)
    assert gate.reached.acquire(timeout=60)
    actions.map_columns(sheet=sheet, renames={"words": ""}, by=None)
    gate.open.set()
    wait_for_pairings()
    assert (sheet.running, sheet.paired, sheet.sheet.used.get("words")) == (None, None, None)


def test_a_run_that_hears_too_late_that_it_was_stopped_leaves_nothing(monkeypatch):
    gate, sheet = Gate(monkeypatch), opened()
    real = gate.real
    gate.real = lambda prepared, asked, *, progress: real(prepared, asked, progress=lambda *state: None)
    actions.start_pairing(sheet=sheet, wishes=Wishes(), by=None)
    assert gate.reached.acquire(timeout=60)
    actions.map_columns(sheet=sheet, renames={"words": ""}, by=None)
    gate.open.set()
    wait_for_pairings()
    assert (sheet.running, sheet.paired) == (None, None)


def test_forgotten_while_running_is_let_go_at_the_next_step(monkeypatch):
    gate, sheet = Gate(monkeypatch), opened()
    gone = weakref.ref(sheet)
    actions.start_pairing(sheet=sheet, wishes=Wishes(), by=None)
    assert gate.reached.acquire(timeout=60)
    actions.forget_sheet(sheet=sheet, by=None)
    assert DESK.all() == []
    del sheet
    gate.open.set()
    wait_for_pairings()
    gc.collect()
    assert gone() is None


def test_a_fault_of_ours_is_said_and_keeps_the_sheet(monkeypatch, caplog):
    sheet = opened()
    before = paired(sheet)

    def break_down(prepared, asked, *, progress):
        raise ValueError("ana wrote: My mum died")

    monkeypatch.setattr(actions, "plan_people", break_down)
    with caplog.at_level(logging.DEBUG):
        actions.start_pairing(sheet=sheet, wishes=Wishes(), by=None)
        wait_for_pairings()
    assert [str(one) for one in sheet.went_wrong] == [
        "The pairing ended with a fault of ours. The sheet is still here; nothing was lost."
    ]
    assert (sheet.paired, sheet.running) == (before, None)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "A pairing ended with a fault"
    ]
    assert "mum" not in caplog.text


def test_kept_stay_and_parted_do_not_meet():
    sheet = opened()
    paired(sheet)
    actions.part_pair(sheet=sheet, pair=("ana", "ben"), by=None)
    paired(sheet)
    assert (twos(sheet), sheet.paired.parted) == ([], frozenset({("ana", "ben")}))
    actions.keep_pair(sheet=sheet, pair=("ana", "ben"), by=None)
    assert (sheet.parted, sheet.kept) == (set(), {("ana", "ben")})
    paired(sheet, floor="0.99")
    assert [(pair.a, pair.b, pair.kept) for pair in sheet.paired.plan.pairs] == [("ana", "ben", True)]
    actions.let_pair_be(sheet=sheet, pair=("ana", "ben"), by=None)
    assert (sheet.parted, sheet.kept) == (set(), set())


def test_a_kept_pair_that_breaks_a_boundary_is_said_and_the_last_run_stays():
    sheet = opened()
    before = paired(sheet)
    actions.keep_pair(sheet=sheet, pair=("cleo", "dev"), by=None)
    paired(sheet)
    assert sheet.paired is before
    said = [str(one) for one in sheet.went_wrong]
    assert len(said) == 1
    assert said[0].startswith("dev asked to leave out what cleo has lived through: hearing voices.")


def test_columns_mapped_anew_let_go_of_what_was_found():
    sheet = opened()
    paired(sheet)
    actions.keep_pair(sheet=sheet, pair=("ana", "ben"), by=None)
    actions.ask_why(sheet=sheet, two=("ana", "ben"), by=None)
    actions.map_columns(sheet=sheet, renames={"hopes": ""}, by=None)
    assert (sheet.paired, sheet.kept, sheet.parted, sheet.asked_why) == (None, set(), set(), None)
    assert "hopes" not in sheet.sheet.used
