"""How often somebody may try to sign in. The wait grows, and nobody can be locked out of a browser in which
they have signed in before: it is counted apart, whatever others try elsewhere."""

import ipaddress

from beenthere.foundation.limits import forget, seconds_to_wait, within
from beenthere.foundation.refs import SITE

from ..access import name_digest

# Tries within seconds; each further step waits longer.
BY_NAME = ((5, 300), (10, 3600), (20, 86400))
BY_NETWORK = ((30, 300), (120, 3600))
BY_BROWSER = ((6, 60), (20, 3600))
BY_COMING = ((30, 3600), (100, 86400))  # a group that meets in one room may all join there


def try_name(*, sign_in_name: str, network: str, known: str = "", by=SITE) -> float:
    """Seconds to wait before this name is tried again; 0 when it may be tried now, and then it is counted.
    `known` is the id of a browser that has signed in under it before."""
    if known:
        return _try([("browser", known, BY_BROWSER)])
    name = name_digest(sign_in_name)
    return _try([("name", name, BY_NAME), ("network", folded_network(network, by=by), BY_NETWORK)])


def try_network(*, network: str, by=SITE) -> float:
    """The same where no name is given: recovery codes, passkeys."""
    return _try([("network", folded_network(network, by=by), BY_NETWORK)])


def try_coming(*, network: str, by=SITE) -> float:
    """The same for joining and for leaving an address: else one program could fill the introductions of a
    whole place with people of its own, and write to addresses without end."""
    return _try([("coming", folded_network(network, by=by), BY_COMING)])


def try_second_step(*, person, network: str, known: str = "", by=SITE) -> float:
    """The same for the second step. Who knows her passphrase and not the code can make her wait in strange
    browsers alone: her own are counted apart, and a passkey opens without it."""
    if known:
        return _try([("second step in a browser", known, BY_BROWSER)])
    networks = ("network", folded_network(network, by=by), BY_NETWORK)
    return _try([("second step", person.ref, BY_NAME), networks])


def try_person(*, person, by=SITE) -> float:
    """The same for who is signed in and proves that it is them."""
    return _try([("person", person.ref, BY_BROWSER)])


def got_in(*, known: str, by=SITE) -> None:
    """Who got in has nothing to wait for in this browser."""
    for _most, seconds in BY_BROWSER:
        forget("sign in by browser", of=known, seconds=seconds)


def folded_network(address: str, *, by=SITE) -> str:
    """What one person can be expected to have: one IPv4 address, or a /64 of IPv6."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(given, ipaddress.IPv6Address) and given.ipv4_mapped:
        given = given.ipv4_mapped
    if isinstance(given, ipaddress.IPv4Address):
        return str(given)
    return str(ipaddress.ip_network((given, 64), strict=False))


def _try(counted: list[tuple[str, str, tuple]]) -> float:
    tiers = [(what, of, most, seconds) for what, of, steps in counted for most, seconds in steps]
    wait = max(
        seconds_to_wait(f"sign in by {what}", of=of, most=most, seconds=seconds)
        for what, of, most, seconds in tiers
    )
    if wait > 0:
        return wait
    counted = [
        within(f"sign in by {what}", of=of, most=most, seconds=seconds) for what, of, most, seconds in tiers
    ]
    return 0.0 if all(counted) else 1.0  # others came between: many at once are not more than one by one
