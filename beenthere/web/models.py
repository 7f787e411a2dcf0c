"""That somebody is joining, so that a second press of the button leads to the same place."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.keys.fields import EncryptedTextField
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import WITH_THE_OWNER, table
from beenthere.people.models import Person

FIRST, JOINED, ADDRESS, DONE = "first", "joined", "address", "done"


@table(owner="person.ref", export="nothing: a day at most", retention="a day at most", erasure=WITH_THE_OWNER)
class Begun(models.Model):
    """A form to join that was sent (a keyed digest of its mark), and who came of it: nobody while it is
    being worked on. `sign_in_name` is here until its owner has written it down."""

    ref = RefField()
    nonce_digest = models.CharField(max_length=LENGTH, unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    sign_in_name = EncryptedTextField(owner="person.ref", null=True)
    kind = models.CharField(max_length=8, default=JOINED)
    made_at = models.DateTimeField(default=clock.now)
