"""Our own whole place for the benchmarks: sign-in cookies, gates, keys, FULL durability. Only the limit of
messages a person may send is lifted."""

import json
import os
import socket
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")


def main() -> None:
    from beenthere.cli.place import open_place, prepare_databases

    open_place()
    import uvicorn
    from django.conf import settings

    from beenthere.live.hub import Limits
    from beenthere.web.asgi import site

    prepare_databases()
    rooms = make_rooms()
    place = site()
    place.hub.limits = Limits(says=10**9)
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    facts = {"port": listening.getsockname()[1], "cookie": settings.SIGN_IN_COOKIE, "rooms": rooms}
    print(json.dumps(facts), flush=True)
    config = uvicorn.Config(
        place,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        access_log=False,
        log_config=None,
        log_level="error",
    )
    uvicorn.Server(config).run(sockets=[listening])


def make_rooms() -> list[tuple[str, list[str]]]:
    """Conversations with ten people each, and the tokens of their sign-ins."""
    from beenthere.conversations.actions import open_conversation
    from beenthere.foundation.refs import SITE
    from beenthere.people.actions import sign_in, welcome_person
    from benchmarks.rooms import ROOMS, SEATS

    rooms = []
    for _ in range(ROOMS):
        people = [welcome_person(name=f"Person {seat}", by=SITE) for seat in range(SEATS)]
        talk = open_conversation(people=[(one, "A name") for one in people], kind="circle", by=SITE)
        tokens = [sign_in(person=one, device="A browser", by=one)[1] for one in people]
        rooms.append((talk.ref, tokens))
    return rooms


if __name__ == "__main__":
    sys.exit(main())
