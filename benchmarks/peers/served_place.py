"""Our whole place as `beenthere serve` serves it: its settings as they come, the process of the pages and the
worker beside it, sign-in cookies, gates, keys, FULL. Only the limit of messages a person may send is lifted,
as with the peers."""

import json
import os
import sys

from tests.services.server import free_port


def main(folder: str) -> None:
    for name in ("BEENTHERE_BUS", "BEENTHERE_LOG_LEVEL"):
        os.environ.pop(name, None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
    from beenthere.cli.serve import serve_place

    rooms = []

    def prepare() -> None:
        from benchmarks.peers.beenthere_room import make_rooms

        lift_the_limit()
        rooms.extend(make_rooms())

    def greet(address: str) -> None:
        from django.conf import settings

        facts = {"port": settings.PLACE.port, "cookie": settings.SIGN_IN_COOKIE, "rooms": rooms}
        print(json.dumps(facts), flush=True)

    serve_place(port=free_port(), data=folder, prepare=prepare, greet=greet)


def lift_the_limit() -> None:
    from beenthere.live.hub import Limits
    from beenthere.web import asgi

    made = asgi.site

    def site(*given):
        place = made(*given)
        place.hub.limits = Limits(says=10**9)
        return place

    asgi.site = site


if __name__ == "__main__":
    main(sys.argv[1])
