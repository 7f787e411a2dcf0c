"""Pieces: one's own, and those one may read."""

from django.http import HttpRequest
from ninja import Router, Status

from beenthere.experiences.queries import suggested_in
from beenthere.people.models import Person
from beenthere.stories.access import get_own_piece_for, get_piece_for
from beenthere.stories.actions import Gone, Refused, change_piece, withdraw_piece, write_piece
from beenthere.stories.core import MOST_EXPERIENCES
from beenthere.stories.models import Piece as Row
from beenthere.stories.queries import pieces_for, pieces_of

from .refusing import because, not_there
from .shapes import Done, Fault, Most, Piece, PieceToWrite, Ref, Skip
from .tokens import asking

router = Router(tags=["pieces"])


@router.get("/", response=list[Piece], summary="Pieces I may read, newest first")
def read_pieces(request: HttpRequest, most: Most = 20, skip: Skip = 0):
    return [_told(piece, asking(request)) for piece in pieces_for(asking(request), most=most, skip=skip)]


@router.get("/mine", response=list[Piece], summary="My own pieces, newest first")
def read_my_pieces(request: HttpRequest):
    return [_told(piece, asking(request)) for piece in pieces_of(asking(request))]


@router.post("/", response={201: Piece, 422: Fault}, summary="Write a piece")
def write(request: HttpRequest, piece: PieceToWrite):
    try:
        made = write_piece(**_facts(piece), by=asking(request))
    except Refused as refused:
        raise because(refused.why) from refused
    return Status(201, _told(made, asking(request)))


@router.get("/{ref}", response={200: Piece, 404: Fault}, summary="One piece")
def read_piece(request: HttpRequest, ref: Ref):
    return _told(get_piece_for(asking(request), ref), asking(request))


@router.put("/{ref}", response={200: Piece, 404: Fault, 422: Fault}, summary="Change my piece")
def change(request: HttpRequest, ref: Ref, piece: PieceToWrite):
    row = get_own_piece_for(asking(request), ref)
    try:
        change_piece(piece=row, **_facts(piece), by=asking(request))
    except Refused as refused:
        raise because(refused.why) from refused
    except Gone as gone:
        raise not_there() from gone
    return _told(row, asking(request))


@router.delete("/{ref}", response={200: Done, 404: Fault}, summary="Withdraw my piece, everywhere at once")
def withdraw(request: HttpRequest, ref: Ref):
    withdraw_piece(piece=get_own_piece_for(asking(request), ref), by=asking(request))
    return Done()


def _facts(piece: PieceToWrite) -> dict:
    about = {"experiences": _named(piece), "language": piece.language}
    named = {"audience": piece.audience, "listed": piece.listed, "quotable": piece.quotable}
    return {"words": piece.words, "about": about, **named}


def _told(piece: Row, viewer: Person) -> dict:
    mine = piece.author_id == viewer.pk
    about = piece.about
    return {
        "ref": piece.ref,
        "mine": mine,
        "words": piece.words,
        "experiences": about.get("experiences", []),
        "language": about.get("language", ""),
        "made_at": piece.made_at if mine else None,
        "changed_at": piece.changed_at if mine else None,
        "audience": piece.audience if mine else None,
        "listed": piece.listed if mine else None,
        "quotable": piece.quotable if mine else None,
        "covered": piece.covered,
        "held": bool(piece.held) if mine else None,
    }


def _named(piece: PieceToWrite) -> list[dict]:
    if piece.experiences is not None:
        return [one.dict() for one in piece.experiences]
    understood = suggested_in(piece.words)[:MOST_EXPERIENCES]
    return [{"experience": one, "known": True, "stand": stand} for one, stand in understood]
