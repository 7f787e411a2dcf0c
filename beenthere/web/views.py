"""Pages that compose the apps. No rule of their own."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.experiences.queries import understood_in

from .doors import pairing_address
from .forms import FewWords


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The first screen. Words come by POST, are answered, and are neither kept nor logged."""
    if request.method != "POST":
        return _first_screen(request, FewWords())
    form = FewWords(request.POST)
    if not form.is_valid():
        return _first_screen(request, form, status=422)
    words = form.cleaned_data["words"]
    understood = understood_in(words, get_language() or settings.LANGUAGE_CODE)
    return render(request, "web/answer.html", {"words": words, "understood": understood, "form": form})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
def pairing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pairing.html", {"here": pairing_address()})


@sensitive_variables()
@sensitive_post_parameters("words")
def form_went_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody sent a form whose proof was missing or too old. What they wrote on the first screen
    stands in the box again, because to lose it would be unkind; nothing was read."""
    form = FewWords(initial={"words": request.POST.get("words", "")}) if request.path == "/" else None
    return render(request, "web/stale.html", {"form": form}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_allowed.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what Django calls a bad request when it means: too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/too_large.html", status=413)
    return render(request, "web/bad_request.html", status=400)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "web/went_wrong.html", status=500)


def _first_screen(request: HttpRequest, form: FewWords, *, status: int = 200) -> HttpResponse:
    return render(request, "web/home.html", {"form": form, "pairing": pairing_address()}, status=status)
