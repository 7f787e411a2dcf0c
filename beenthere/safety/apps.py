from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "beenthere.safety"

    def ready(self) -> None:
        from beenthere.foundation.registry import OWNERS, Owners
        from beenthere.ui.slots import fill

        from . import actions, listeners, queries  # noqa: F401
        from .views.desk import limited, waiting
        from .views.muting import muting

        OWNERS["report"] = Owners(
            queries.living_reports, queries.every_report, lambda ref: actions.forget_report(ref=ref)
        )
        fill("message", "safety/report_message.html")
        fill("conversation", "safety/report_conversation.html")
        fill("conversation", "safety/mute_talk.html", brings=muting)
        fill("piece", "safety/about_piece.html")
        fill("introduction", "safety/about_card.html")
        fill("ended", "safety/report_ended.html")
        fill("account", "safety/account.html")
        fill("today", "safety/today.html", brings=waiting)
        fill("today", "safety/limited_today.html", order=10, brings=limited)
