"""V12, V13 and V16: what stands around a served place, as the files in deploy/ set it up."""

import configparser
import re

from beenthere.foundation.logs import formatter
from beenthere.foundation.tls import LOOPBACK
from beenthere.settings import Place
from tests.asvs.code import ROOT

DEPLOY = ROOT / "deploy"
CADDY = "\n".join(
    line for line in (DEPLOY / "Caddyfile").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
)
STRONG = re.compile(r"TLS_ECDHE_(?:ECDSA|RSA)_WITH_(?:AES_(?:128|256)_GCM|CHACHA20_POLY1305)_SHA(?:256|384)")


def said(name: str) -> list[list[str]]:
    """The words after `name`, wherever it begins a line."""
    lines = (line.split() for line in CADDY.splitlines())
    return [line[1:] for line in lines if line and line[0] == name]


def unit(name: str, section: str) -> configparser.SectionProxy:
    told = configparser.ConfigParser(strict=False, interpolation=None)
    told.optionxform = str
    told.read(DEPLOY / name, encoding="utf-8")
    return told[section]


def test_tls_is_of_today():
    """12.1.1: 1.2 at least, 1.3 at most, which Go prefers where both can."""
    assert [words for words in said("protocols") if words[0].startswith("tls")] == [["tls1.2", "tls1.3"]]


def test_suites_are_strong_and_the_strongest_come_first():
    """12.1.2: forward secrecy and authenticated encryption alone; those of 1.3 are all so."""
    (suites,) = said("ciphers")
    assert [one for one in suites if not STRONG.fullmatch(one)] == []
    strengths = ["128" in one for one in suites]
    assert strengths == sorted(strengths)


def test_the_certificate_is_one_that_browsers_know():
    """12.2.2: none of ours is named, so it is fetched by ACME."""
    assert said("tls") == [["{"]]
    assert re.findall(r"\binternal\b|self_signed|local_certs|skip_install_trust|http://", CADDY) == []


def test_it_hands_on_to_this_machine_alone():
    """12.2.1, 12.3.3, 4.1.3: to the port of the place, and with no header of others that says who asks."""
    (to, _brace) = said("reverse_proxy")[0]
    assert to == f"localhost:{Place.model_fields['port'].default}"
    assert said("header_up") == [["-Forwarded"], ["-X-Real-IP"]]
    assert (said("trusted_proxies"), said("admin"), LOOPBACK) == ([], [["off"]], ["127.0.0.1", "::1"])


def test_the_place_runs_as_nobody_else_and_reaches_nothing_else():
    """13.2.2, 13.2.4, 13.2.5, 13.3.2: an account of its own, its folder, the loopback."""
    told = unit("beenthere.service", "Service")
    wanted = {
        "User": "beenthere",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }
    assert {name: told[name] for name in wanted} == wanted
    assert told["LoadCredential"].startswith("wrapping.key:")
    text = (DEPLOY / "beenthere.service").read_text(encoding="utf-8")
    assert re.findall(r"(?i)password|secret=|BEENTHERE_WRAPPING_KEY=|BEENTHERE_MAIL=", text) == []


def test_the_log_is_kept_where_nobody_changes_it():
    """16.4.2: by another account, sealed; what the place writes, it cannot take back."""
    told, service = unit("journald.conf", "Journal"), unit("beenthere.service", "Service")
    assert (told["Storage"], told["Seal"], told["MaxRetentionSec"]) == ("persistent", "yes", "30day")
    assert (service["StandardError"], service["StandardOutput"]) == ("journal", "journal")
    assert formatter(terminal=False) is not None


def test_the_log_leaves_for_another_machine():
    """16.4.3: over TLS, with certificates on both sides."""
    told = unit("journal-upload.conf", "Upload")
    assert told["URL"].startswith("https://")
    assert [bool(told[f"{one}File"]) for one in ("ServerKey", "ServerCertificate", "TrustedCertificate")] == [
        True
    ] * 3


def test_docs_name_these_files():
    whole = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(DEPLOY.iterdir()) if f"deploy/{path.name}" not in whole] == []
