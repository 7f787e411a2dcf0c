"""What an author can do with a piece."""

from beenthere.experiences.queries import STANDS, is_experience
from beenthere.foundation import clock
from beenthere.foundation.events import announce
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.leaving import PIECE, prepare_leaving
from beenthere.foundation.sentences import Sentence
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core import cover_of_piece, fault_of_about, fault_of_contacts, fault_of_words, texts_of
from ..events import PieceChanged, PieceHeld, PieceWithdrawn, PieceWritten
from ..models import ANYONE, AUDIENCES, ME, MEMBERS, Piece

TOLD = ["words", "about", "audience", "listed", "quotable", "changed_at", "covered", "held"]


class Refused(ValueError):
    """It cannot be kept so; `why` is a sentence for the one who wrote it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.text)
        self.why = why


class Gone(LookupError):
    """The piece was withdrawn meanwhile."""


def write_piece(
    *, words: str, about: dict, audience: str, listed: bool = False, quotable: bool = False, by: Person
) -> Piece:
    """Afterwards the piece is there, and whoever `audience` names may read it.

    `listed` counts only with ANYONE; what is for oneself alone is never quotable. Raises Refused for
    words or an `about` beyond the bounds of `core`, and for what leads outside in a piece that many may read;
    ValueError for an unknown audience. Ways of harming oneself, and urging somebody to it, stand behind a
    cover; where many may read them nobody else does before a steward has looked.
    """
    piece = Piece(author=by)
    _fill(piece, words=words, about=about, audience=audience, listed=listed, quotable=quotable)
    seal(piece)
    with writing():
        piece.save(force_insert=True)
        announce(PieceWritten(piece.ref, by.ref))
        if piece.held:
            announce(PieceHeld(piece.ref))
    return piece


def change_piece(
    *,
    piece: Piece,
    words: str,
    about: dict,
    audience: str,
    listed: bool = False,
    quotable: bool = False,
    by: Person,
) -> None:
    """Afterwards the piece is as told here, everywhere at once. Raises what `write_piece` raises, Gone
    when it was withdrawn meanwhile, PermissionError for anybody but its author, StillHere as in
    `withdraw_piece`."""
    _only_its_author(piece, by)
    before, was_held = (piece.words, piece.about), piece.held
    _fill(piece, words=words, about=about, audience=audience, listed=listed, quotable=quotable)
    piece.changed_at = clock.now()
    seal(piece)
    says_another = words.strip() != before[0]
    if says_another:  # whoever carried words to somebody cannot make them harmless afterwards
        prepare_leaving(piece.ref, of=PIECE, by=by)
    with writing():
        there = Piece.objects.select_for_update().filter(pk=piece.pk)
        if not there.exists():
            raise Gone(piece.ref)
        piece.save(update_fields=TOLD)
        if says_another:  # nobody has looked at these words yet; what is hidden now stays so
            there.update(cleared_at=None)
            there.filter(hidden_until__lte=clock.now()).update(hidden_until=None)
        announce(PieceChanged(piece.ref, by.ref))
        if piece.held and (piece.held != was_held or (piece.words, piece.about) != before):
            announce(PieceHeld(piece.ref))


def withdraw_piece(*, piece: Piece, by: Person) -> None:
    """Afterwards the piece is gone, from lists and introductions alike. Twice is the same as once.
    StillHere: what comes before could not be done, and the piece is there as it was."""
    _only_its_author(piece, by)
    prepare_leaving(piece.ref, of=PIECE, by=by)
    with writing():
        gone, _ = Piece.objects.filter(pk=piece.pk).delete()
        if gone:
            announce(PieceWithdrawn(piece.ref, by.ref))


def _fill(piece: Piece, *, words: str, about: dict, audience: str, listed: bool, quotable: bool) -> None:
    why = fault_of_words(words) or fault_of_about(about, stands=STANDS, is_known=is_experience)
    if why:
        raise Refused(why)
    if (audience, audience) not in AUDIENCES:
        raise ValueError(audience)
    is_for_many = audience in (MEMBERS, ANYONE)
    if is_for_many and (why := fault_of_contacts(words, about)):
        raise Refused(why)
    before = texts_of(piece.words, piece.about) if piece.pk else []
    piece.words = words.strip()
    piece.about = {"experiences": about.get("experiences", []), "language": about.get("language", "")}
    piece.covered = "" if audience == ME else cover_of_piece(piece.words, piece.about)
    says_the_same = texts_of(piece.words, piece.about) == before
    was_looked_at = piece.cleared_at is not None and says_the_same
    piece.held = piece.covered if is_for_many and not was_looked_at else ""
    piece.audience = audience
    piece.listed = bool(listed) and audience == ANYONE
    piece.quotable = bool(quotable) and audience != ME


def _only_its_author(piece: Piece, by: Person) -> None:
    if piece.author_id != by.pk:
        raise PermissionError("Only its author changes a piece.")
