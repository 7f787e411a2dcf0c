"""What stands beside the words: a lamp, a wish, turns, and what both want."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.people.access import member_of

from ..actions.lamp import hide_wish, light_lamp, put_out_lamp, show_wish
from ..actions.middle import hand_over, leave_middle, meet_in_the_middle
from ..actions.wanting import want, want_no_more
from ..core.lamp import LIT_FOR
from ..core.turns import MINUTES
from ..models.between import WANTS
from ..models.talk import WISHES
from ..queries.beside import balance_for, beside_for, open_room

# What a button of the block does, by its value.
STEPS: dict[str, Callable] = {
    **{f"lamp {minutes}": partial(light_lamp, minutes=minutes) for minutes in LIT_FOR},
    "lamp out": put_out_lamp,
    **{f"wish {wish}": partial(show_wish, wish=wish) for wish in WISHES},
    "wish none": hide_wish,
    **{f"middle {minutes}": partial(meet_in_the_middle, minutes=minutes) for minutes in MINUTES},
    "middle over": hand_over,
    "middle no": leave_middle,
    **{f"yes {what}": partial(want, what=what) for what in WANTS},
    **{f"no {what}": partial(want_no_more, what=what) for what in WANTS},
}


@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: HttpRequest, ref: str) -> HttpResponse:
    """The block on a page of its own, from which an open conversation takes it; by POST one step. A step
    that is not known changes nothing."""
    person = member_of(request)
    room, mine, name = open_room(person, ref)
    if request.method == "POST":
        step = STEPS.get(request.POST.get("do", ""))
        if step is not None:
            step(conversation=room.row, by=person)
        return HttpResponseRedirect(f"{reverse('conversations:talk', args=[ref])}#beside")
    told = {"room": room, "mine": mine, "name": name, **beside_for(person, room, mine)}
    return render(request, "conversations/between.html", told)


@require_safe
def balance(request: HttpRequest, ref: str) -> HttpResponse:
    """Who has been speaking, to who asks, and to nobody else."""
    person = member_of(request)
    room, _, name = open_room(person, ref)
    told = {"room": room, "name": name, "balance": balance_for(person, room)}
    return render(request, "conversations/balance.html", told)
