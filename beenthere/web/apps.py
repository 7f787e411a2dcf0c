from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "beenthere.web"

    def ready(self) -> None:
        from beenthere.ui.slots import fill
        from beenthere.web.doors import places

        fill("places", "ui/components/places.html", brings=places)
        fill("band", "web/demo_band.html")
        fill("foot", "web/foot.html")
