"""docs/security.md says what the code does: its numbers and its lists are those of the code."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

from beenthere.api.tokens import ASKING
from beenthere.conversations.actions.writing import MOST_MUTED
from beenthere.conversations.core.clearing import MOST_WAITING
from beenthere.conversations.core.saying import MOST, MOST_MARK, MOST_NOTE
from beenthere.foundation.keys.wrapping import SIZE
from beenthere.foundation.refs import LENGTH
from beenthere.live.hub import Limits
from beenthere.matching.core.sheet import archives
from beenthere.matching.core.sheet import limits as sheets
from beenthere.people import access
from beenthere.people.actions import trying
from beenthere.people.actions.doors import CODES, MOST_PASSKEYS
from beenthere.people.actions.mail import CONFIRM_SECONDS, DAY, MOST_MAIL
from beenthere.people.actions.signing import MOST_BROWSERS
from beenthere.people.core import addresses, names, passphrases
from beenthere.safety.actions.reporting import MOST_A_DAY
from beenthere.settings import CONNECTIONS
from beenthere.stories import core as stories
from beenthere.web import asgi
from beenthere.web.middleware import SENDING
from tests.asvs.code import ROOT, importing

WHOLE = " ".join((ROOT / "docs" / "security.md").read_text(encoding="utf-8").split())


def part(title: str) -> str:
    """What stands under a heading."""
    return WHOLE.partition(f"## {title} ")[2].partition(" ## ")[0]


def steps(limit) -> list[str]:
    """A limit as one says it: `5 in 5 minutes`."""
    names_of = {60: "a minute", 300: "5 minutes", 3600: "an hour", 86400: "a day"}
    return [f"{most} in {names_of[seconds]}" for most, seconds in limit]


LIMITS = Limits()
SAID = {
    "Ways in": [
        *steps(trying.BY_NAME),
        *steps(trying.BY_NETWORK),
        *steps(trying.BY_BROWSER),
        *steps(trying.BY_COMING),
        f"each question once and within {access.ASKED_SECONDS // 60} minutes",
        f"A passphrase has {passphrases.LEAST} to {passphrases.MOST} characters",
        "one of ten",
        f"14 days, once, {CONFIRM_SECONDS // DAY} days",
        f"{MOST_MAIL} in a day",
        "nobody can lock somebody else out",
    ],
    "What may come in": [
        f"1 to {MOST} characters, note {MOST_NOTE}, mark {MOST_MARK}",
        f"1 to {stories.LONGEST} characters, at most {stories.MOST_EXPERIENCES} experiences",
        f"1 to {names.MOST} characters",
        f"{addresses.MOST} characters",
        f"{LENGTH} signs of Crockford's base 32",
        f"{asgi.MOST // asgi.KILO} KB within {asgi.SECONDS:.0f} seconds",
        f"socket {LIMITS.frame // 1024} KB",
        f"{LIMITS.sockets} sockets, {LIMITS.says} messages and {LIMITS.opens} openings",
        f"openings in {LIMITS.seconds:.0f} seconds",
        f"{MOST_WAITING} lines that wait, {MOST_MUTED} muted words, {MOST_PASSKEYS} passkeys",
        f"{MOST_A_DAY} reports in a day",
        f"{SENDING[True].most} things sent at once and {SENDING[True].each_second} a second",
        f"{SENDING[False].most} and {SENDING[False].each_second})",
        f"{ASKING.most} questions of programs and {ASKING.each_second} a second",
        f"{asgi.THREADS} pages are made at once",
        f"{CONNECTIONS} connections",
        "two passphrases are hashed at once",
    ],
    "Files": [
        f"{sheets.FILE // sheets.MEGABYTE} MB",
        f"{sheets.ROWS:,} rows".replace(",", " "),
        f"{sheets.COLUMNS:,} columns".replace(",", " "),
        f"unpacked {archives.INFLATED // archives.MEGABYTE} MB in {archives.PARTS:,} parts".replace(",", " "),
        f"{archives.RATIO} times its size",
        "CSV, .xlsx or .ods",
    ],
    "Keys": [
        "AES-256-GCM",
        "HMAC-SHA256",
        f"argon2id, 100 MB, {Hasher.time_cost} passes, {Hasher.parallelism} lanes",
        "NIST SP 800-57",
    ],
    "Sign-ins": [
        f"{access.LASTS.days} days after it was last seen, and {access.MOST.days} days after it was made",
        f"{access.SHARED_LASTS.seconds // 60} minutes unused",
        f"{access.SHARED_MOST.seconds // 3600} hours in all",
        f"One person has {MOST_BROWSERS} at most",
        f"{access.FRESH.seconds // 60} minutes",
        "NIST SP 800-63B",
        "256 random bits",
    ],
}


@pytest.mark.parametrize("title", sorted(SAID))
def test_numbers_are_those_of_the_code(title):
    assert [said for said in SAID[title] if said not in part(title)] == []


def test_numbers_of_keys_and_codes():
    assert (SIZE * 8, CODES, Hasher.memory_cost // 1024) == (256, 10, 100)


def test_words_that_no_passphrase_is_made_of_are_told():
    """6.1.2."""
    assert [word for word in passphrases.HERE if f"`{word}`" not in part("Ways in")] == []
    assert [
        word for word in passphrases.HERE if passphrases.passphrase_fault(f"{word} {word} 1") is None
    ] == []


WAYS = ("sign-in name and passphrase", "passkey", "recovery code", "token for programs", "the door of a demo")


def test_every_way_in_is_told():
    """6.1.3: with what it is, how strong, and its limits."""
    rows = re.findall(r"\| ([^|]+) \| [^|]+ \| [^|]+ \| [^|]+ \|", part("Ways in"))
    told = [row.strip() for row in rows]
    assert [one for one in WAYS if one not in told] == []


def test_who_may_do_what_is_told():
    """8.1.1, 8.1.2: each standing, and field by field."""
    told = part("Who may see what")
    for who in (
        "visitor",
        "member",
        "the other of a pair",
        "who waits or is suspended",
        "steward",
        "a program",
    ):
        assert f"| {who} |" in told
    assert [
        word for word in ("audience", "listed", "quotable", "standing", "mail address") if word not in told
    ] == []


def test_what_belongs_together_is_told():
    """2.1.2."""
    told = part("What may come in")
    words = ("quiet hours have both ends or none", "typed twice alike", "the one who did not make it")
    assert [one for one in words if one not in told] == []


def test_kinds_of_data_are_told():
    """14.1.1, 14.1.2: kind, what, at rest, in logs, how long."""
    rows = re.findall(
        r"\| (sealed|proven|bare|public) \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|", part("Kinds of data")
    )
    assert [row[0] for row in rows] == ["sealed", "proven", "bare", "public"]
    assert [cell for row in rows for cell in row if not cell.strip()] == []


def test_every_key_is_told():
    """11.1.1, 11.1.2: what for and not for, where it lives, when it is replaced."""
    told = part("Keys")
    keys = (
        "wrapping key",
        "data key of a person",
        "digests.key",
        "pages.key",
        "passphrase",
        "passkeys",
        "ledger",
    )
    rows = dict(re.findall(r"\| ([^|]+?) \|((?:[^|]+\|){5})", told))
    assert [one for one in keys if not any(name.startswith(one) for name in rows)] == []


def test_every_line_to_elsewhere_is_told():
    """13.1.1: what the code imports to reach others stands there by name, and what nobody may choose."""
    told = part("Lines to other machines")
    named = {"psycopg": "PostgreSQL", "redis": "Redis", "urllib.request": "`talk`"}
    assert [word for module, word in named.items() if importing(module) and word not in told] == []
    assert "none by a member" in told


def test_every_log_is_told():
    """16.1.1: what, where it goes, who reads it, how long."""
    told = part("Logs")
    rows = re.findall(r"\| (log|ledger|access log) \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|", told)
    assert [row[0] for row in rows] == ["log", "ledger", "access log"]
    assert [word for word in ("UTC", "logfmt", "standard error", "SHA-256") if word not in told] == []


def test_time_for_packages_is_told():
    """15.1.1: for a flaw by its reach, and for looking at all of them."""
    told = part("Packages")
    days = [int(found) for found in re.findall(r"(\d+) days", told)]
    assert days == [2, 14, 60]
    assert "`requirements/runtime.lock`" in told


def test_what_costs_much_is_told():
    """15.1.3."""
    told = part("What costs much")
    words = ("Hashing a passphrase", "pairing a sheet", "planning introductions", "search", "data along")
    assert [one for one in words if one not in told] == []


def test_it_can_be_read_in_one_go():
    assert len((ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()) <= 200
