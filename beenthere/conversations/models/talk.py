"""Conversations, who is in them, and what is said."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.keys.fields import EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import REFS_ONLY, WITH_THE_OWNER, table
from beenthere.people.models import Person
from beenthere.stories.models import Piece

from ..core import WORDS

PAIR = "pair"
# What somebody may show that they wish for.
HOPEFUL, HEARD = "hopeful", "heard"
WISHES = (HOPEFUL, HEARD)


@table(owner="", export="", retention="until the last of it leaves", erasure=REFS_ONLY)
class Conversation(models.Model):
    """A conversation. `last_number` is its counter: a message's place in it, and everyone's cursor.

    `door_open_at`: both opened the door to the outside. `turn_of` is the ref of the membership whose turn it
    is since `turn_at`, of `turn_minutes`, while both meet in the middle; "" when nobody's. `held_until`:
    nobody writes there until then, for stewards are looking at it."""

    ref = RefField()
    kind = models.CharField(max_length=10, default=PAIR)
    last_number = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    door_open_at = models.DateTimeField(null=True)
    turn_of = models.CharField(max_length=REF, blank=True)
    turn_at = models.DateTimeField(null=True)
    turn_minutes = models.PositiveSmallIntegerField(default=5)
    held_until = models.DateTimeField(null=True)


@table(owner="person_ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Membership(models.Model):
    """A person in a conversation, under the name they chose for it. Its ref is all that the others of
    this conversation ever learn of who they are elsewhere: nothing.

    `here_until`: their lamp is on. `wish` (of WISHES) is shown since `wish_at`. `made_room_at`: it was
    silent, and they made room for somebody new. `asked_at`: they were asked about their silence."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    person_ref = models.CharField(max_length=REF)
    name = EncryptedTextField(owner="person_ref")
    read_number = models.PositiveBigIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    here_until = models.DateTimeField(null=True)
    wish = models.CharField(max_length=8, blank=True)
    wish_at = models.DateTimeField(null=True)
    made_room_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="in_it_once")]


@table(owner="author_ref", export="everything", retention="until withdrawn", erasure=WITH_THE_OWNER)
class Message(models.Model):
    """A message, sealed with its author's key. `number` is its place in the conversation; `mark` is
    the browser's own mark, by which a message sent twice is known. Withdrawing takes a number of its own
    from the same counter, so that whoever reads on from a cursor learns of it.

    `note` says beforehand what is in it. `piece` is one of the author's own, carried by "I've been there":
    shown as it stands now, gone when withdrawn (`piece_proven` keeps its ref). `digest` proves that these
    very words were sent here. `covered` ("method", "urging"): the other opens it first. `hidden_until`: a
    report hides it until then from all but who wrote it, `cleared_at`: a steward looked and found nothing,
    `removed_at`: a steward removed it. Whatever changes after it was sent takes a number too, as withdrawing
    does: `withdrawn_number` is the last of them."""

    ref = RefField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="messages")
    author_ref = models.CharField(max_length=REF)
    number = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=36)
    kind = models.CharField(max_length=10, default=WORDS)
    words = EncryptedTextField(owner="author_ref", null=True)
    note = EncryptedTextField(owner="author_ref", null=True)
    piece = models.ForeignKey(Piece, null=True, on_delete=models.SET_NULL, related_name="carried_by")
    piece_proven = models.CharField(max_length=REF, blank=True)
    digest = models.CharField(max_length=LENGTH, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_number = models.PositiveBigIntegerField(null=True)
    covered = models.CharField(max_length=8, blank=True)
    hidden_until = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_place_each"),
            models.UniqueConstraint(fields=["author", "mark"], name="sent_once"),
        ]
