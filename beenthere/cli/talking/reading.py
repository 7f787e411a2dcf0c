"""Reading a conversation in a terminal."""

from contextlib import suppress

from beenthere.foundation.sentences import sentence

from .asking import Fault, Place
from .showing import Terminal

AT_ONCE, NEWEST = 200, 30


def read(place: Place, show: Terminal, ref: str, *, after: int | None, unfold: bool) -> None:
    """Prints the newest messages, or all behind the number `after`, and counts them as read."""
    if after is None:
        told = place.get(place.at(ref, f"newest?most={NEWEST}"))
        messages, older = told["messages"], told["older"]
    else:
        messages, older = _behind(place, ref, after), False
    name = next((one["name"] for one in place.get("/conversations/") if one["ref"] == ref), None)
    if older:
        show.line(sentence("There are older words. Read them with --after 0."))
    for one in messages:
        show.said(one, name, unfold=unfold)
    if not messages:
        show.line(sentence("Nothing new is here."))
        return
    with suppress(Fault):  # a disk that takes nothing can still be read
        place.put(place.at(ref, "read"), {"number": max(one["number"] for one in messages)})


def _behind(place: Place, ref: str, after: int) -> list[dict]:
    """All behind the number `after`, and what was taken back since."""
    found: dict[int, dict] = {}
    while True:
        told = place.get(place.at(ref, f"messages?after={after}&most={AT_ONCE}"))
        found |= {one["number"]: one for one in told["messages"]}
        if told["now"] <= after:
            return [found[number] for number in sorted(found)]
        after = told["now"]
