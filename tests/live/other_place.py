"""A process with a hub and a conversation of Ana and Ben in memory, for tests of what passes between two:

    python -m tests.live.other_place first|other

Prints its port. Only the bus of the settings joins it to others.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
TALK = "talk0001"
BOTH = {"here", "typing", "read"}


def main(which: str) -> None:
    import django

    django.setup()
    from beenthere.foundation.wire import PLUG
    from beenthere.live.bus import make_bus
    from beenthere.live.hub import Hub, Limits
    from beenthere.web.asgi import Site
    from tests.live.talk import Talk
    from tests.services.place import served_in_thread

    PLUG.plug(make_bus(listening=which == "first"))
    talk = Talk({TALK: {"ana", "ben"}}, wants={"ana": BOTH, "ben": BOTH})
    hub = Hub(talk.door(), Limits(repeat=0.5, forget=2.0, sweep=0.1))
    with served_in_thread(Site(None, uploads=False, hub=hub), hub) as place:
        print(place.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
