"""Whom one never wants to be introduced to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from .. import access
from ..actions.never import Refused, never_meet, take_never_back
from ..forms import NeverForm
from ..queries.never import get_never_for, nevers_of


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def never(request: HttpRequest) -> HttpResponse:
    """The list, which says only what one called them, and a box for one more."""
    person = access.member_of(request)
    form = NeverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            never_meet(**form.cleaned_data, by=person)
            return redirect("people:never")
        except Refused as refused:
            form.add_error("whom", refused.why.said(gettext))
    shown = {"form": form, "nevers": nevers_of(person)}
    return render(request, "people/never.html", shown, status=422 if form.is_bound else 200)


@require_POST
def never_back(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.member_of(request)
    take_never_back(never=get_never_for(person, ref), by=person)
    return redirect("people:never")
