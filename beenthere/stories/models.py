"""Pieces: short texts of one's own about something lived through."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import WITH_THE_OWNER, table
from beenthere.people.models import Person

ME, INTRODUCED, MEMBERS, ANYONE = "me", "introduced", "members", "anyone"
AUDIENCES = [(one, one) for one in (ME, INTRODUCED, MEMBERS, ANYONE)]


@table(owner="author.ref", export="everything", retention="until withdrawn", erasure=WITH_THE_OWNER)
class Piece(models.Model):
    """A piece. `about` is plain JSON: `experiences` (a list of {"experience": id or own words, "known":
    bool, "stand": one of the five or null}) and `language`. `listed` counts only with ANYONE: a visitor
    without an account sees it. `quotable`: its words may stand in an introduction.

    `hidden_until`: a report hides it from all but its author until then; `cleared_at`: a steward looked and
    found nothing in these words: no report hides them by itself again, and they are not held again;
    `removed_at`: a steward removed it; `covered` ("method", "urging"): others open it first. `held` (the
    same): many may read it, so it waits for a steward's look before others see it at all."""

    ref = RefField()
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pieces")
    words = EncryptedTextField(owner="author.ref")
    about = EncryptedJSONField(owner="author.ref", default=dict)
    audience = models.CharField(max_length=10, choices=AUDIENCES, default=ME)
    listed = models.BooleanField(default=False)
    quotable = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    hidden_until = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    covered = models.CharField(max_length=8, blank=True)
    held = models.CharField(max_length=8, blank=True)
