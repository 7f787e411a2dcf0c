from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "beenthere.conversations"

    def ready(self) -> None:
        from . import listeners  # noqa: F401  # they join by being imported
