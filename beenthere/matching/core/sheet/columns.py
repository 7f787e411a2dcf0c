"""Which of the sheet's columns is which of ours."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence, sentence

from ..people import folded
from .faults import Fault
from .tables import Table

COLUMNS = (
    "ref",
    "words",
    "experiences",
    "hopes",
    "languages",
    "place",
    "timezone",
    "free",
    "age",
    "gender",
    "meet_age",
    "meet_gender",
    "leave_out",
    "never",
    "capacity",
    "since",
)


@dataclass(frozen=True, slots=True)
class Placed:
    """`used`: ours -> theirs; `places`: ours -> index in the header; `left_out`: theirs, in order."""

    used: dict[str, str]
    places: dict[str, int]
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]


def key_of(name: str) -> str:
    """How names of columns compare: `Meet age` is `meet_age`."""
    return "_".join(folded(name).replace("-", " ").replace("_", " ").split())


def knows(ours: Iterable[str], renames: Mapping[str, str]) -> Callable[[str], bool]:
    """Whether a cell of the header is one of our names, or one that is renamed."""
    known = {*ours, *map(key_of, renames)}
    return lambda name: key_of(name) in known


def place_columns(
    table: Table,
    renames: Mapping[str, str],
    *,
    ours: tuple[str, ...] = COLUMNS,
    needed: tuple[str, ...] = ("ref",),
) -> Placed:
    """Renames (theirs -> ours) go first, so that a rename to `ref` leaves another column of that name
    out; a rename to nothing leaves a column out. What goes wrong is in `faults`."""
    faults: list[Fault] = []
    used: dict[str, str] = {}
    theirs = {key_of(name): name for name in reversed(table.header) if name}
    renamed = set()
    for their, our in renames.items():
        name, target = theirs.get(key_of(their)), key_of(our)
        trouble = _rename_trouble(their, our, name, target, used, theirs.values(), ours)
        if trouble:
            faults.append(Fault(table.header_line, their, our, *trouble))
            continue
        renamed.add(name)
        if target:
            used[target] = name
    for name in table.header:
        if name not in renamed and key_of(name) in ours:
            used.setdefault(key_of(name), name)
    faults.extend(_repeated(table, used))
    faults.extend(_missing(table, used, needed))
    used = {our: used[our] for our in ours if our in used}
    return Placed(
        used,
        {our: table.header.index(name) for our, name in used.items()},
        tuple(name for name in table.header if name and name not in used.values()),
        tuple(faults),
    )


def _rename_trouble(
    their: str,
    our: str,
    name: str | None,
    target: str,
    used: dict,
    theirs: Iterable[str],
    ours: tuple[str, ...],
) -> tuple[Sentence, Sentence] | None:
    if name is None:
        return (
            sentence("No column is called {name}.", name=their),
            sentence("One of: {columns}.", columns=list(theirs)[::-1]),
        )
    if target and target not in ours:
        return (
            sentence("{name} is not a column that Beenthere knows.", name=our),
            sentence("One of: {columns}.", columns=ours),
        )
    if target in used:
        return (
            sentence(
                "Two columns are to be read as {name}: {first} and {second}.",
                name=target,
                first=used[target],
                second=name,
            ),
            sentence("One column for each."),
        )
    return None


def _repeated(table: Table, used: Mapping[str, str]) -> list[Fault]:
    """A column that is used and stands twice; or two columns whose names are one to us."""
    why = sentence("More than one column is called so.")
    wants = sentence("Every column that is read needs a name of its own.")
    twice = {name for name in table.repeated if name in used.values()}
    for our, name in used.items():
        if key_of(name) == our:
            twice |= {other for other in table.header if other != name and key_of(other) == our} - set(
                used.values()
            )
    return [Fault(table.header_line, name, name, why, wants) for name in table.header if name in twice]


def _missing(table: Table, used: Mapping[str, str], needed: tuple[str, ...]) -> list[Fault]:
    missing = [our for our in needed if our not in used]
    if not table.header or not missing:
        return []
    return [
        Fault(
            table.header_line,
            our,
            "",
            sentence("No column is called {name}.", name=our),
            sentence("Name a column {name} in the first row, or say which of yours it is.", name=our),
        )
        for our in missing
    ]
