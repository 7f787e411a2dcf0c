"""Who may read which piece. One rule, for the page of a piece and for every list."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from beenthere.foundation import clock
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import MEMBER, Block, Person
from beenthere.people.queries import refs_in_company_with
from beenthere.people.queries.muting import mutes_of_author

from .core import hiding_of
from .models import ANYONE, INTRODUCED, ME, MEMBERS, Piece

MET = ("pair",)


def get_piece_for(viewer: Person | None, ref: str) -> Piece:
    """The piece `ref`, its author loaded and its words open, as `viewer` (None: a visitor) may read it.
    The same 404 for "not there", "not yours" and "its author left"."""
    piece = Piece.objects.select_related("author").filter(readable_by(viewer), ref=ref).first()
    if piece is None or not opens(piece):
        raise Http404
    return piece


def get_own_piece_for(person: Person, ref: str) -> Piece:
    """The piece `ref` if `person` wrote it, else 404."""
    piece = Piece.objects.select_related("author").filter(author=person, ref=ref).first()
    if piece is None or not opens(piece):
        raise Http404
    return piece


def readable_by(viewer: Person | None) -> Q:
    """The pieces that `viewer` may read, if they have the address. Whoever is no member (any more) reads
    what a visitor reads, and their own. An author who is no member is read by nobody else, and what waits for
    a steward's look neither.

    A block hides what is for those who met, both ways, and what either writes for members from then on. What
    stood there before stays: no name stands with a piece, so what vanished from a list would tell a block (a
    never too), and which pieces are by one author. What nobody saw come cannot be missed."""
    anyone = Q(audience=ANYONE, author__standing=MEMBER) & shown()
    if viewer is None:
        return anyone
    if viewer.standing != MEMBER:
        return anyone | Q(author=viewer)
    met = Q(audience=INTRODUCED, author__ref__in=refs_in_company_with(viewer, MET)) & _unblocked(viewer)
    members = Q(audience=MEMBERS) & ~_written_after_a_block(viewer)
    others = (members | Q(audience=ANYONE) | met) & shown()
    return others & Q(author__standing=MEMBER) | Q(author=viewer)


def shown() -> Q:
    """What is hidden, removed or held from nobody: the one condition under which anybody but its author
    meets a piece, on whatever page."""
    return (Q(hidden_until=None) | Q(hidden_until__lte=clock.now())) & Q(removed_at=None, held="")


def is_hidden(piece: Piece) -> bool:
    """Whether a report or a steward keeps a piece that was handed to somebody from all but its author."""
    return bool(hiding_of(piece.hidden_until, piece.removed_at, clock.now()))


def listed_for(viewer: Person | None) -> Q:
    """Of those, the ones that stand in a list: what is open to anyone with the address stands there only
    if its author wanted that."""
    if viewer is None:
        return readable_by(None) & Q(listed=True)
    listed = ~Q(audience=ANYONE) | Q(listed=True) | Q(author=viewer)
    return readable_by(viewer) & listed & ~mutes_of_author(viewer)


def quotable() -> Q:
    """What may stand in an introduction: said so, not kept to oneself, hidden from nobody, not covered."""
    return Q(quotable=True, covered="", author__standing=MEMBER) & ~Q(audience=ME) & shown()


def opens(piece: Piece) -> bool:
    """Whether its author's key is still there; afterwards what it holds is open in memory."""
    try:
        piece.words, piece.about = piece.words, piece.about
    except KeyGone:
        return False
    return True


def _unblocked(viewer: Person) -> Q:
    blocked_by_them = Person.objects.filter(blocks__other=viewer).values("pk")
    blocked_by_me = Person.objects.filter(pk__in=viewer.blocks.values("other")).values("pk")
    return ~Q(author__in=blocked_by_them) & ~Q(author__in=blocked_by_me)


def _written_after_a_block(viewer: Person) -> Q:
    """What came after the block that stands between its author and `viewer`, whoever of the two said so."""
    between = Q(by_person=viewer, other=OuterRef("author")) | Q(by_person=OuterRef("author"), other=viewer)
    return Q(Exists(Block.objects.filter(between, made_at__lte=OuterRef("made_at"))))
