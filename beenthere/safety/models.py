"""Who looks after this place, and what was reported to them."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, WITH_THE_OWNER, table
from beenthere.people.models import Person

# What a report can be about, and what a steward can decide.
CONVERSATION, APPEAL = "conversation", "act"
ENDED, SUSPENSION, RESTORED = "ended", "suspended", "restored"


@table(owner="person.ref", export="everything", retention="as long as the term", erasure=WITH_THE_OWNER)
class Steward(models.Model):
    """A member who looks after this place, for a term."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="stewardship")
    since_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)


@table(owner="made_by.ref", export="everything", retention="90 days after it closes", erasure=BY_AGE)
class Report(models.Model):
    """What somebody brought to the stewards, under a key of its own (owner: the report).

    `note` is what the reporter wrote, `copied` a list of {"number", "mine", "at", "words", "kind", "note",
    "piece", "proven"}: the messages they chose, as they were sent (`proven`: looked at when it was made);
    `answer` is what the stewards told the reporter. The one it is about is
    named by (`kind`, `subject`), a conversation or an act, and never shown to be somebody elsewhere.
    """

    ref = RefField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=REF)
    note = EncryptedTextField(owner="ref", purpose="report")
    copied = EncryptedJSONField(owner="ref", purpose="report", default=list)
    answer = EncryptedTextField(owner="ref", purpose="report", null=True)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=REF, blank=True)
    closed_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Act(models.Model):
    """What a steward decided that concerns somebody, told to them with the rule it rests on. `subject` is
    the conversation it was about; `decided_by` the steward's ref, so that another looks at an appeal."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=REF)
    rule = EncryptedTextField(owner="person.ref")
    decided_by = models.CharField(max_length=REF)
    made_at = models.DateTimeField(default=clock.now)
