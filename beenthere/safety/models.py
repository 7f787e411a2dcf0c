"""Who looks after this place, and what was reported to them."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, NOBODYS, WITH_THE_OWNER, table
from beenthere.people.models import Person

# What a report can be about.
CONVERSATION, PIECE, INTRODUCTION, APPEAL = "conversation", "piece", "card", "act"
CHECK_IN, HELD_PIECE = "check_in", "held"
# Why somebody reports; the lanes of LANES_GRAVE come first on the desk, and two stewards decide on them.
ABOUT_ME, DANGER, URGING, METHOD = "about_me", "danger", "urging", "method"
CONTACT, HARASSING, PRETENDING, OTHER = "contact", "harassing", "pretending", "other"
LANES = (ABOUT_ME, DANGER, URGING, METHOD, CONTACT, HARASSING, PRETENDING, OTHER)
LANES_GRAVE = (ABOUT_ME, DANGER, URGING, METHOD)
# What a steward can decide about somebody.
ENDED, REMOVED, LIMITED, SUSPENSION, RESTORED = "ended", "removed", "limited", "suspended", "restored"
CLEARED, LET_GO = "cleared", "let_go"
# What becomes of a proposal; of the second look at an act.
YES, NO, LAPSED = "yes", "no", "lapsed"
STANDS, LIFTED = "stands", "lifted"
# Why a steward opens a report; each is written down.
FIRST_LOOK, DECIDING, SECOND_LOOK, ON_APPEAL, ASKED_AGAIN = "first", "deciding", "second", "appeal", "asked"
REASONS = (FIRST_LOOK, DECIDING, SECOND_LOOK, ON_APPEAL, ASKED_AGAIN)


@table(owner="person.ref", export="everything", retention="as long as the term", erasure=WITH_THE_OWNER)
class Steward(models.Model):
    """A member who looks after this place, for a term: from `since_at` to `until_at` (null: not told).
    `resting_until`: until then nothing of the desk reaches them. `again_at`: they asked to go on for
    another term; `again_by` is the first of the two stewards who agree to it."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="stewardship")
    since_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)
    resting_until = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    again_by = models.CharField(max_length=REF, blank=True)


@table(owner="made_by.ref", export="everything", retention="90 days after it closes", erasure=BY_AGE)
class Report(models.Model):
    """What somebody brought to the stewards, under a key of its own (owner: the report).

    `note` is what the reporter wrote, `copied` a list of {"number", "mine", "at", "words", "kind", "note",
    "piece", "proven"}: what they chose, as it was sent (`proven`: looked at when it was made);
    `answer` is what the stewards told the reporter. What it is about is named by (`kind`, `subject`): a
    conversation, a piece, a card of an introduction, an act (an appeal), or the one who asks themself (a
    steward is to check in). `lane` says why, one of LANES. `due_at`: until then somebody looks at it.
    `hid`: it hid what it is about at once."""

    ref = RefField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=REF, db_index=True)
    lane = models.CharField(max_length=12, default=OTHER)
    hid = models.BooleanField(default=False)
    note = EncryptedTextField(owner="ref", purpose="report")
    copied = EncryptedJSONField(owner="ref", purpose="report", default=list)
    answer = EncryptedTextField(owner="ref", purpose="report", null=True)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=REF, blank=True)
    closed_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="everything", retention="90 days after it ended", erasure=WITH_THE_OWNER)
class Grant(models.Model):
    """That a steward opened one report, for `reason`, until `ends_at`: it shows exactly what was reported."""

    ref = RefField()
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="grants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()


@table(owner="", export="", retention="with its report", erasure=BY_AGE)
class Proposal(models.Model):
    """A grave step that one steward proposed on a report, and another has to agree to: until then it only
    holds. `step` is what would be done, `limit` and `days` where it is a limit; `rule` the number of the rule
    in the place's list (from 1). `settled_as` is "yes", "no" or "lapsed"."""

    ref = RefField()
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="proposals")
    step = models.CharField(max_length=12)
    limit = models.CharField(max_length=16, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    rule = models.PositiveSmallIntegerField()
    words = EncryptedTextField(owner="report.ref", purpose="report")
    proposed_by = models.CharField(max_length=REF)
    proposed_at = models.DateTimeField(default=clock.now)
    settled_by = models.CharField(max_length=REF, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_as = models.CharField(max_length=8, blank=True)


@table(owner="person.ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Act(models.Model):
    """What a steward decided that concerns somebody, told to them with the rule it rests on. `subject` is
    what it was about; `decided_by` the steward's ref, so that another looks at an appeal. `until_at`: when a
    limit or a hold ends. `holds`: it only holds until a second steward has agreed. Another steward looks at
    every act: `reviewed_by`, and `review` "stands" or "lifted"."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    limit = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=REF)
    report = models.CharField(max_length=REF, blank=True, db_index=True)
    rule_number = models.PositiveSmallIntegerField(default=0)
    rule = EncryptedTextField(owner="person.ref")
    decided_by = models.CharField(max_length=REF)
    made_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)
    holds = models.BooleanField(default=False)
    reviewed_by = models.CharField(max_length=REF, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review = models.CharField(max_length=8, blank=True)
    lifted_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="everything", retention="a year", erasure=WITH_THE_OWNER)
class Debrief(models.Model):
    """What a steward wrote for themself after something heavy; nobody else reads it."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = EncryptedTextField(owner="person.ref")
    made_at = models.DateTimeField(default=clock.now)


@table(owner="", export="", retention="as long as the place: no word, no ref", erasure=NOBODYS)
class PublicAct(models.Model):
    """A line of the public log: in which week (its Monday, UTC) what was done, by which rule, and how the
    second look went. Nobody is in it."""

    week = models.DateField(db_index=True)
    kind = models.CharField(max_length=12)
    rule_number = models.PositiveSmallIntegerField(default=0)
    review = models.CharField(max_length=8, blank=True)
