"""Mail: giving an address, confirming it, taking it away. The answer is the same whether it was known or
not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import access, actions, queries
from ..forms import MailForm, QuietForm


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    person = access.proved(request)
    if request.method == "POST" and request.POST.get("away"):
        actions.take_mail_address_away(by=person)
        return redirect("people:oneself")
    initial = {"sender": person.prefers.get("sender", "")}
    form = MailForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.give_mail_address(address=form.cleaned_data["address"], by=person)
        prefers = {"mail": True, "sender": form.cleaned_data["sender"]}
        actions.change_oneself(prefers=prefers, by=person)
        return render(request, "people/mail_sent.html")
    shown = {"form": form, "mail": queries.mail_address_of(person)}
    return render(request, "people/mail.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """From when until when no mail leaves, on one's own clock."""
    person = access.one_signed_in(request)
    prefers = person.prefers
    initial = {"since": prefers.get("quiet_since"), "until": prefers.get("quiet_until")}
    form = QuietForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.change_oneself(prefers=form.prefers(), by=person)
        return redirect("people:oneself")
    shown = {"form": form, "zone": (prefers.get("timezone") or "UTC").replace("_", " ")}
    return render(request, "people/quiet.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a mail is opened by machines too: only the button confirms."""
    if request.method == "POST":
        done = actions.confirm_mail_address(token=token)
    else:
        done = None
    known = actions.mail_address_of_token(token) is not None
    shown = {"done": done, "known": known}
    return render(request, "people/mail_confirm.html", shown, status=200 if known else 404)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and the address and all that belongs to it is gone."""
    if request.method == "POST":
        actions.forget_address(token=token)
        return render(request, "people/mail_forgotten.html")
    there = actions.person_to_forget(token) is not None
    return render(request, "people/mail_forget.html" if there else "people/mail_forgotten.html")
