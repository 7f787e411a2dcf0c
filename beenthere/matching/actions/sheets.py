"""What can be done with an open sheet. Nothing here touches the database: the sheet is its
coordinator's, and this page only holds it for a while."""

import gc
import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.refs import new_ref
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.models import DESK, OpenSheet, Paired, Running, Two
from beenthere.matching.queries.pairing import forget_words, plan_people, prepare_people, read_people

SILENCE = timedelta(minutes=30)
LEFT = timedelta(seconds=20)  # after its last page was left: time enough to come back
LOOK_EVERY = 5.0  # seconds

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody asked the pairing to end."""


def open_sheet(*, content: bytes, name: str, by) -> OpenSheet:
    """Reads the file and lays it on the desk, with all its faults if it has any."""
    sheet = OpenSheet(
        name=name, content=content, sheet=read_people(content, name=name), touched_at=clock.now()
    )
    DESK.lay(sheet)
    _watch()
    return sheet


def map_columns(*, sheet: OpenSheet, renames: Mapping[str, str], by) -> None:
    """Reads the file anew with columns of theirs called as ours (`""` leaves one out). What was kept,
    parted and found belonged to the reading before, and goes."""
    with sheet.lock:
        _stop(sheet)
        sheet.renames = dict(renames)
        sheet.sheet = read_people(sheet.content, name=sheet.name, renames=renames)
        sheet.kept, sheet.parted, sheet.paired, sheet.went_wrong = set(), set(), None, ()
        sheet.asked_why = None


def keep_pair(*, sheet: OpenSheet, pair: Two, by) -> None:
    """These two stay together in the next run."""
    with sheet.lock:
        sheet.parted.discard(pair)
        sheet.kept.add(pair)


def part_pair(*, sheet: OpenSheet, pair: Two, by) -> None:
    """These two are not introduced in the next run."""
    with sheet.lock:
        sheet.kept.discard(pair)
        sheet.parted.add(pair)


def let_pair_be(*, sheet: OpenSheet, pair: Two, by) -> None:
    """Neither kept nor parted."""
    with sheet.lock:
        sheet.kept.discard(pair)
        sheet.parted.discard(pair)


def ask_why(*, sheet: OpenSheet, two: Two, by) -> None:
    """The page answers for these two (as typed) from now on, in whatever language it is read."""
    sheet.asked_why = two


def start_pairing(*, sheet: OpenSheet, wishes: Wishes, met_name: str = "", by) -> None:
    """Begins to pair in a thread of its own; a pairing that still runs is stopped first. Afterwards
    `sheet.running` tells how far it is, and at its end `sheet.paired` or `sheet.went_wrong` stands."""
    with sheet.lock:
        _stop(sheet)
        sheet.wishes, sheet.met_name, sheet.went_wrong = wishes, met_name, ()
        sheet.running = Running(sentence("Reading what people wrote"))
        parted = frozenset(sheet.parted)
        asked = replace(wishes, kept=tuple(sorted(sheet.kept)), met=(*wishes.met, *sorted(parted)))
        pairing = (sheet, sheet.running, asked, parted)
        threading.Thread(target=_pair, args=pairing, name="pairing", daemon=True).start()


def look_at(*, sheet: OpenSheet, by) -> str:
    """A page of the sheet is being shown; the name by which it says that it was left."""
    look = new_ref()
    with sheet.lock:
        sheet.looks.add(look)
        sheet.closing_at = None
    return look


def leave_sheet(*, sheet: OpenSheet, look: str, by) -> None:
    """One of its pages was closed or left. After the last one the sheet is forgotten soon, unless
    somebody looks at it again."""
    with sheet.lock:
        sheet.looks.discard(look)
        if not sheet.looks:
            sheet.closing_at = clock.now() + LEFT


def forget_sheet(*, sheet: OpenSheet, by) -> None:
    """Afterwards nothing of the sheet is in memory but what a running thread lets go of at its next step."""
    with sheet.lock:
        _stop(sheet)
    DESK.take_off(sheet.ref)
    forget_words()


def forget_silent_sheets(*, by) -> int:
    """Forgets every sheet that was left, or not looked at for 30 minutes; how many."""
    now = clock.now()
    silent = [
        one
        for one in DESK.all()
        if one.touched_at + SILENCE <= now or (one.closing_at is not None and one.closing_at <= now)
    ]
    for sheet in silent:
        forget_sheet(sheet=sheet, by=by)
    return len(silent)


def _pair(sheet: OpenSheet, running: Running, asked: Wishes, parted: frozenset[Two]) -> None:
    def progress(done: int, total: int, doing: Sentence) -> None:
        if running.stop:
            raise Stopped
        running.done, running.total, running.doing = done, total, doing

    paired, wrong = None, ()
    try:
        prepared = prepare_people(sheet.sheet.people, on=asked.on, progress=progress)
        wrong = _kept_in_the_way(prepared, asked)
        if not wrong:
            paired = Paired(prepared, plan_people(prepared, asked, progress=progress), parted)
    except Stopped:
        forget_words()  # the sheet may be gone since; these came after
    except Exception as fault:
        # Its own words may hold the people's: a log gets its kind and its place alone.
        log.error("A pairing ended with a fault: %s at %s", type(fault).__name__, _place_of(fault))
        wrong = (
            sentence("The pairing ended with a fault of ours. The sheet is still here; nothing was lost."),
        )
    with sheet.lock:
        if sheet.running is running:
            sheet.paired, sheet.went_wrong, sheet.running = paired or sheet.paired, wrong, None


def _place_of(fault: BaseException) -> str:
    trace = fault.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"


def _kept_in_the_way(prepared, asked: Wishes) -> tuple[Sentence, ...]:
    from beenthere.matching.core.keeping import kept_faults  # numpy comes with it

    return tuple(
        sentence("{why} {wants}", why=one.why, wants=one.wants) for one in kept_faults(prepared, asked.kept)
    )


def _stop(sheet: OpenSheet) -> None:
    if sheet.running:
        sheet.running.stop, sheet.running = True, None


_watching = threading.Lock()
_pause = threading.Event()  # never set: the watch waits on it


def _watch() -> None:
    """Looks after the desk from one thread, which ends when the desk is empty."""
    if _watching.acquire(blocking=False):
        threading.Thread(target=_look_after_the_desk, name="desk", daemon=True).start()


def _look_after_the_desk() -> None:
    try:
        while DESK.all():
            _pause.wait(LOOK_EVERY)
            if forget_silent_sheets(by=None) or not DESK.all():
                gc.collect()  # what was shown of a sheet may hang in circles
    finally:
        _watching.release()
    if DESK.all():  # laid between the last look and the release
        _watch()
