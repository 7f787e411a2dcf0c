"""No address without a gate: what a visitor, a stranger and a steward get at every one of them."""

import re

from .world import World, addresses, filled, nobodys

DOORS = ("/sign-in/", "/me/prove/")
# What everybody may see, and why. Anything else leads a visitor to the door, or is not there for them.
OPEN = {
    "/": "the first screen",
    "/begin/": "coming here",
    "/begin/join/": "coming here",
    "/begin/address/": "leaving an address",
    "/begin/here/": "coming here",
    "/begin/with/<str:code>/": "an invitation: the link is the key",
    "/first/": "the first run of a place, until it is open",
    "/rules/": "to be read before joining",
    "/about/": "what this is",
    "/pairing/": "what the pairing of a spreadsheet is",
    "/demo/": "not there but in a demo",
    "/sign-in/": "the door",
    "/sign-in/code/": "the door",
    "/sign-out/": "whoever is signed in nowhere is signed out already",
    "/me/device/": "what this browser keeps, also when signed out",
    "/sign-in/recover/": "the door",
    "/mail/confirm/<str:token>/": "a link from a mail: the link is the key",
    "/mail/forget/<str:token>/": "a link from a mail: the link is the key",
    "/safety/goodbye/": "says goodbye to whoever comes",
    "/safety/log/": "the public log: nobody is in it",
    "/stories/": "pieces that their authors opened to anyone",
    "/stories/<str:ref>/": "pieces that their authors opened to anyone; else 404",
    "/gallery/": "parts of pages, with nobody in them",
    "/i18n/setlang/": "the language of the pages",
    "/api/v1/openapi.json": "what the API can do",
    "/api/v1/understand": "the first screen; nothing is kept",
}
OPEN_UNDER = (
    "/safety/papers/",
    "/api/v1/papers",
    "/help/",
    "/leave/",
    "/leaving/",
    "/api/v1/help",
    "/api/v1/place",
    "/api/v1/log",
    "/api/v1/crisis",
)


def findings(world: World) -> list[str]:
    """Where a visitor is let in, and where a stranger or a steward learns that something is there."""
    found = []
    for pattern in addresses():
        if not _is_open(pattern):
            found += _to_a_visitor(world, pattern)
        if "<" in pattern:
            found += _to_a_stranger(world, pattern)
    return found


def _is_open(pattern: str) -> bool:
    return pattern in OPEN or pattern.startswith(OPEN_UNDER)


def _to_a_visitor(world: World, pattern: str) -> list[str]:
    found = []
    for method in ("get", "post"):
        answer = world.ask("visitor", method, filled(pattern, nobodys()))
        led = answer.status_code == 302 and answer.url.startswith(DOORS)
        if not led and answer.status_code not in (401, 404, 405):
            found.append(
                f"{method.upper()} {pattern}: {answer.status_code} to a visitor, and no reason is told"
            )
    return found


def _to_a_stranger(world: World, pattern: str) -> list[str]:
    """With every ref of somebody else's, exactly what one gets with a ref of nothing at all."""
    found = []
    for method in ("get", "post"):
        nothing = world.ask("stranger", method, filled(pattern, nobodys()))
        for kind, ref in world.refs.items():
            answer = world.ask("stranger", method, filled(pattern, ref))
            if _told(world, answer) != _told(world, nothing):
                found.append(f"{method.upper()} {pattern}: a stranger learns of somebody's {kind}")
        for kind in ("talk", "said", "piece"):
            answer = world.ask("steward", method, filled(pattern, world.refs[kind]))
            nothing = world.ask("steward", method, filled(pattern, nobodys()))
            if _told(world, answer) != _told(world, nothing):
                found.append(f"{method.upper()} {pattern}: a steward learns of somebody's {kind}")
    return found


def _told(world: World, answer) -> tuple:
    """What can be learned from an answer; the ref one asked with is no news."""
    there = answer.headers.get("Location", "")
    return answer.status_code, _without_refs(there), _without_refs(world.masked(answer))


def _without_refs(text: str) -> str:
    return re.sub(r"(?<=/)[a-z0-9]{16}(?=/)|REF", "", text)
