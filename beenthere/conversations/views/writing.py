"""Muted words, finding words again, taking a conversation along, and what the box asks for."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.foundation import clock
from beenthere.people.access import member_of
from beenthere.signposts.core.strip import strip_for

from ..access import get_room_for
from ..actions.finding import mark_words_of
from ..actions.writing import Unmutable, keep_muted_words
from ..forms import MutedWords, Search
from ..queries.exporting import export_for, may_take_theirs
from ..queries.finding import found_for
from ..queries.writing import behind, draft_key_for, muted_words_of, muting_of, shown_in

TEXT, JSON = "text", "json"


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def muted_words(request: HttpRequest) -> HttpResponse:
    """One's own muted words, for nobody else."""
    person = member_of(request)
    if request.method != "POST":
        form = MutedWords(initial={"words": "\n".join(muted_words_of(person))})
        return render(request, "conversations/words.html", {"form": form})
    form = MutedWords(request.POST)
    if form.is_valid():
        try:
            keep_muted_words(words=form.lines(), by=person)
        except Unmutable:
            form.add_error(
                "words", _("Each line needs a word in it, of 60 characters at most; 100 lines fit in here.")
            )
        else:
            return redirect("conversations:words")
    return render(request, "conversations/words.html", {"form": form}, status=422)


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Finding words again. By POST, so that they stand in no address, history or log."""
    person = member_of(request)
    form = Search(request.POST if request.method == "POST" else None)
    told: dict = {"form": form}
    if form.is_bound and form.is_valid():
        mark_words_of(by=person)
        found = found_for(person, form.cleaned_data["words"])
        shown = behind([hit.said for hit in found.hits], muting_of(person))
        told |= {"found": found, "hits": list(zip(found.hits, shown, strict=True))}
    told["strip"] = form.is_bound and strip_for(form.data.get("words", ""), person.prefers)
    return render(request, "conversations/search.html", told, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest, ref: str) -> HttpResponse:
    """What one may take along of a conversation: told, as text, or as JSON."""
    person = member_of(request)
    room, kind = get_room_for(person, ref), request.GET.get("as")
    if kind not in (TEXT, JSON):
        told = {"room": room, "theirs": may_take_theirs(person, room)}
        return render(request, "conversations/export.html", told)
    export, now = export_for(person, room), clock.now()
    if kind == JSON:
        response: HttpResponse = JsonResponse(
            {"made": now.isoformat(), **export.plain()},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    else:
        zone = timezone.get_current_timezone_name()
        told = {"export": export, "now": now, "zone": zone}
        response = HttpResponse(
            render_to_string("conversations/export.txt", told), content_type="text/plain; charset=utf-8"
        )
    end = "json" if kind == JSON else "txt"
    response["Content-Disposition"] = f'attachment; filename="words-{now:%Y-%m-%d}.{end}"'
    return response


@require_safe
def box(request: HttpRequest, ref: str) -> HttpResponse:
    """What the box of an open conversation asks for: the key of what is not sent yet, whether the door to
    the outside is open, which signs both want."""
    person = member_of(request)
    room = get_room_for(person, ref)
    if not room.is_open:
        raise Http404
    told = {
        "key": draft_key_for(request.sign_in, room),
        "door": room.row.door_open_at is not None,
        "shown": sorted(shown_in(room)),
    }
    return JsonResponse(told)
