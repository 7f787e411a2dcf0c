"""A field that turns a life into a file."""

from django.db import models


class Person(models.Model):
    risk_score = models.IntegerField()
