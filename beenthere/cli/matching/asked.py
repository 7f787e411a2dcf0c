"""What was asked of `beenthere match`, as typed and as understood, with everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from beenthere.cli.folders import refuse_folder
from beenthere.foundation.sentences import Sentence, sentence

FILES = ("pairs.csv", "unmatched.csv", "report.html", "nearest.csv")


class Refused(Exception):
    """The command goes no further and has written nothing; `sentences` say why and what would be right."""

    def __init__(self, *sentences: Sentence) -> None:
        super().__init__(*map(str, sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command, as typed."""

    people: Path | None = None
    out: Path | None = None
    template: Path | None = None
    renames: list[str] | None = None
    as_json: bool = False
    nearest: int = 0
    rounds: int = 1
    met: list[Path] | None = None
    keep: list[Path] | None = None
    why: tuple[str, str] | None = None
    mode: str = "stable"
    seed: int = 0
    floor: str = "0.15"
    on: str = ""
    force: bool = False
    language: str = ""
    data: Path | None = None


@dataclass(frozen=True)
class Given:
    """The options as understood; `kept_at` says of each kept pair in which file and line it stands."""

    sheet: object
    wishes: object
    kept_at: tuple[tuple[str, int], ...]


def refuse_at_once(asked: Asked) -> None:
    """What can be refused before a file is opened."""
    if asked.people is None:
        raise Refused(
            sentence("Say which sheet: beenthere match PEOPLE --out DIR."),
            sentence("An example sheet to start from: beenthere match --template people.csv"),
        )
    if asked.mode == "reach":
        raise Refused(sentence("The mode reach is not built yet. Use --mode stable."))
    if asked.mode != "stable":
        raise Refused(sentence("There is no mode {mode}. Use --mode stable.", mode=asked.mode))
    if asked.out is None and not asked.as_json and not asked.why:
        raise Refused(sentence("Say where to write: --out DIR. Or --json to print the pairs."))
    if asked.out is not None and (refusal := refuse_folder(asked.out, force=asked.force, names=FILES)):
        raise Refused(refusal)


def given_of(asked: Asked) -> Given:
    """All files read and all options understood. Raises Refused with everything that is wrong in any of
    them, not the first alone."""
    from beenthere.matching.core.wishes import Wishes
    from beenthere.matching.queries.pairing import is_floor, read_people

    wrong: list[Sentence] = []
    floor = asked.floor.replace(",", ".")
    if not is_floor(floor):
        wrong.append(
            sentence("--floor {text} is no fit. Write a number from 0 to 1, such as 0.15.", text=asked.floor)
        )
    on = _day(asked.on, wrong)
    renames = _renames(asked.renames, wrong)
    met, _ = _pairs_of(asked.met, wrong)
    kept, kept_at = _pairs_of(asked.keep, wrong)
    content = _bytes_of(asked.people, wrong)
    sheet = None
    if content is not None:
        sheet = read_people(content, name=asked.people.name, renames=renames)
        wrong += told_faults(asked.people.name, sheet.faults)
    if wrong:
        raise Refused(*wrong, _count(len(wrong)))
    wishes = Wishes(
        rounds=asked.rounds, floor=floor, seed=asked.seed, nearest=asked.nearest, met=met, kept=kept, on=on
    )
    return Given(sheet, wishes, kept_at)


def refuse_kept(given: Given, prepared) -> None:
    """Raises Refused with every kept pair that breaks a boundary or asks for more room than there is."""
    from beenthere.matching.core.keeping import kept_faults

    told = []
    for fault in kept_faults(prepared, given.wishes.kept):
        name, line = given.kept_at[fault.number]
        told.append(
            sentence(
                "{name}, line {line}, {a} and {b}: {why} Right would be: {wants}",
                name=name,
                line=line,
                a=fault.a,
                b=fault.b,
                why=fault.why,
                wants=fault.wants,
            )
        )
    if told:
        raise Refused(*told, _count(len(told)))


def told_faults(name: str, faults: Iterable) -> list[Sentence]:
    """One sentence for each fault: where it is, what is wrong and what would be right."""
    return [
        (_with_value if one.value else _without_value)(
            name=name,
            line=one.line,
            column=sentence("column {column}", column=one.column)
            if one.column
            else sentence("the whole line"),
            why=one.why,
            wants=one.wants,
            shown=sentence("It says “{value}”.", value=one.value),
        )
        for one in faults
    ]


def _count(faults: int) -> Sentence:
    return sentence("{count} to put right. Nothing was written.", count=faults)


def _day(text: str, wrong: list[Sentence]) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day and not 1900 <= day.year <= 2200:  # hours of a week at the end of time cannot be compared
        wrong.append(sentence("--on {text} is no date. Write it as 2025-01-06.", text=text))
    return day


def _renames(given: Iterable[str] | None, wrong: list[Sentence]) -> dict[str, str]:
    renames = {}
    for one in given or ():
        theirs, equals, ours = one.rpartition("=")
        if not equals or not theirs.strip():
            wrong.append(sentence("--map {one} names no two columns. Write --map theirs=ours.", one=one))
        else:
            renames[theirs.strip()] = ours.strip()
    return renames


def _bytes_of(path: Path, wrong: list[Sentence]) -> bytes | None:
    from beenthere.matching.core.sheet.limits import FILE

    try:
        with open(path, "rb") as file:
            return file.read(FILE + 1)  # one more than is read tells that it is too large
    except FileNotFoundError:
        wrong.append(sentence("There is no file {path}.", path=str(path)))
    except OSError as error:
        wrong.append(sentence("{path} cannot be read: {why}.", path=str(path), why=error.strerror))
    return None


def _pairs_of(
    paths: list[Path] | None, wrong: list[Sentence]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]]:
    """The pairs of these files, and the file and line of each."""
    from beenthere.matching.core.sheet import read_pairs
    from beenthere.matching.core.sheet.columns import knows
    from beenthere.matching.core.sheet.pairs import TWO
    from beenthere.matching.core.sheet.tables import read_table

    pairs, places = [], []
    for path in paths or ():
        content = _bytes_of(path, wrong)
        if content is None:
            continue
        found, faults = read_pairs(content, name=path.name)
        wrong += told_faults(path.name, faults)
        if not faults:  # then every record is one pair
            records = read_table(content, name=path.name, is_known=knows(TWO, {})).records
            places += [(path.name, line) for line, _ in records]
        pairs += found
    return tuple(pairs), tuple(places)


def _with_value(**facts: object) -> Sentence:
    return sentence("{name}, line {line}, {column}: {why} {shown} Right would be: {wants}", **facts)


def _without_value(**facts: object) -> Sentence:
    return sentence("{name}, line {line}, {column}: {why} Right would be: {wants}", **facts)
