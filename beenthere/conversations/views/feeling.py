"""Did you feel heard? One's own answers, and what may be said of all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beenthere.foundation.refs import SITE
from beenthere.people.access import member_of

from ..access import get_room_for
from ..actions.feeling import count_last_quarter, forget_felt, say_felt
from ..forms.offering import FELT_ANSWERS, FELT_PARTS, HeardThere
from ..queries import seen_by
from ..queries.feeling import felt_for, felt_of, totals


@require_http_methods(["GET", "HEAD", "POST"])
def felt(request: HttpRequest, ref: str) -> HttpResponse:
    """Five questions about one conversation, for nobody's eyes but one's own; after its end too."""
    person = member_of(request)
    room, _mine, name = seen_by(person, get_room_for(person, ref))
    form = HeardThere(request.POST if request.method == "POST" else None)
    if form.is_valid():
        say_felt(conversation=room.row, answers=form.cleaned_data, by=person)
        return redirect("conversations:heard")
    told = {"form": form, "room": room, "name": name}
    return render(request, "conversations/felt.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest) -> HttpResponse:
    """How all felt heard here, once enough have said, and what one said oneself."""
    person = member_of(request)
    if request.method == "POST":
        forget_felt(felt=felt_for(person, request.POST.get("felt", "")), by=person)
        return redirect("conversations:heard")
    if totals().shares is None:
        count_last_quarter(by=SITE)
    ours = totals()
    told = {
        "first": ours.first,
        "last": ours.last,
        "shares": [(FELT_PARTS[part], _share(fifths)) for part, fifths in (ours.shares or {}).items()],
        "own": [
            (one, [(FELT_PARTS[part], FELT_ANSWERS[said]) for part, said in one.answers.items()])
            for one in felt_of(person)
        ],
    }
    return render(request, "conversations/heard.html", told)


def _share(fifths: int) -> str:
    """A rounded share, in words."""
    return (
        _("hardly anybody said yes"),
        _("about one in five said yes"),
        _("about two in five said yes"),
        _("about three in five said yes"),
        _("about four in five said yes"),
        _("nearly everybody said yes"),
    )[fifths]
