"""Inside a pair: what the one may, the other may; what the one is shown, the other is shown."""

import re

from .world import World, addresses, filled

# Drawn for each of them alone: refs of rows that are made just now, keys of a browser.
EACHS_OWN = re.compile(r"(?<=\")(?:[0-9a-hjkmnp-tv-z]{16}|[0-9a-f]{64})(?=\")")
METHODS = ("get", "post", "put", "patch", "delete")


def findings(world: World) -> list[str]:
    """Where the two get different answers, in a conversation where neither has done anything yet."""
    found = []
    for pattern in addresses():
        if "<" not in pattern:
            continue
        address = filled(pattern, world.talk.ref)
        for method in METHODS:
            one, other = (world.ask(who, method, address) for who in ("one", "other"))
            if one.status_code != other.status_code:
                found.append(f"{method.upper()} {pattern}: {one.status_code} and {other.status_code}")
            elif _shown(world, one, "one") != _shown(world, other, "other"):
                found.append(f"{method.upper()} {pattern}: the two are shown different things")
    return found


def _shown(world: World, answer, who: str) -> str:
    """What is shown, with the two memberships named by whose they are."""
    text = world.masked(answer)
    for row in world.talk.memberships.select_related("person"):
        text = text.replace(row.ref, "MINE" if row.person_id == world.people[who].pk else "THEIRS")
    return EACHS_OWN.sub("OWN", text)
