"""The first screen and the answer. Words come by POST, travel sealed in the form, and are not kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.experiences.queries import STANDS, is_experience
from beenthere.foundation.carried import Stale
from beenthere.foundation.place import the_place
from beenthere.people.access import visitor_of
from beenthere.people.models import MEMBER
from beenthere.signposts.core.strip import strip_for
from beenthere.web.doors import pairing_address
from beenthere.web.forms import FewWords
from beenthere.web.honest import answer_to, listed_pieces
from beenthere.web.told import Chip, Told, chip_of, every_experience, first_told, near, own_chip, told_in

from .arriving import address_page, join_page

PIECES = 3


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The first screen. Members are led to Today."""
    person = visitor_of(request)
    if request.method != "POST":
        if person is not None and person.standing == MEMBER:
            return redirect("today")
        return first_screen(request, FewWords())
    form = FewWords(request.POST)
    invitation = _invitation_in(request)
    if not the_place().is_open or not form.is_valid():
        return first_screen(request, form, invitation=invitation, status=422)
    return answer_page(request, first_told(form.cleaned_data["words"], invitation=invitation))


@require_safe
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """The first screen for somebody who was given a link; the code travels on, sealed."""
    return first_screen(request, FewWords(), invitation=code)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """What was understood, changed by its writer; from here to joining, or to leaving an address."""
    if request.method != "POST":
        return redirect("home")
    form = FewWords(request.POST)
    try:
        told = told_in(request.POST.get("told", ""))
    except Stale:
        return render(request, "web/stale.html", {"form": FewWords(initial=request.POST)}, status=403)
    if not the_place().is_open:
        return first_screen(request, form, status=422)
    told, unknown = changed(told, request.POST)
    if "words" in request.POST and not form.is_valid():
        return answer_page(request, told, form=form, status=422)
    if form.is_valid():
        told = told.with_words(form.cleaned_data["words"])
    act = request.POST.get("act")
    if act == "join":
        return join_page(request, told)
    if act == "address":
        return address_page(request, told)
    return answer_page(request, told, unknown=unknown)


def changed(told: Told, post) -> tuple[Told, str]:
    """`told` with how it is now, one taken away or one added; and what was to be added but we do not know."""
    stands = {
        at: post[f"stand-{at}"] if post[f"stand-{at}"] in STANDS else None
        for at in range(len(told.chips))
        if f"stand-{at}" in post
    }
    told = told.with_stands(stands)
    if post.get("take", "") in map(str, range(len(told.chips))):
        return told.without(int(post["take"])), ""
    if is_experience(post.get("pick", "")):
        return told.with_chip(Chip(post["pick"], by_hand=True)), ""
    if own := own_chip(post.get("own", "")):
        return told.with_chip(own), ""
    asked = post.get("add", "")
    chip = chip_of(asked)
    return (told.with_chip(chip), "") if chip else (told, " ".join(asked.split()))


def answer_page(
    request: HttpRequest, told: Told, *, form: FewWords | None = None, unknown: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "told": told,
        "form": form or FewWords(initial={"words": told.words}),
        "answer": answer_to(told),
        "stands": STANDS,
        "every": every_experience(),
        "unknown": unknown,
        "near": near(unknown) if unknown else [],
        "strip": _strip(request, told.words if form is None else form.data.get("words", "")),
    }
    return render(request, "web/answer.html", shown, status=status)


def first_screen(
    request: HttpRequest, form: FewWords, *, invitation: str = "", status: int = 200
) -> HttpResponse:
    place = the_place()
    shown = {
        "form": form,
        "pairing": pairing_address(),
        "told": Told(invitation=invitation).sealed() if invitation else "",
        "is_open": place.is_open,
        "hours": place.hours,
        "pieces": listed_pieces(PIECES) if place.is_open else [],
        "strip": form.is_bound and _strip(request, form.data.get("words", "")),
    }
    return render(request, "web/home.html", shown, status=status)


def _strip(request: HttpRequest, words: str) -> bool:
    """Whether other help stands beside these words, which nobody keeps."""
    person = visitor_of(request)
    return strip_for(words, person.prefers if person is not None else {})


def _invitation_in(request: HttpRequest) -> str:
    try:
        return told_in(request.POST.get("told", "")).invitation
    except Stale:
        return ""
