"""Muting somebody in one place. The other can notice nothing of it."""

from beenthere.foundation.writing import writing

from ..models import FROM_PIECE, TALK, Mute, Person

PLACES = (TALK, FROM_PIECE)


def mute(*, other: Person, kind: str = TALK, subject: str = "", by: Person) -> None:
    """Afterwards `by` is told of nothing that `other` says in the conversation `subject`, or meets in no list
    what they write from the piece `subject` on. Twice is the same as once. ValueError for oneself."""
    if other.pk == by.pk or kind not in PLACES:
        raise ValueError(kind)
    with writing():
        if Person.objects.filter(pk=other.pk).exists():  # else they have just left
            Mute.objects.get_or_create(by_person=by, kind=kind, subject=subject, defaults={"other": other})


def unmute(*, ref: str | None = None, kind: str = TALK, subject: str = "", by: Person) -> None:
    """Afterwards the mute `ref` of `by`, or the one of that place, is gone. Twice is the same as once."""
    with writing():
        found = Mute.objects.filter(by_person=by)
        found = found.filter(kind=kind, subject=subject) if ref is None else found.filter(ref=ref)
        found.delete()
