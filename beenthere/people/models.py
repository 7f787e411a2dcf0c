"""The people of the place. For now a ref and a name."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import EncryptedTextField
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import WITH_THE_OWNER, table


@table(owner="ref", export="everything", retention="until they leave", erasure=WITH_THE_OWNER)
class Person(models.Model):
    """Anyone here. `name` is what they want to be called."""

    ref = RefField()
    name = EncryptedTextField(owner="ref")
    made_at = models.DateTimeField(default=clock.now)
