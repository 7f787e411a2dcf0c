"""No page asks another host for anything. A link that a person may follow is no request."""

import re
from pathlib import Path

from ..plan import files_of, place_of

HOST = r"(?:https?:)?//[\w\[]"
REQUESTS = (
    re.compile(
        rf"<(?:script|img|iframe|video|audio|source|embed|input)\b[^>]*\s(?:src|srcset|poster)\s*=\s*[\"']{HOST}"
    ),
    re.compile(rf"<link\b[^>]*\shref\s*=\s*[\"']{HOST}"),
    re.compile(rf"<form\b[^>]*\saction\s*=\s*[\"']{HOST}"),
    re.compile(rf"\bhx-(?:get|post|put|delete)\s*=\s*[\"']{HOST}"),
    re.compile(rf"url\(\s*[\"']?{HOST}"),
    re.compile(rf"@import\s+[\"']{HOST}"),
    re.compile(rf"(?:fetch|import|WebSocket|EventSource|sendBeacon)\(\s*[`\"']{HOST}"),
)


def findings(root: Path) -> list[str]:
    """Pages, styles and scripts that would make a request to another host."""
    found = []
    for pattern in ("*.html", "*.css", "*.js", "*.svg"):
        for path in files_of(root, pattern):
            text = path.read_text(encoding="utf-8")
            for request in REQUESTS:
                for match in request.finditer(text):
                    line = text.count("\n", 0, match.start()) + 1
                    found.append(f"{place_of(root, path, line)}: a request to another host")
    return found
