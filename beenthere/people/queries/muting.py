"""Whom somebody muted, and where. Only they ever learn of it."""

from django.db.models import Exists, OuterRef, Q

from ..models import FROM_PIECE, TALK, Mute, Person


def muted_by(person: Person) -> set[int]:
    """Primary keys of those whom `person` muted, in a talk or from a piece on."""
    return set(Mute.objects.filter(by_person=person).values_list("other_id", flat=True))


def mutes_of(person: Person) -> list[Mute]:
    """What `person` muted, newest first."""
    return list(Mute.objects.filter(by_person=person).order_by("-pk"))


def is_muted(person: Person, *, kind: str, subject: str) -> bool:
    return Mute.objects.filter(by_person=person, kind=kind, subject=subject).exists()


def mutes_of_author(person: Person) -> Q:
    """For pieces: those that `person` does not want to see in a list. The very piece they muted, and what its
    author wrote after that for members or for those they met; what stood there before stays, for what
    vanishes would tell which pieces are by one author, and what anyone may read could be looked up beside.
    In a talk that is muted: what the other wrote for those they met, which is known there to be theirs."""
    mine = Mute.objects.filter(by_person=person, other=OuterRef("author"))
    itself = Mute.objects.filter(by_person=person, kind=FROM_PIECE, subject=OuterRef("ref"))
    later = mine.filter(kind=FROM_PIECE, made_at__lte=OuterRef("made_at"))
    talk = mine.filter(kind=TALK)
    return (
        Q(Exists(itself))
        | Q(Exists(later)) & ~Q(audience="anyone")
        | Q(Exists(talk)) & Q(audience="introduced")
    )


def talk_is_muted(person: str, conversation: str) -> Exists:
    """For another query, whose fields `person` and `conversation` name: whether that person muted that
    conversation."""
    return Exists(Mute.objects.filter(kind=TALK, by_person=OuterRef(person), subject=OuterRef(conversation)))


def who_muted(conversation_ref: str) -> set[str]:
    """The refs of those who muted that conversation."""
    found = Mute.objects.filter(kind=TALK, subject=conversation_ref)
    return set(found.values_list("by_person__ref", flat=True))
