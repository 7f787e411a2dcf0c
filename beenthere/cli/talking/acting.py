"""What is said and done in a conversation from a terminal. Words that were not sent are printed again."""

import time
import uuid

from beenthere.foundation.sentences import sentence

from .asking import MACHINE, Fault, Place, Unsure
from .showing import Terminal

PAUSES = (0.5, 2.0)  # seconds before the same is sent again, with the same mark
LAMPS = {"15m": 15, "1h": 60, "2h": 120, "out": None}


def say_words(
    place: Place, show: Terminal, ref: str, words: str, *, note: str, covered: bool = False
) -> None:
    """Sends the words once, however often the line breaks: a mark makes it known to the place."""
    where = place.at(ref, "messages")
    told = {"mark": str(uuid.uuid4()), "words": words.removesuffix("\n"), "note": note}
    told |= {"covered_ok": True} if covered else {}
    for pause in (*PAUSES, None):
        try:
            kept = place.post(where, told)
            break
        except Fault as fault:
            fault.words = words
            if fault.status == 409:
                fault.more = sentence("Change it, or send it with --covered.")
            if pause is None or not (isinstance(fault, Unsure) or fault.status == 503):
                raise _told_apart(fault) from None
            time.sleep(pause)
    show.line(sentence("It is kept, as number {number}.", number=kept["number"]))


def light(place: Place, show: Terminal, ref: str, how_long: str) -> None:
    if how_long not in LAMPS:
        raise Fault(sentence("A lamp is lit for 15m, 1h or 2h, or put out: out."))
    minutes = LAMPS[how_long]
    if minutes is None:
        place.ask("DELETE", place.at(ref, "lamp"))
        show.line(sentence("Your lamp is out."))
        return
    place.put(place.at(ref, "lamp"), {"minutes": minutes})
    show.line(sentence("Your lamp is on for {minutes} minutes. The other sees it.", minutes=minutes))


def leave(place: Place, show: Terminal, ref: str, last_word: str) -> None:
    try:
        place.post(place.at(ref, "leave"), {"last_word": last_word})
    except Fault as fault:
        fault.words = last_word
        raise
    show.line(sentence("You have left. No reason was asked, and none was told."))


def _told_apart(fault: Fault) -> Fault:
    """Where nobody knows whether the words arrived, that is said."""
    if not isinstance(fault, Unsure):
        return fault
    unsure = Fault(
        sentence("The line was lost. Look with `read` whether it arrived, before you send it again."),
        code=MACHINE,
    )
    unsure.words = fault.words
    return unsure
