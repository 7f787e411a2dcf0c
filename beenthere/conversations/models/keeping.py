"""What is held, found again and set for reading conversations."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.keys.fields import EncryptedJSONField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, REFS_ONLY, WITH_THE_OWNER, table
from beenthere.people.models import Person

from .talk import Conversation, Message

HOLD = "hold"  # the purpose of the keys of days


@table(owner="", export="", retention="until the eighth day", erasure=BY_AGE)
class Held(models.Model):
    """Words that were withdrawn, or whose author left, sealed with the key of that `day` (ISO, UTC), which
    is destroyed on the eighth day. Until then only a report by somebody who received them opens them.
    `told` is plain JSON: `words`, `note`, `kind`, `piece`, `mark`."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="held")
    author = models.CharField(max_length=REF)
    number = models.PositiveBigIntegerField()
    said_at = models.DateTimeField()
    day = models.CharField(max_length=10, db_index=True)
    told = EncryptedJSONField(owner="day", purpose=HOLD)
    digest = models.CharField(max_length=LENGTH)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="held_once")]


@table(owner="", export="", retention="as long as the message; made again", erasure=REFS_ONLY)
class WordMark(models.Model):
    """That a message holds a word, as a keyed digest of its stem: for finding it again. Never in a backup."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="word_marks")
    digest = models.CharField(max_length=LENGTH, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "message"], name="marked_once")]


@table(owner="person_ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Talking(models.Model):
    """How somebody reads and writes, for themselves alone. `told` is plain JSON: `mute_words` (a list)."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="talking")
    person_ref = models.CharField(max_length=REF)
    told = EncryptedJSONField(owner="person_ref", default=dict)
