"""The page of a conversation, which several steps come back to."""

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from beenthere.people.models import Person
from beenthere.signposts.core.strip import strip_for

from .. import actions
from ..access import Room
from ..forms import OUTSIDE_SENTENCES, NameHere, Words, number_in
from ..queries import Said, page_of, patterns, seen_by
from ..queries.beside import beside_for
from ..queries.offering import offers_for
from ..queries.parting import after_for, parting_for
from ..queries.writing import behind, writing_for

# What stands beside the words while it is open, and after it ended: each is asked (person, room, membership)
# and gives values for the templates.
BESIDE = (beside_for, offers_for, writing_for, parting_for)
AFTER = (after_for,)


def talk_page(
    request: HttpRequest,
    person: Person,
    room: Room,
    form: Words,
    *,
    status: int = 200,
    name_form=None,
    **more,
) -> HttpResponse:
    """The conversation as `person` sees it, open or ended; `more` for the templates."""
    before = number_in(request.GET.get("before"))
    room, mine, name = seen_by(person, room)
    said, has_older = page_of(room, person, before=before)
    newest = room.row.last_number
    if before is None and room.members[person.ref].read_number < newest:
        with suppress(DatabaseError):  # a disk that takes nothing can still be read
            actions.mark_read(conversation=room.row, number=newest, by=person)
    told = {
        "room": room,
        "name": name,
        "mine": mine,
        "said": said,
        "older": said[0].number if has_older else None,
        "before": before,
        "newest": newest,
        "form": form,
        "zone": timezone.get_current_timezone_name(),
        "outside": OUTSIDE_SENTENCES,
        **patterns(mine),
        "name_form": name_form or NameHere(initial={"name": mine.name}),
        **more,
    }
    for values_for in BESIDE if room.is_open else AFTER:
        told = {**values_for(person, room, mine), **told}
    told["said"] = behind(said, told.get("entries", []))
    told["strip"] = _strip(request, person, form, said)
    told["read_at"] = _read_at(said, told.get("read_to", 0))
    page = "conversations/talk.html" if room.is_open else "conversations/ended.html"
    return render(request, page, told, status=status)


def _strip(request: HttpRequest, person: Person, form: Words, said: list[Said]) -> bool:
    """Whether other help is offered to the writer: for what stands in the box again, else for what they have
    just said. Nothing of it is kept."""
    words = [form.data.get(name, "") for name in ("note", "words")] if form.is_bound else []
    if not any(words) and "kept" in request.GET:
        last = next((one for one in reversed(said) if one.mine and not one.withdrawn), None)
        words = [last.note, last.words or ""] if last else []
    return strip_for("\n".join(words), person.prefers)


def _read_at(said: list[Said], number: int) -> int:
    """The last of one's own words that stand at or below `number`; 0 where none is on the page."""
    return max((one.number for one in said if one.mine and one.number <= number), default=0)
