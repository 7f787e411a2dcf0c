"""A small place for the tests of introductions: members who told something and wrote a piece."""

from beenthere.matching.actions import tell
from beenthere.people.models import Person
from beenthere.stories.actions import write_piece
from beenthere.stories.models import INTRODUCED
from tests.cast import person

FIRST = "Everyone thinks I should be over it by now. My mum died in spring. I still set two cups out."
SECOND = "After the funeral people asked about the house, not about her. I lost my mum two years ago."


def lived(*names: str, stand: str | None = None) -> list[dict]:
    """As in `Telling.held`: ids of the vocabulary."""
    return [{"experience": name, "known": True, "stand": stand} for name in names]


def member(name: str = "Ana", words: str = "", *, experiences=(), **told) -> Person:
    """A member who told this and, with `words`, wrote a quotable piece."""
    one = person(name)
    tell(held={"experiences": list(experiences), "languages": ["en"], **told}, by=one)
    if words:
        piece(one, words)
    return one


def piece(author: Person, words: str, *, quotable: bool = True, experiences=()):
    about = {"experiences": list(experiences), "language": "en"}
    return write_piece(words=words, about=about, audience=INTRODUCED, quotable=quotable, by=author)


def ana_and_ben() -> tuple[Person, Person]:
    """Two who fit: both lost a parent; each brings something of their own."""
    ana = member(
        "Ana Quillfeather",
        FIRST,
        experiences=lived("loss-of-a-parent", stand="in it now") + lived("migration"),
        hopes=["to talk"],
        timezone="Europe/Madrid",
    )
    ben = member(
        "Ben Oxtoby",
        SECOND,
        experiences=lived("loss-of-a-parent", stand="living with it") + lived("prison"),
        hopes=["to talk", "to keep company"],
        timezone="Europe/London",
    )
    return ana, ben
