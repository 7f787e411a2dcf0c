"""Other help beside the box: on or off, and for which country. One's own, and nobody else's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from beenthere.signposts.core.strip import COUNTRY, STRIP, is_on
from beenthere.signposts.queries import countries, country_named

from .. import access, actions


@require_http_methods(["GET", "HEAD", "POST"])
def strip(request: HttpRequest) -> HttpResponse:
    """The country is chosen, never looked up. `country` in the address stands chosen, and is not kept before
    the button."""
    person = access.one_signed_in(request)
    names = countries(get_language() or "en")
    if request.method == "POST":
        country = request.POST.get("country", "")
        prefers = {STRIP: request.POST.get("on") == "yes", COUNTRY: country if country in names else ""}
        actions.change_oneself(prefers=prefers, by=person)
        return redirect("people:oneself")
    asked = country_named(request.GET.get("country", "")[:60])
    chosen = asked or person.prefers.get(COUNTRY, "")
    told = {"is_on": is_on(person.prefers), "countries": names.items(), "chosen": chosen}
    return render(request, "people/strip.html", told)
