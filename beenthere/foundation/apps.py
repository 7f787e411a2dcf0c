from django.apps import AppConfig
from django.db.backends.signals import connection_created


class FoundationConfig(AppConfig):
    name = "beenthere.foundation"

    def ready(self) -> None:
        from .pragmas import refuse_unsafe

        connection_created.connect(refuse_unsafe, dispatch_uid="pragmas")
