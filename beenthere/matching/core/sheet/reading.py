"""A file to people, with every fault that is in it and what was understood otherwise than written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from beenthere.foundation.sentences import Sentence, sentence

from ..people import Person, folded
from ..said import counted
from .cells import Parser, parsers
from .columns import COLUMNS, Placed, knows, place_columns
from .faults import Fault, in_order, shown
from .limits import CELL
from .tables import Table, read_table

# Cells that spreadsheet programs show where a formula failed. Read as empty, a boundary would be lost.
FAILED = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
FIELD_OF = {"age": "age_band"}
ALWAYS_NEW = {"ref", "words", "never"}  # columns whose cells hardly ever repeat
NAMED_IN_NOTICE = 30

Read = Callable[[str, str], tuple[object, tuple[tuple[str, Sentence, Sentence], ...]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A record as written: `cells` by the names of the sheet's own columns."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `people` are those of rows without a fault; `columns` are the sheet's own,
    in order; `used` says which of them is which of ours (ours -> theirs). Notices do not depend on
    the order of the rows."""

    people: tuple[Person, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[Sentence, ...] = ()
    columns: tuple[str, ...] = ()
    used: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class _Answers:
    """What one row says, by the fields of a `Person`; `never` still as written."""

    line: int
    values: dict = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(content: bytes, *, name: str, vocabulary, renames: Mapping[str, str] | None = None) -> Sheet:
    """Reads .xlsx, .ods or CSV, by content. `renames`: theirs -> ours; to `""` leaves a column out.
    `vocabulary.find(folded text)` gives an id or None. Never raises: what is wrong is in `faults`."""
    renames = renames or {}
    table = read_table(content, name=name, is_known=knows(COLUMNS, renames))
    placed = place_columns(table, renames)
    read = _remembering(parsers(vocabulary.find))
    answers = [_answers(line, cells, placed, read) for line, cells in table.records]
    _refuse_repeated_refs(answers, placed)
    strangers = _resolve_never(answers, placed)
    faults = [*table.faults, *placed.faults, *(fault for one in answers for fault in one.faults)]
    return Sheet(
        tuple(
            Person(**one.values, line=one.line) for one in answers if "ref" in one.values and not one.faults
        ),
        in_order(faults, table.header),
        (*table.notices, *_notices(table, placed, answers, strangers)),
        tuple(filter(None, table.header)),
        placed.used,
        tuple(Row(line, _by_name(table.header, cells)) for line, cells in table.records),
    )


def _by_name(header: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(header, cells, strict=True) if name}


def _remembering(parser_of: Mapping[str, Parser]) -> Read:
    """Parses each text of a column once; what is wrong comes back beside the value."""
    memories: dict[str, dict] = {our: {} for our in parser_of if our not in ALWAYS_NEW}

    def read(our: str, text: str) -> tuple:
        memory = memories.get(our)
        if memory is not None and text in memory:
            return memory[text]
        told: list[tuple[str, Sentence, Sentence]] = []
        value = parser_of[our](text, lambda *trouble: told.append(trouble))
        if memory is None:
            return value, told
        return memory.setdefault(text, (value, told))

    return read


def _answers(line: int, cells: list[str], placed: Placed, read: Read) -> _Answers:
    answers = _Answers(line)
    for our, place in placed.places.items():
        text = cells[place].strip()
        if not text:
            continue
        trouble = unfit(text)
        if trouble:
            told = [(text, *trouble)]
        else:
            answers.values[FIELD_OF.get(our, our)], told = read(our, text)
        for value, why, wants in told:
            answers.faults.append(Fault(line, placed.used[our], shown(value), why, wants))
    _require_ref(answers, placed)
    _require_timezone(answers, placed, cells)
    return answers


def unfit(text: str) -> tuple[Sentence, Sentence] | None:
    """What is wrong with a cell whatever its column."""
    if len(text) > CELL:
        why = sentence("The cell holds {length} characters.", length=counted(len(text)))
        return why, sentence("At most {limit} characters.", limit=counted(CELL))
    if text in FAILED:
        return (
            sentence("A formula of the spreadsheet failed here."),
            sentence("The value itself, or an empty cell."),
        )
    if "\0" in text:
        return sentence("The cell holds a zero character."), sentence("The same text without it.")
    return None


def _require_ref(answers: _Answers, placed: Placed) -> None:
    theirs = placed.used.get("ref")
    if theirs and "ref" not in answers.values and all(fault.column != theirs for fault in answers.faults):
        why = sentence("This person has no ref.")
        answers.faults.append(
            Fault(answers.line, theirs, "", why, sentence("A short name or number of their own."))
        )


def _require_timezone(answers: _Answers, placed: Placed, cells: list[str]) -> None:
    has_zone = "timezone" in placed.places and cells[placed.places["timezone"]].strip()
    if answers.values.get("free") and not has_zone:
        answers.faults.append(
            Fault(
                answers.line,
                placed.used["free"],
                shown(cells[placed.places["free"]].strip()),
                sentence("Hours need a time zone, and this row has none."),
                sentence(
                    "A time zone such as Europe/Madrid in the column {name}.",
                    name=placed.used.get("timezone", "timezone"),
                ),
            )
        )


def _refuse_repeated_refs(rows: Iterable[_Answers], placed: Placed) -> None:
    first: dict[str, int] = {}
    for one in rows:
        ref = one.values.get("ref")
        if ref is not None and first.setdefault(ref, one.line) != one.line:
            one.faults.append(
                Fault(
                    one.line,
                    placed.used["ref"],
                    shown(ref),
                    sentence("The same ref stands on line {line}.", line=first[ref]),
                    sentence("A ref that nobody else in the sheet has."),
                )
            )


def _resolve_never(rows: Iterable[_Answers], placed: Placed) -> set[str]:
    """Turns what each row writes in `never` into the refs it names, and returns the names nobody has.
    Refs compare folded here, as all lists do: a boundary is rather drawn around two than around none."""
    refs: dict[str, set[str]] = {}
    for one in rows:
        if "ref" in one.values:
            refs.setdefault(folded(one.values["ref"]), set()).add(one.values["ref"])
    strangers: set[str] = set()
    for one in rows:
        named: set[str] = set()
        for written in one.values.get("never", ()):
            meant = refs.get(folded(written), set())
            others = meant - {one.values.get("ref")}
            if not meant:
                strangers.add(written)
            elif not others or written == one.values.get("ref"):
                one.faults.append(
                    Fault(
                        one.line,
                        placed.used["never"],
                        shown(written),
                        sentence("This is the person's own ref."),
                        sentence("Refs of other people."),
                    )
                )
            named |= others
        if "never" in one.values:
            one.values["never"] = frozenset(named)
    return strangers


def _notices(table: Table, placed: Placed, rows: list[_Answers], strangers: set[str]) -> Iterable[Sentence]:
    if placed.left_out:
        yield sentence(
            "Left out, because Beenthere does not know these columns: {columns}.", columns=placed.left_out
        )
    if _has_unnamed(table):
        yield sentence("Left out: cells in columns that have no name.")
    unknown = _as_written(rows, "experiences")
    if unknown:
        yield sentence(
            "Kept as written, because the vocabulary does not have these experiences: {names}.",
            names=_listed(unknown),
        )
    unknown = _as_written(rows, "leave_out")
    if unknown:
        yield sentence(
            "Kept as written in {column}, where they leave out only the same words, because the vocabulary"
            " does not have these experiences: {names}.",
            column=placed.used["leave_out"],
            names=_listed(unknown),
        )
    if strangers and "ref" in placed.used and not table.faults:
        yield sentence(
            "Ignored in {column}, because nobody in the sheet has these refs: {names}.",
            column=placed.used["never"],
            names=_listed(strangers),
        )
    if table.header and not table.records and not table.faults:
        yield sentence("There is nobody in this sheet.")


def _has_unnamed(table: Table) -> bool:
    unnamed = [place for place, name in enumerate(table.header) if not name]
    return any(cells[place].strip() for _, cells in table.records for place in unnamed) if unnamed else False


def _as_written(rows: Iterable[_Answers], column: str) -> set[str]:
    """The experiences that the vocabulary lacks, each in one spelling."""
    spelled: dict[str, str] = {}
    for one in rows:
        for named in one.values.get(column, ()):
            if not named.known:
                key = folded(named.experience)
                spelled[key] = min(spelled.get(key, named.experience), named.experience)
    return set(spelled.values())


def _listed(names: set[str]) -> list:
    """In one order whatever the order of the rows, and not endlessly."""
    told: list = sorted(names)[:NAMED_IN_NOTICE]
    if len(names) > len(told):
        told.append(sentence("and {count} more", count=len(names) - len(told)))
    return told
