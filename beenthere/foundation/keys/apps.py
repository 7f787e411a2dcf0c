from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class KeysConfig(AppConfig):
    """The key store: a database of its own, with its own migrations."""

    name = "beenthere.foundation.keys"
    label = "keys"

    def ready(self) -> None:
        pre_migrate.connect(make_schema, sender=self)


def make_schema(using: str, **news) -> None:
    """The schema of the key store is there before its first table (PostgreSQL)."""
    from django.conf import settings
    from django.db import connections

    if using == "keys" and connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {settings.KEY_SCHEMA}")
