"""The page about oneself: what one is called, the browsers that are signed in, tokens, and the ways in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.foundation.place import the_place

from .. import access, actions, queries
from ..forms import LabelForm, OneselfForm
from ..models import ASKING, SUSPENDED


@require_http_methods(["GET", "HEAD", "POST"])
def oneself(request: HttpRequest) -> HttpResponse:
    """All that is about oneself; what is called and how pages speak is changed right here."""
    person = access.one_signed_in(request)
    if request.method != "POST":
        return _shown(request, OneselfForm(initial={"name": person.name, **person.prefers}))
    form = OneselfForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    given = form.cleaned_data
    prefers = {"language": given["language"], "timezone": given["timezone"]}
    actions.change_oneself(name=given["name"], prefers=prefers, by=person)
    response = redirect("people:oneself")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        given["language"],
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


@require_safe
def recovered(request: HttpRequest) -> HttpResponse:
    """After a recovery code: how many are left, and where new ways in are made."""
    person = access.one_signed_in(request)
    return render(request, "people/recovered.html", {"left": queries.count_recovery_codes(person)})


@require_http_methods(["GET", "HEAD", "POST"])
def browsers(request: HttpRequest) -> HttpResponse:
    """Signs out one browser, or all but this one. Whoever proved on the way that it is them is led back."""
    person = access.proved(request)
    if request.method != "POST":
        return redirect("people:oneself")
    if request.POST.get("others"):
        actions.sign_out_everywhere(person=person, but=request.sign_in, by=person)
    else:
        actions.sign_out(sign_in=access.get_sign_in_for(person, request.POST.get("ref", "")), by=person)
    return redirect("people:oneself")


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Makes a token, shown once."""
    person = access.proved(request)
    form = LabelForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "people/token.html", {"form": form}, status=422 if form.is_bound else 200)
    _, token = actions.make_access_token(label=form.cleaned_data["label"], by=person)
    return render(request, "people/token.html", {"token": token})


@require_POST
def token_away(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.one_signed_in(request)
    actions.take_access_token_away(token=access.get_access_token_for(person, ref), by=person)
    return redirect("people:oneself")


def _shown(request: HttpRequest, form: OneselfForm, *, status: int = 200) -> HttpResponse:
    person = request.person
    shown = {
        "form": form,
        "waiting": person.standing == ASKING,
        "suspended": person.standing == SUSPENDED,
        "hours": the_place().hours,
        "passkeys": queries.passkeys_of(person),
        "has_passphrase": queries.has_passphrase(person),
        "second_step": queries.second_step_since(person),
        "codes": queries.count_recovery_codes(person),
        "browsers": queries.sign_ins_of(person),
        "tokens": queries.access_tokens_of(person),
        "mail": queries.mail_address_of(person),
    }
    return render(request, "people/oneself.html", shown, status=status)
