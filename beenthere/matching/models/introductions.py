"""Introductions: a proposal that two people meet, and what each of the two sees of it."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, WITH_THE_OWNER, table
from beenthere.matching.core.meeting import ANSWERS, Side
from beenthere.people.models import Person

CHOICES = [(one, one) for one in ("", *ANSWERS)]


@table(owner="person.ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Telling(models.Model):
    """The one sealed row a person that pairing reads into memory. `held` is plain JSON: `experiences` (as
    in `stories.Piece.about`), `languages`, `timezone`, `hopes`, `leave_out`, `wish` ("soon" or "closer").
    Their words are their quotable pieces, and stand there."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="telling")
    held = EncryptedJSONField(owner="person.ref", default=dict)
    changed_at = models.DateTimeField(default=clock.now)


@table(owner="", export="", retention="90 days after it ended", erasure=BY_AGE)
class Introduction(models.Model):
    """Two people (refs, the earlier by code point first). While the row stands they are not proposed to
    each other again: it goes 90 days after it ended, or after their pair did. What each sees and answered
    is on their card. `pair` is the conversation that began when both had said yes. `parted_at`: one of them
    said that they never want to meet somebody of that name or address; no pair begins of it any more."""

    ref = RefField()
    a = models.CharField(max_length=REF, db_index=True)
    b = models.CharField(max_length=REF, db_index=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, db_index=True)
    pair = models.CharField(max_length=REF, blank=True)
    parted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b"], name="introduced_once")]


@table(
    owner="person.ref",
    export="everything but ended_at, why, of_newcomer",
    retention="90 days after it ended",
    erasure=WITH_THE_OWNER,
)
class Card(models.Model):
    """One person's side of an introduction. It takes one of their places from the day it is made until
    its end (`ends_at`: 72 hours after it was first shown), whatever either answers, so that nothing else
    they or anybody else receives can depend on an answer. `ended_at` is written when the end is met with,
    and no clock that goes back revives it. `why` is plain JSON: what the page says, gone at the end.
    `quoted`: how many words of the other stood on it at first. `called`: what they want to be called in the
    pair, where it is not their name; gone at the end. `of_newcomer`: the other was new here when it was made,
    which stays counted when they leave."""

    ref = RefField()
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="cards")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    why = EncryptedJSONField(owner="person.ref", default=dict, null=True)
    quoted = models.PositiveSmallIntegerField(default=0)
    of_newcomer = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, db_index=True)
    answer = models.CharField(max_length=8, blank=True, choices=CHOICES, default="")
    answered_at = models.DateTimeField(null=True)
    called = EncryptedTextField(owner="person.ref", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "person"], name="one_card_each")]

    def as_side(self) -> Side:
        """The card as the rules see it."""
        return Side(self.ends_at, self.shown_at is not None, self.ended_at is not None, self.answer)


@table(owner="author.ref", export="", retention="as long as the card", erasure=WITH_THE_OWNER)
class Excerpt(models.Model):
    """What an author's quotable piece lends to an introduction: `words` as they stood, sealed with the
    author's key. It goes when the piece is withdrawn or its author leaves."""

    ref = RefField()
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="excerpts")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="excerpts")
    piece = models.CharField(max_length=REF, db_index=True)
    words = EncryptedTextField(owner="author.ref")
    made_at = models.DateTimeField(default=clock.now)
