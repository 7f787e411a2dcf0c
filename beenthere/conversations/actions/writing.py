"""How somebody reads: the words they do not want to meet unprepared."""

from beenthere.foundation.keys.fields import seal
from beenthere.foundation.safe_text import is_text
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core.folding import words_of
from ..models import Talking

MOST_MUTED = 100
LONGEST_MUTED = 60
MUTED = "mute_words"


class Unmutable(ValueError):
    """No such list can be kept: an entry has no word in it or is too long, or there are too many."""


def keep_muted_words(*, words: list[str], by: Person) -> None:
    """Afterwards `words` are the muted words of `by`, each once and in this order, and no others. Several
    words in one entry count where they all stand. Raises Unmutable."""
    entries = list(dict.fromkeys(" ".join(one.split()) for one in words if one.strip()))
    if len(entries) > MOST_MUTED:
        raise Unmutable("Too many.")
    for one in entries:
        if len(one) > LONGEST_MUTED or not is_text(one) or not words_of(one):
            raise Unmutable("An entry cannot be kept.")
    row = Talking.objects.filter(person=by).first() or Talking(person=by, person_ref=by.ref, told={})
    row.told = {**row.told, MUTED: entries}
    seal(row)
    with writing():
        if row.pk is None:  # made elsewhere at the same moment: the later one stays
            Talking.objects.filter(person=by).delete()
        row.save()
