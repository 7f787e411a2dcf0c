"""Templates obey the floors: a page includes and links to its own app or to lower ones."""

import re
from pathlib import Path

from ..plan import FLOOR, app_of, files_of, place_of

USES = re.compile(r"""{%\s*(?:include|extends)\s+["']([\w-]+)/|{%\s*url\s+["']([\w-]+):""")


def findings(root: Path) -> list[str]:
    """Templates that reach for an app above their own, or for a stranger on their floor."""
    found = []
    for path in files_of(root, "*.html"):
        app = app_of(root, path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for names in USES.findall(line):
                other = names[0] or names[1]
                if other != app and FLOOR.get(other, 0) >= FLOOR[app]:
                    found.append(f"{place_of(root, path, number)}: {app} reaches up to {other}")
    return found
