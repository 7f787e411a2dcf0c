"""Pages of what is offered: a question, I've been there, a breather, what became clear, what one keeps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.people.access import member_of
from beenthere.people.models import Person
from beenthere.signposts.core.strip import strip_for
from beenthere.stories.queries import pieces_of

from .. import actions
from ..access import Room, get_message_for, get_room_for
from ..actions.carrying import say_been_there
from ..actions.clearing import (
    LineRefused,
    keep_alone,
    let_go,
    offer_line,
    put_away,
    say_yes,
    take_back,
)
from ..core import ASKED_FIRST, BREATHER, HARM, NOT_KEPT, OUTSIDE, TOO_LONG, UNREADABLE
from ..core.clearing import ENOUGH
from ..forms import Words, number_in
from ..forms.offering import BREATHERS, CHOSEN, BeenThere, Breather, Line
from ..models import Membership
from ..queries import seen_by
from ..queries.clearing import kept_for, kept_in, kept_of, line_for, lines_in
from ..queries.offering import asking_in, offers_for, pieces_taken_back
from ..queries.prompts import ENGLISH, prompt_called
from . import talk
from .page import talk_page

MOST_PIECES = 30


def open_room(request: HttpRequest, ref: str) -> tuple[Person, Room, Membership, str]:
    """Who asks, their open room, their seat, and what the other is called there; else 404."""
    person = member_of(request)
    room, mine, name = seen_by(person, get_room_for(person, ref))
    if name is None:
        raise Http404
    return person, room, mine, name


@require_safe
def offers(request: HttpRequest, ref: str) -> HttpResponse:
    """What stands near the box, for a page that is open."""
    person, room, mine, name = open_room(request, ref)
    told = {**offers_for(person, room, mine), "room": room, "name": name, "mine": mine}
    told |= {"asking": _asked(request, room), "taken_back": pieces_taken_back(room)}
    return render(request, "conversations/offers_inside.html", told)


@require_safe
def question(request: HttpRequest, ref: str) -> HttpResponse:
    """The conversation with questions laid out; with `ask` that one stands in the box. Nothing is sent."""
    person, room, _mine, _name = open_room(request, ref)
    chosen = prompt_called(request.GET.get("ask", ""), get_language() or ENGLISH)
    form = Words() if chosen is None else Words(initial={"words": chosen.words})
    return talk_page(request, person, room, form, asking=_asked(request, room, is_open=chosen is None))


@sensitive_variables()
@sensitive_post_parameters("words", "written")
@require_http_methods(["GET", "HEAD", "POST"])
def been_there(request: HttpRequest, ref: str) -> HttpResponse:
    """I've been there, with or without a piece of one's own."""
    person, room, _mine, name = open_room(request, ref)
    form = BeenThere(_sent(request), initial={"words": gettext("I've been there.")})
    if form.is_valid():
        outcome, piece = say_been_there(
            conversation=room.row,
            words=form.cleaned_data["words"],
            mark=form.cleaned_data["mark"],
            **form.goes_along,
            language=get_language() or "",
            covered_ok=_agreed(request),
            send=talk._said,
            by=person,
        )
        if outcome.refused is None:
            return talk.to_what_was_said(ref, outcome.number)
        if piece and outcome.refused == NOT_KEPT:
            form = form.again_with(piece)
        _refuse(form, outcome.refused)
    number = number_in(request.GET.get("number"))
    told = {
        "form": form,
        "room": room,
        "name": name,
        "pieces": pieces_of(person, most=MOST_PIECES),
        "before": CHOSEN,
        "about": get_message_for(person, ref, number) if number else None,
    }
    return _page(request, "been_there", form, told)


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def breather(request: HttpRequest, ref: str) -> HttpResponse:
    """One sentence that says that one needs a breather."""
    person, room, _mine, name = open_room(request, ref)
    say = number_in(request.GET.get("say")) or 1
    form = Breather(_sent(request), initial={"words": BREATHERS[min(say, len(BREATHERS)) - 1]})
    if form.is_valid():
        given = form.cleaned_data
        draft = actions.Draft(
            person.ref, ref, given["mark"], given["words"], kind=BREATHER, covered_ok=_agreed(request)
        )
        outcome = talk._said(draft)
        if outcome.refused is None:
            return talk.to_what_was_said(ref, outcome.number)
        _refuse(form, outcome.refused)
    ready = list(enumerate(BREATHERS, 1))
    return _page(request, "breather", form, {"form": form, "room": room, "name": name, "ready": ready})


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest, ref: str) -> HttpResponse:
    """What became clear: lines that wait, and what one keeps of this conversation. After the end only
    one's own."""
    person = member_of(request)
    room, _mine, name = seen_by(person, get_room_for(person, ref))
    do, form = request.POST.get("do", ""), Line(_sent(request))
    if request.method == "POST":
        try:
            if _did(person, room, do, form, request.POST.get("line", "")):
                return redirect("conversations:clear", ref)
        except LineRefused as refused:
            _refuse(form, refused.why)
    lines = lines_in(room, person)
    told = {
        "form": form,
        "room": room,
        "name": name,
        "offered": [one for one in lines if not one.mine],
        "waiting": [one for one in lines if one.mine],
        "kept": kept_in(person, ref),
    }
    return _page(request, "clear", form, told)


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """All the lines that one keeps."""
    person = member_of(request)
    if request.method == "POST":
        let_go(kept=kept_for(person, request.POST.get("line", "")), by=person)
        return redirect("conversations:kept")
    return render(request, "conversations/kept_lines.html", {"kept": kept_of(person)})


def _did(person: Person, room: Room, do: str, form: Line, ref: str) -> bool:
    """Does what was asked, and says whether that is done. 404 for what is not there, or not theirs to do."""
    steps = {"yes": say_yes, "away": put_away, "back": take_back}
    if do in steps:
        if do != "back" and not room.is_open:
            raise Http404
        steps[do](line=line_for(person, room, ref), by=person)
        return True
    if do == "let_go":
        let_go(kept=kept_for(person, ref), by=person)
        return True
    keeps = {"offer": offer_line, "alone": keep_alone}
    if do and do not in keeps:
        raise Http404
    if not do or not form.is_valid():
        return False
    keeps[do](conversation=room.row, words=form.cleaned_data["words"], by=person)
    return True


def _asked(request: HttpRequest, room: Room, *, is_open: bool = True) -> dict:
    page = number_in(request.GET.get("page")) or 0
    return asking_in(room, moment=request.GET.get("moment", ""), page=page, is_open=is_open)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, name: str, form, told: dict) -> HttpResponse:
    """The page `name`; with the faults of its form where it has any."""
    status = 422 if form.errors else 200
    told["cover"] = getattr(form, "cover", "")
    given = "\n".join(form.data.get(name, "") for name in ("words", "written")) if form.is_bound else ""
    told["strip"] = strip_for(given, request.person.prefers)
    return render(request, f"conversations/{name}.html", told, status=503 if form.not_kept else status)


def _agreed(request: HttpRequest) -> bool:
    """Whether they were asked, and send it covered."""
    return request.POST.get("covered_ok") == "yes"


def _refuse(form, code: str) -> None:
    form.not_kept = code == NOT_KEPT
    form.cover = code if code in ASKED_FIRST else ""
    form.refuse(_why_not(code))


def _why_not(code: str) -> str:
    if code == OUTSIDE:
        return gettext(
            "This looks like a way to meet or write outside this place. The door for that is closed here "
            "until both of you open it. Nothing was sent or kept. Your words are still in the box, and yours "
            "to change."
        )
    if code == HARM:
        return gettext(
            "This seems to speak of ways of harming oneself, or to push somebody to it. It stays with the "
            "other for good, and nobody can talk about it then. How you feel is always welcome. Nothing was "
            "sent: change your words, or go without them."
        )
    if code == TOO_LONG:
        return gettext("This is too long. Nothing was lost: make it a little shorter.")
    if code == ENOUGH:
        return gettext("Five of your lines wait already. Take one back first, if you like.")
    if code == UNREADABLE:
        return gettext("There is a character in it that cannot be kept.")
    return talk._why_not(code)
