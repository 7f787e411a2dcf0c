from django.apps import AppConfig


class SignpostsConfig(AppConfig):
    name = "beenthere.signposts"

    def ready(self) -> None:
        from beenthere.ui.slots import fill

        from .views.strip import strip_of

        fill("head", "signposts/leave_script.html", order=10)
        fill("leave", "signposts/leave.html")
        fill("strip", "signposts/strip.html", brings=strip_of)
        fill("help-now", "signposts/help_link.html")
