"""What can be done with an open sheet. Nothing here touches the database: the sheet is its
coordinator's, and this page only holds it for a while."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.models import DESK, OpenSheet, Paired, Running, Two
from beenthere.matching.queries.pairing import plan_people, prepare_people, read_people

SILENCE = timedelta(minutes=30)
LEFT = timedelta(seconds=20)  # after its page was left: time enough to go to the next page of it
LOOK_EVERY = 5.0  # seconds


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


def keep_pair(*, sheet: OpenSheet, pair: Two, by) -> None:
    """These two stay together in the next round."""
    sheet.parted.discard(pair)
    sheet.kept.add(pair)


def part_pair(*, sheet: OpenSheet, pair: Two, by) -> None:
    """These two are not introduced in the next round."""
    sheet.kept.discard(pair)
    sheet.parted.add(pair)


def let_pair_be(*, sheet: OpenSheet, pair: Two, by) -> None:
    """Neither kept nor parted."""
    sheet.kept.discard(pair)
    sheet.parted.discard(pair)


def start_pairing(*, sheet: OpenSheet, wishes: Wishes, by) -> None:
    """Begins to pair in a thread of its own; a pairing that still runs is stopped first. Afterwards
    `sheet.running` tells how far it is, and at its end `sheet.paired` or `sheet.went_wrong` stands."""
    with sheet.lock:
        _stop(sheet)
        sheet.wishes, sheet.went_wrong = wishes, ()
        sheet.running = Running(sentence("Reading what people wrote"))
        asked = replace(wishes, kept=tuple(sorted(sheet.kept)), met=(*wishes.met, *sorted(sheet.parted)))
        threading.Thread(target=_pair, args=(sheet, sheet.running, asked), daemon=True).start()


def forget_sheet(*, sheet: OpenSheet, by) -> None:
    """Afterwards nothing of the sheet is in memory but what a running thread lets go of at its next step."""
    _stop(sheet)
    DESK.take_off(sheet.ref)


def leave_sheet(*, sheet: OpenSheet, by) -> None:
    """Its page was closed or left: forgotten soon, unless somebody looks at it again."""
    sheet.closing_at = clock.now() + LEFT


def forget_silent_sheets(*, by) -> int:
    """Forgets every sheet that was left, or not looked at for 30 minutes; how many."""
    now = clock.now()
    silent = [one for one in DESK.all() if one.touched_at + SILENCE <= now or (one.closing_at or now) < now]
    for sheet in silent:
        forget_sheet(sheet=sheet, by=by)
    return len(silent)


def _pair(sheet: OpenSheet, running: Running, asked: Wishes) -> None:
    def progress(done: int, total: int, doing: Sentence) -> None:
        if running.stop:
            raise Stopped
        running.done, running.total, running.doing = done, total, doing
        sheet.touched_at = clock.now()

    paired, wrong = None, ()
    try:
        prepared = prepare_people(sheet.sheet.people, on=asked.on, progress=progress)
        wrong = _kept_in_the_way(prepared, asked)
        if not wrong:
            paired = Paired(prepared, plan_people(prepared, asked, progress=progress), asked)
    except Stopped:
        return
    except Exception:
        wrong = (
            sentence("The pairing ended with a fault of ours. The sheet is still here; nothing was lost."),
        )
        raise
    finally:
        if sheet.running is running:
            sheet.paired, sheet.went_wrong, sheet.running = paired or sheet.paired, wrong, None


def _kept_in_the_way(prepared, asked: Wishes) -> tuple[Sentence, ...]:
    from beenthere.matching.core.keeping import kept_faults  # numpy comes with it

    return tuple(
        sentence("{why} {wants}", why=one.why, wants=one.wants) for one in kept_faults(prepared, asked.kept)
    )


def _stop(sheet: OpenSheet) -> None:
    if sheet.running:
        sheet.running.stop, sheet.running = True, None


_watching = threading.Lock()


def _watch() -> None:
    """Looks after the desk from a thread that ends when the desk is empty."""
    if not _watching.acquire(blocking=False):
        return

    def look() -> None:
        try:
            while DESK.all():
                _pause.wait(LOOK_EVERY)
                forget_silent_sheets(by=None)
        finally:
            _watching.release()

    threading.Thread(target=look, daemon=True).start()


_pause = threading.Event()
