"""A person who points up at an introduction."""

from django.db import models


class Person(models.Model):
    introduction = models.ForeignKey("matching.Introduction", on_delete=models.CASCADE)
