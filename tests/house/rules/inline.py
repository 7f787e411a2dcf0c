"""Nothing inline: no script, style or event attribute in a page, so that the strict CSP holds."""

import re
from pathlib import Path

from ..plan import files_of, place_of

INLINE = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)[^>]*>", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "script by text": re.compile(
        r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write\(|insertAdjacentHTML\("
    ),
}
# The report is one file that opens offline: its style stands in it, and its own CSP names the hash.
ONE_FILE = ("beenthere/matching/templates/matching/report/",)


def findings(root: Path) -> list[str]:
    """Templates and scripts with something inline."""
    found = []
    for path in [*files_of(root, "*.html"), *files_of(root, "*.svg"), *files_of(root, "*.js")]:
        if place_of(root, path).startswith(ONE_FILE):
            continue
        text = path.read_text(encoding="utf-8")
        for what, pattern in INLINE.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{place_of(root, path, line)}: {what}")
    return found
