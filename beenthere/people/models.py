"""The people of the place: who they are to themselves, how they sign in, their boundaries, and with
whom they are in company. Only refs of people are kept in plain."""

import secrets

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.keys.fields import EncryptedJSONField, EncryptedTextField
from beenthere.foundation.refs import LENGTH as REF
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, WITH_THE_OWNER, table

MEMBER, ADDRESS, ASKING, SUSPENDED = "member", "address", "asking", "suspended"
STANDINGS = [(one, one) for one in (MEMBER, ADDRESS, ASKING, SUSPENDED)]
ROOM = 3  # people at first; each chooses their own number
# Where somebody can be muted.
TALK, FROM_PIECE = "talk", "piece"
# What stewards can limit, each until a day.
SLOW, NO_INTRODUCTIONS, CIRCLE_ONLY, AWAY = "slow", "no_introductions", "circle_only", "away"
LIMITS = (SLOW, NO_INTRODUCTIONS, CIRCLE_ONLY, AWAY)


def new_seed() -> str:
    """Chance for `SignIn.seed`."""
    return secrets.token_urlsafe(32)


@table(owner="ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Person(models.Model):
    """Anyone here. `name` is what they want to be called where nothing else was chosen.

    `prefers` is plain JSON: `language`, `timezone`, `mail` (a mail when something waits),
    `sender` (the neutral name such mail comes under), `quiet_since` and `quiet_until` ("22:00": in between,
    on the clock of their time zone, no such mail leaves), `strip` (False: no quiet strip at crisis words),
    `plain` (pages under a neutral title and icon). Who only left an address has standing ADDRESS and
    is gone at `ends_at`. `vouched_at`: from then on they are no newcomer to anybody (`queries/vouching.py`).
    """

    ref = RefField()
    name = EncryptedTextField(owner="ref")
    prefers = EncryptedJSONField(owner="ref", default=dict)
    standing = models.CharField(max_length=10, choices=STANDINGS, default=MEMBER)
    capacity = models.PositiveSmallIntegerField(default=ROOM)
    paused_at = models.DateTimeField(null=True)
    room_now_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    # Who invited them: the ref of a person, or "". It goes when that person leaves.
    let_in_by = models.CharField(max_length=REF, blank=True)
    vouched_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="everything", retention="until it ends", erasure=WITH_THE_OWNER)
class Limit(models.Model):
    """What somebody cannot do here until `until_at`, as a steward decided (`act`: the ref of that)."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="limits")
    what = models.CharField(max_length=16)
    act = models.CharField(max_length=REF, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(db_index=True)


@table(owner="by_person.ref", export="everything", retention="until taken back", erasure=WITH_THE_OWNER)
class Mute(models.Model):
    """That somebody does not want to see what another writes, nor be told of it: in the conversation
    `subject` (`kind` "talk"), or from the piece `subject` on ("piece"). The other never learns of it, and
    what they can do stays the same. One place each: what is muted in one does not tell who wrote another."""

    ref = RefField()
    by_person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mutes")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6)
    subject = models.CharField(max_length=REF)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by_person", "kind", "subject"], name="muted_once")]


@table(owner="person.ref", export="how many", retention="until taken back", erasure=WITH_THE_OWNER)
class NeverMeet(models.Model):
    """Somebody whom a person never wants to be introduced to, as the keyed digest of an address or a name:
    the place itself cannot read whom. `hint` is what the person calls it, for themself."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="never_meets")
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=LENGTH, db_index=True)
    hint = EncryptedTextField(owner="person.ref", null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "digest"], name="never_once")]


@table(owner="person.ref", export="that I have one", retention="until taken away", erasure=WITH_THE_OWNER)
class OneTimeCodes(models.Model):
    """Codes of an app (TOTP, RFC 6238) as a second step beside the passphrase. `last_step`: a code opens
    once."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="one_time_codes")
    secret = EncryptedTextField(owner="person.ref")
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="that I have one", retention="until they leave", erasure=WITH_THE_OWNER)
class Passphrase(models.Model):
    """A passphrase, hashed with argon2, and the private sign-in name that the site drew."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="passphrase")
    name_digest = models.CharField(max_length=LENGTH, unique=True)
    hashed = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=clock.now)


@table(owner="person.ref", export="names and times", retention="until taken away", erasure=WITH_THE_OWNER)
class Passkey(models.Model):
    """A passkey. `credential` is plain JSON: id, public key, sign count, what its owner calls it."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    id_digest = models.CharField(max_length=LENGTH, unique=True)
    credential = EncryptedJSONField(owner="person.ref")
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="how many are left", retention="until used", erasure=WITH_THE_OWNER)
class RecoveryCode(models.Model):
    """One of ten codes that open the door once each."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_digest = models.CharField(max_length=LENGTH, unique=True)
    made_at = models.DateTimeField(default=clock.now)


@table(owner="person.ref", export="everything but seed", retention="until it ends", erasure=WITH_THE_OWNER)
class SignIn(models.Model):
    """A browser that is signed in. The token itself is only in its cookie. On a `shared` device it ends soon
    and nothing is kept there. What is kept elsewhere is sealed with a key made of `seed`, which goes with
    this row and stays when the token changes."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    token_digest = models.CharField(max_length=LENGTH, unique=True)
    device = EncryptedTextField(owner="person.ref")
    made_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    proved_at = models.DateTimeField(default=clock.now)  # who it is was last shown, not only the cookie
    shared = models.BooleanField(default=False)
    seed = models.CharField(max_length=LENGTH, default=new_seed)
    ends_at = models.DateTimeField()


@table(owner="person.ref", export="everything", retention="until taken away", erasure=WITH_THE_OWNER)
class AccessToken(models.Model):
    """A token for the API, made by its owner. The token itself is shown once."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    token_digest = models.CharField(max_length=LENGTH, unique=True)
    label = EncryptedTextField(owner="person.ref")
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)


@table(owner="person.ref", export="everything", retention="until taken away", erasure=WITH_THE_OWNER)
class MailAddress(models.Model):
    """Where mail goes. The digest (of the folded address) finds it, the address is sealed."""

    ref = RefField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_address")
    address_digest = models.CharField(max_length=LENGTH, db_index=True)
    address = EncryptedTextField(owner="person.ref")
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # the last mail that something waits
    made_at = models.DateTimeField(default=clock.now)


@table(owner="by_person.ref", export="everything", retention="until taken back", erasure=WITH_THE_OWNER)
class Block(models.Model):
    """Two people who shall not meet, because one of them said so. It holds both ways, and goes when
    either leaves."""

    ref = RefField()
    by_person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by_person", "other"], name="one_block_each")]


@table(owner="person.ref", export="", retention="until they leave", erasure=WITH_THE_OWNER)
class Company(models.Model):
    """That a person is in an introduction, a pair or a circle: (`kind`, `subject`). Upper apps write it
    through `people.actions`; it is how lower apps know who is with whom."""

    ref = RefField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="company")
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=REF, db_index=True)
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "subject"], name="in_company_once")]


@table(owner="", export="", retention="until used, 30 days at most", erasure=BY_AGE)
class Invitation(models.Model):
    """A link by which somebody may join. The code itself is only in the link. `purpose` is what an app above
    gave it for, "" for nothing but joining. `vouches`: who comes by it is known to those who look after this
    place; else a member invited them."""

    ref = RefField()
    code_digest = models.CharField(max_length=LENGTH, unique=True)
    purpose = models.CharField(max_length=12, blank=True)
    vouches = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
