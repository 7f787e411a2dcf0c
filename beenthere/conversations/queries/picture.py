"""What two people opened to each other, beside each other."""

from dataclasses import dataclass

from django.db.models import Q

from beenthere.experiences.queries import STANDS, experience_name, vocabulary_at_hand
from beenthere.foundation import clock
from beenthere.foundation.keys.fields import open_together
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard
from beenthere.stories.access import opens, readable_by, shown
from beenthere.stories.core import cover_of_piece
from beenthere.stories.models import INTRODUCED, Piece

from ..access import Room
from ..core.picture import Drawing, Told, drawing_of, ground_of
from ..models import Membership, Message

MOST = 20  # pieces of each
OWN = "~"  # before an experience in somebody's own words


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the page says. Experiences by their names in the reader's language, each with how it is
    now in words ("" if not said): `shared` (name, mine, theirs), `only_mine` and `only_theirs` (name, stand).
    `held`: how many pieces are not shown because they lead outside and the door is closed."""

    mine: list[Told]
    theirs: list[Told]
    shared: list[tuple]
    only_mine: list[tuple]
    only_theirs: list[tuple]
    drawing: Drawing
    held: int


def picture_of(person: Person, room: Room, language: str) -> Picture:
    """The picture of an open room as `person` sees it. What is for members or for anyone stands without a
    name elsewhere, so it is here only if its author carried it here."""
    seats = Membership.objects.select_related("person").filter(conversation=room.row)
    other = next(seat.person for seat in seats if seat.person_ref != person.ref)
    carried = set(
        Message.objects.filter(conversation=room.row, withdrawn_at=None, piece__isnull=False)
        .exclude(Q(removed_at__isnull=False) | Q(hidden_until__gt=clock.now()))
        .values_list("piece", flat=True)
    )
    mine, theirs = _opened_to(other, person, carried), _opened_to(person, other, carried)
    closed = room.row.door_open_at is None
    kept = [[one for one in pieces if not (closed and _leads_outside(one))] for pieces in (mine, theirs)]
    return _picture(*kept, len(mine) + len(theirs) - len(kept[0]) - len(kept[1]), language)


def _opened_to(reader: Person, author: Person, carried: set[int]) -> list[Told]:
    """What `author` opened to `reader`, as theirs: for those they met, and what they carried here."""
    for_met = Q(audience=INTRODUCED) & readable_by(reader)
    found = Piece.objects.select_related("author").filter(Q(pk__in=carried) | for_met, author=author)
    found = found.filter(shown())
    rows = list(found.order_by("-pk")[:MOST])
    open_together(*rows)
    return [Told(row.ref, row.words, _about(row)) for row in rows if opens(row) and not _is_covered(row)]


def _is_covered(piece: Piece) -> bool:
    """Whether it stands behind a cover; a picture has none, so it is not in it."""
    return bool(cover_of_piece(piece.words, piece.about))


def _leads_outside(told: Told) -> bool:
    """Whether its words do, or an experience that its author named in their own."""
    own = (name.removeprefix(OWN) for name, _stand in told.about if name.startswith(OWN))
    return any(heard(text) for text in (told.words, *own))


def _about(piece: Piece) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one["experience"] if one["known"] else OWN + one["experience"].casefold(), one["stand"] or "")
        for one in piece.about.get("experiences", [])
    )


def _picture(mine: list[Told], theirs: list[Told], held: int, language: str) -> Picture:
    ground = ground_of(mine, theirs, broader=_broader)

    def name(experience: str) -> str:
        if experience.startswith(OWN):
            return experience.removeprefix(OWN)
        return experience_name(experience, language)

    def stand(one: str):
        return STANDS.get(one, "")

    shared = sorted((name(one.experience), stand(one.mine), stand(one.theirs)) for one in ground.shared)
    only_mine, only_theirs = (
        sorted((name(one), stand(how)) for one, how in alone) for alone in (ground.mine, ground.theirs)
    )
    drawing = drawing_of(*([one[0] for one in names] for names in (only_mine, shared, only_theirs)))
    return Picture(mine, theirs, shared, only_mine, only_theirs, drawing, held)


def _broader(experience: str) -> set[str]:
    if experience.startswith(OWN):
        return set()
    vocabulary = vocabulary_at_hand()
    return set(vocabulary.broader_of(experience)) if experience in vocabulary.experiences else set()
