"""What pairs (later circles) write to each other."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import REFS_ONLY, WITH_THE_OWNER, table
from beenthere.people.models import Person

PAIR = "pair"


@table(owner="", export="", retention="until the last of it leaves", erasure=REFS_ONLY)
class Conversation(models.Model):
    """A conversation. `last_number` is its counter: a message's place in it, and everyone's cursor."""

    ref = RefField()
    kind = models.CharField(max_length=10, default=PAIR)
    last_number = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)


@table(owner="person_ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Membership(models.Model):
    """A person in a conversation, under the name they chose for it. Its ref is all that the others of
    this conversation ever learn of who they are elsewhere: nothing."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    person_ref = models.CharField(max_length=REF)
    name = EncryptedTextField(owner="person_ref")
    read_number = models.PositiveBigIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="in_it_once")]


@table(owner="author_ref", export="everything", retention="until withdrawn", erasure=WITH_THE_OWNER)
class Message(models.Model):
    """A message, sealed with its author's key. `number` is its place in the conversation; `mark` is
    the browser's own mark, by which a message sent twice is known. Withdrawing takes a number of its own
    from the same counter, so that whoever reads on from a cursor learns of it."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="messages")
    author_ref = models.CharField(max_length=REF)
    number = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=36)
    words = EncryptedTextField(owner="author_ref", null=True)
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_number = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_place_each"),
            models.UniqueConstraint(fields=["author", "mark"], name="sent_once"),
        ]
