"""Django's admin."""

ADMIN = "django.contrib.admin"
