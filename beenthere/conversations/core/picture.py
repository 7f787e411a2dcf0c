"""Our picture: what two people opened to each other, what of it they share, and how it is drawn. Pure."""

import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

# The two circles, in units of the drawing: two of this radius, their middles so far apart.
RADIUS, APART, EDGE = 112, 104, 2
WIDTH, HEIGHT = 2 * (RADIUS + EDGE) + APART, 2 * (RADIUS + EDGE)
SIZE, LINE, GAP = 13, 16, 7  # of letters, from line to line, between two names
TALL = 100  # most that the words in one part may stand high
# Where the words of each part have their middle, and how wide they may be.
SIDE, LENS = 82, 86
MIDDLES = {"mine": 60, "shared": WIDTH / 2, "theirs": WIDTH - 60}
ROOM = {"mine": SIDE, "shared": LENS, "theirs": SIDE}


@dataclass(frozen=True, slots=True)
class Told:
    """A piece: its words, and what it is about: pairs of an experience and how it is now ("" if not said)."""

    ref: str
    words: str
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """An experience of both, and how it is now for each ("" if not said)."""

    experience: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What both speak of, and what each alone."""

    shared: tuple[Shared, ...]
    mine: tuple[tuple[str, str], ...]
    theirs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A line in the drawing: the middle of it, and in which part it stands (mine, shared, theirs)."""

    x: float
    y: float
    words: str
    part: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines, and how many names found no place, by part."""

    lines: tuple[Words, ...]
    left_out: dict[str, int]


def ground_of(
    mine: Iterable[Told],
    theirs: Iterable[Told],
    *,
    broader: Callable[[str], Collection[str]] = lambda experience: (),
) -> Ground:
    """What both speak of, in the order of the experiences. Where one names something narrower than the other,
    they share what the other named, and the narrower stays with who named it."""
    one, other = _stands(mine), _stands(theirs)
    shared = {key: Shared(key, one[key], other[key]) for key in one.keys() & other.keys()}
    for key in one.keys() - other.keys():
        for above in set(broader(key)) & other.keys() - shared.keys():
            shared[above] = Shared(above, one.get(above, ""), other[above])
    for key in other.keys() - one.keys():
        for above in set(broader(key)) & one.keys() - shared.keys():
            shared[above] = Shared(above, one[above], other.get(above, ""))
    return Ground(
        tuple(shared[key] for key in sorted(shared)),
        tuple((key, one[key]) for key in sorted(one.keys() - shared.keys())),
        tuple((key, other[key]) for key in sorted(other.keys() - shared.keys())),
    )


def drawing_of(mine: Iterable[str], shared: Iterable[str], theirs: Iterable[str]) -> Drawing:
    """Names in their places: what both share where the circles overlap, the rest in its own circle. Swapping
    the two people mirrors it."""
    lines, left_out = [], {}
    for part, names in (("mine", mine), ("shared", shared), ("theirs", theirs)):
        placed, left_out[part] = _placed(list(names), ROOM[part])
        lines += [Words(MIDDLES[part], y, words, part) for y, words in placed]
    return Drawing(tuple(lines), left_out)


def wrapped(text: str, room: float) -> list[str]:
    """`text` in lines no wider than `room`; a word that is wider is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _broken(word, room)
    return lines


def width_of(text: str) -> float:
    """About how wide it is drawn, rather too wide than too narrow."""
    return sum(_width(sign) for sign in text) * SIZE


def _stands(pieces: Iterable[Told]) -> dict[str, str]:
    """What these are about, each once, with the first that is said of how it is now."""
    found: dict[str, str] = {}
    for piece in pieces:
        for experience, stand in piece.about:
            found[experience] = found.get(experience) or stand
    return found


def _placed(names: list[str], room: float) -> tuple[list[tuple[float, str]], int]:
    """Lines with their height, standing around the middle, and how many names are left out."""
    blocks = [wrapped(name, room) for name in names]
    while blocks and _height(blocks) > TALL:
        blocks.pop()
    y = (HEIGHT - _height(blocks)) / 2 + LINE / 2
    placed = []
    for block in blocks:
        for line in block:
            placed.append((y, line))
            y += LINE
        y += GAP
    return placed, len(names) - len(blocks)


def _height(blocks: list[list[str]]) -> float:
    return sum(len(block) for block in blocks) * LINE + GAP * max(0, len(blocks) - 1)


def _broken(word: str, room: float) -> list[str]:
    """One word in parts that fit; a mark stays with its letter."""
    parts = [""]
    for sign in word:
        joined = unicodedata.combining(sign) or not parts[-1]
        if joined or width_of(parts[-1] + sign) <= room:
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


def _width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.1
    if sign in "iljtfrI.,:;'’|!() ":
        return 0.38
    if sign in "mwMW@%—":
        return 0.95
    return 0.72 if sign.isupper() else 0.58
