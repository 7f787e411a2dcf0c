"""What two people settle, want, keep and say privately about their conversation."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import NOBODYS, WITH_THE_OWNER, table
from beenthere.people.models import Person

from .talk import Conversation, Membership

# What each may want of a conversation; it is there only while both want it.
DOOR, MIDDLE, HERE, TYPING, READ = "door", "middle", "here", "typing", "read"
# What each may give alone: the other may take my words along in an export.
EXPORT = "export"
WANTS = (DOOR, MIDDLE, HERE, TYPING, READ, EXPORT)
# Why a line is kept: both said yes; my own alone; a last word that was left for me.
BOTH, ALONE, LAST_WORD = "both", "alone", "last_word"


@table(owner="membership.person_ref", export="everything", retention="as long as", erasure=WITH_THE_OWNER)
class Wanted(models.Model):
    """That somebody wants one of WANTS in a conversation, since `at`."""

    ref = RefField()
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="wanted")
    what = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "what"], name="wanted_once")]


@table(owner="author_ref", export="everything", retention="with the conversation", erasure=WITH_THE_OWNER)
class Agreement(models.Model):
    """What one proposed that the pair settles, sealed with the key of who proposed it. In force: the last
    one with `agreed_at`. `told` is plain JSON: `pace`, `leave_out`, `crisis`, `ending` (their own words) and
    `silence_days` (after how many days of silence it is asked about; 0: never). `closed_at`: it was taken
    back or replaced before the other said yes."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="agreements")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="agreements")
    author_ref = models.CharField(max_length=REF)
    told = EncryptedJSONField(owner="author_ref")
    made_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(agreed_at=None, closed_at=None),
                name="one_proposal_at_a_time",
            )
        ]


@table(
    owner="author_ref",
    export="everything but put_away_at",
    retention="until taken back",
    erasure=WITH_THE_OWNER,
)
class ClearLine(models.Model):
    """A line about what became clear, offered to the other. `kept_at`: both said yes, and each has a copy
    of their own in `Kept`. `put_away_at`: whom it was offered to does not want to see it now; the author
    never learns of it."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="clear_lines")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="clear_lines")
    author_ref = models.CharField(max_length=REF)
    words = EncryptedTextField(owner="author_ref")
    made_at = models.DateTimeField(default=clock.now)
    put_away_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)


@table(owner="person_ref", export="everything", retention="until they let go", erasure=WITH_THE_OWNER)
class Kept(models.Model):
    """A line that somebody holds on to, sealed with their own key: it stays however the conversation ends.
    `why` is BOTH, ALONE or LAST_WORD; `author` the membership of who wrote it; `digest` proves a last word,
    so that it can be reported."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_lines")
    person_ref = models.CharField(max_length=REF)
    conversation = models.CharField(max_length=REF, db_index=True)
    author = models.CharField(max_length=REF)
    why = models.CharField(max_length=10)
    words = EncryptedTextField(owner="person_ref")
    digest = models.CharField(max_length=LENGTH, blank=True)
    made_at = models.DateTimeField(default=clock.now)


@table(owner="person_ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Felt(models.Model):
    """Whether somebody felt heard in a conversation, for nobody's eyes but theirs. `answers` is plain JSON:
    by part (voice, attention, empathy, respect, ground) yes, partly or no."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="felt")
    person_ref = models.CharField(max_length=REF)
    conversation = models.CharField(max_length=REF, db_index=True)
    answers = EncryptedJSONField(owner="person_ref")
    made_at = models.DateTimeField(default=clock.now)


@table(owner="", export="", retention="stays: shares of a quarter, of at least K people", erasure=NOBODYS)
class HeardTotal(models.Model):
    """How a whole place felt heard in one quarter that is over ("2026-Q3"), counted once and never again:
    so no two looks differ by one person's answer. `shares` is plain JSON: by part a share in fifths, rounded;
    a part that fewer than K people answered is not in it, and none is when nothing can be said."""

    quarter = models.CharField(max_length=7, unique=True)
    shares = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
