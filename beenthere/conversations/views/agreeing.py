"""The page of an agreement."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from beenthere.people.access import member_of

from ..actions.agreeing import AgreementRefused, agree, not_now, propose_agreement, take_back_proposal
from ..forms.agreeing import ToAgree
from ..queries.agreeing import agreements_in
from ..queries.beside import open_room

ANSWERS = {"yes": agree, "not_now": not_now, "take_back": take_back_proposal}


@sensitive_variables()
@sensitive_post_parameters("pace", "leave_out", "crisis", "ending")
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """What both agreed, and what one proposes; by POST a proposal, or an answer to one."""
    person = member_of(request)
    room, _mine, name = open_room(person, ref)
    step = request.POST.get("do", "")
    if step == "propose":
        return _propose(request, person, room, name)
    if step in ANSWERS:
        proposal = request.POST.get("proposal", "")
        if not ANSWERS[step](conversation=room.row, proposal=proposal, by=person):
            return _page(request, person, room, name, moved=True)
    if request.method == "POST":
        return HttpResponseRedirect(reverse("conversations:agreement", args=[ref]))
    return _page(request, person, room, name)


@sensitive_variables()
def _propose(request: HttpRequest, person, room, name: str) -> HttpResponse:
    form = ToAgree(request.POST)
    if form.is_valid():
        try:
            propose_agreement(conversation=room.row, told=form.told(), by=person)
        except AgreementRefused as refused:
            form.refuse(refused.part, refused.why)
        else:
            return HttpResponseRedirect(reverse("conversations:agreement", args=[room.row.ref]))
    return _page(request, person, room, name, form=form, status=422)


@sensitive_variables()
def _page(request, person, room, name: str, *, form=None, moved=False, status=200) -> HttpResponse:
    agreements = agreements_in(room, person)
    told = {"room": room, "name": name, "agreements": agreements, "moved": moved, "is_sent": form is not None}
    if form is None:
        own = agreements.proposal if agreements.proposal and agreements.proposal.mine else None
        now = own or agreements.in_force
        form = ToAgree(initial=now.told if now else None)
    in_force = agreements.in_force
    if moved and in_force and request.POST.get("do") == "yes":
        told["moved"] = in_force.ref != request.POST.get("proposal")  # a yes sent twice
    return render(request, "conversations/agreement.html", {**told, "form": form}, status=status)
