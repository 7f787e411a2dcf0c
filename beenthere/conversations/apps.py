from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "beenthere.conversations"

    def ready(self) -> None:
        from beenthere.foundation.leaving import PIECE, before_leaving
        from beenthere.foundation.registry import OWNERS, Owners
        from beenthere.ui.slots import fill

        from . import listeners  # noqa: F401  # they join by being imported
        from .actions import holding
        from .models.keeping import HOLD
        from .queries.holding import every_day, living_days
        from .views.parting import quiet_for

        OWNERS[HOLD] = Owners(living_days, every_day, lambda day: holding.forget_day(day=day))
        before_leaving(holding.hold_before_leaving)
        before_leaving(holding.hold_before_a_piece_goes, of=PIECE)
        fill("message", "conversations/been_there_link.html", order=10)
        fill("today", "conversations/today.html", brings=quiet_for)
