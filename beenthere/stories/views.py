"""Pages of pieces: the list, one piece, writing, changing, withdrawing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.experiences.queries import STANDS, experience_name
from beenthere.foundation import clock
from beenthere.people.access import member_of, visitor_of
from beenthere.signposts.core.strip import strip_for

from . import actions, queries
from .access import get_own_piece_for, get_piece_for
from .core import hiding_of
from .forms import AUDIENCE_LINES, AUDIENCE_NAMES, PieceForm
from .models import ANYONE, Piece

FURTHEST = 10_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own pieces, and those of others that one may read; to a visitor the listed ones."""
    viewer = visitor_of(request)
    skip = _number(request.GET.get("after", ""))
    shelf = queries.others_for(viewer, skip=skip)
    shown = {
        "viewer": viewer,
        "mine": [_shown(piece, viewer) for piece in queries.pieces_of(viewer)] if viewer and not skip else [],
        "others": [_shown(piece, viewer) for piece in shelf.pieces],
        "skip": skip,
        "next": skip + queries.PAGE if shelf.more else 0,
    }
    return render(request, "stories/index.html", shown)


@require_safe
def piece(request: HttpRequest, ref: str) -> HttpResponse:
    viewer = visitor_of(request)
    found = get_piece_for(viewer, ref)
    one = _shown(found, viewer)
    kept = one["mine"] and "kept" in request.GET
    told = {"one": one, "viewer": viewer, "kept": kept}
    told["strip"] = kept and strip_for(found.words, viewer.prefers)
    return render(request, "stories/piece.html", told)


@sensitive_variables()
@sensitive_post_parameters("words", "another", "experiences", "offered")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """First the words, then what they speak of and who may read them. Nothing is kept before the last
    button."""
    person = member_of(request)
    form = _sent(request)
    if not form.is_valid():
        begun = form.initial.get("words") or "offered" in form.data or form.data.get("do") == "keep"
        return _form(request, form, ready=bool(begun))
    return _to(actions.write_piece(**form.kept, by=person))


@sensitive_variables()
@sensitive_post_parameters("words", "another", "experiences", "offered")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    person = member_of(request)
    own = get_own_piece_for(person, ref)
    form = _sent(request, own)
    if not form.is_valid():
        return _form(request, form, ready=True, own=own)
    try:
        actions.change_piece(piece=own, **form.kept, by=person)
    except actions.Gone:
        raise Http404 from None
    return _to(own)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """One step. Who comes to this address by a link is led to the piece."""
    person = member_of(request)
    if request.method != "POST":
        return redirect("stories:piece", get_own_piece_for(person, ref).ref)
    actions.withdraw_piece(piece=get_own_piece_for(person, ref), by=person)
    return render(request, "stories/withdrawn.html")


def _sent(request: HttpRequest, own: Piece | None = None) -> PieceForm:
    """The form as it stands; bound, and so perhaps valid, only where it was sent to be kept."""
    if request.method != "POST":
        return PieceForm(piece=own)
    if request.POST.get("do") == "keep":
        return PieceForm(request.POST, piece=own)
    return PieceForm.looking(request.POST, piece=own)


def _form(request: HttpRequest, form: PieceForm, *, ready: bool, own: Piece | None = None) -> HttpResponse:
    """The form again; `ready` shows what the words speak of and who sees them."""
    told = {"form": form, "ready": ready, "own": own, "audiences": _audiences(form)}
    words = form["words"].value() or ""
    told["strip"] = request.method == "POST" and strip_for(words, request.person.prefers)
    return render(request, "stories/write.html", told, status=422 if form.is_bound else 200)


def _audiences(form: PieceForm) -> list[tuple]:
    chosen = form["audience"].value()
    return [(one, name, AUDIENCE_LINES[one], one == chosen) for one, name in AUDIENCE_NAMES.items()]


def _shown(piece: Piece, viewer) -> dict:
    """What a page may show of a piece: never who wrote it, only whether it was oneself."""
    language = get_language() or settings.LANGUAGE_CODE
    mine = viewer is not None and piece.author_id == viewer.pk
    told = {"ref": piece.ref, "words": piece.words, "language": piece.about.get("language", ""), "mine": mine}
    told["covered"] = "" if mine else piece.covered
    told["about"] = [
        (
            experience_name(one["experience"], language) if one["known"] else one["experience"],
            STANDS.get(one["stand"], "") if one["stand"] else "",
        )
        for one in piece.about.get("experiences", [])
    ]
    if mine:
        told |= {"audience": AUDIENCE_NAMES[piece.audience], "line": AUDIENCE_LINES[piece.audience]}
        told |= {"listed": piece.listed, "quotable": piece.quotable}
        told["hidden"] = hiding_of(piece.hidden_until, piece.removed_at, clock.now())
        told |= {"anyone": piece.audience == ANYONE, "held": bool(piece.held), "under": bool(piece.covered)}
    return told


def _to(piece: Piece) -> HttpResponse:
    return redirect(reverse("stories:piece", args=[piece.ref]) + "?kept")


def _number(text: str) -> int:
    return min(int(text), FURTHEST) if text.isdecimal() and len(text) < 6 else 0
