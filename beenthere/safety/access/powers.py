"""The powers of stewards. Whatever a steward can do here that others cannot is in POWERS, and is done only
through it: the gate is asked first, who stands too near is refused, and no power is used without a row in the
ledger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps

from beenthere.foundation.models import LedgerRow
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..models import Act, Proposal, Report
from . import is_steward, readable_by
from .conflicts import acts_with_a_hand
from .grants import grant_of


class NotASteward(PermissionError):
    """Who asked looks after this place no more, or never did."""


class TooNear(PermissionError):
    """The steward stands too near to one of those it is about."""


class NotOpened(PermissionError):
    """The report is closed to this steward: it has to be opened first."""


class Unrecorded(RuntimeError):
    """A power was used and the ledger says nothing of it. What it did is undone."""


@dataclass(frozen=True, slots=True)
class Power:
    """`run` is the only way to it; `named` is the step in itself; `opened`: only on a report that is open."""

    name: str
    run: Callable
    named: Callable
    opened: bool


POWERS: dict[str, Power] = {}


def power(name: str, *, opened: bool = True) -> Callable[[Callable[..., Iterator[None]]], Callable]:
    """Makes a power of a generator function that takes `by`, and `report`, `act` or `proposal` where it is
    about one. What stands before its first `yield` is prepared (sealed) outside of a transaction, and whoever
    returns there did nothing; from there to the second `yield` all is one transaction, with its row in the
    ledger; what follows comes after it. `opened` False: also without having opened the report. The outcome is
    what the function returns.

    Calling it raises NotASteward, TooNear or NotOpened before anything is read, Unrecorded where the ledger
    says nothing: then nothing was done."""

    def joined(step: Callable[..., Iterator[None]]) -> Callable:
        @wraps(step)
        def run(*, by: Person, **given):
            _gate(by, opened, given)
            return _run(name, step(by=by, **given), by)

        POWERS[name] = Power(name, run, step, opened)
        return run

    return joined


def _gate(by: Person, opened: bool, given: dict) -> None:
    if not isinstance(by, Person) or not is_steward(by):
        raise NotASteward
    report = _report_of(given)
    if report is not None:
        if not Report.objects.filter(readable_by(by), pk=report.pk).exists():
            raise TooNear
        if opened and grant_of(by, report) is None:
            raise NotOpened
    act = given.get("act")
    if isinstance(act, Act) and acts_with_a_hand(by).filter(pk=act.pk).exists():
        raise TooNear


def _report_of(given: dict) -> Report | None:
    if isinstance(given.get("report"), Report):
        return given["report"]
    if isinstance(given.get("proposal"), Proposal):
        return given["proposal"].report
    if isinstance(given.get("act"), Act):
        return Report.objects.filter(ref=given["act"].report).first()
    return None


def _run(name: str, step: Iterator[None], by: Person):
    try:
        done, outcome = _to_the_next(step)
        if done:  # there was nothing to do
            return outcome
        with writing():
            before = _newest()
            done, outcome = _to_the_next(step)
            if not LedgerRow.objects.filter(number__gt=before, by=by.ref).exists():
                raise Unrecorded(name)
    except BaseException:
        step.close()
        raise
    return outcome if done else _to_the_next(step)[1]


def _to_the_next(step: Iterator[None]) -> tuple[bool, object]:
    """Whether it is over, and what it returned then."""
    try:
        next(step)
    except StopIteration as over:
        return True, over.value
    return False, None


def _newest() -> int:
    return LedgerRow.objects.order_by("-number").values_list("number", flat=True).first() or 0
