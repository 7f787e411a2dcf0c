from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "beenthere.live"

    def ready(self) -> None:
        """The bus is there for whoever first has something to tell."""
        from beenthere.foundation.wire import PLUG
        from beenthere.live.bus import make_bus

        PLUG.make = make_bus
