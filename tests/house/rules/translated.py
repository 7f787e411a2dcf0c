"""Every string a person reads goes through gettext: no bare words in a template."""

import ast
import re
from pathlib import Path

from ..plan import code_of, files_of, place_of

BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment\b.*?endcomment\s*%}",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
QUIET = re.compile(r"<(script|style|code|pre|kbd)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
SPEAKING = re.compile(
    r"\s(?:title|alt|placeholder|aria-label|label|hint)=[\"']([^\"'{]*[A-Za-z]{2,}[^\"'{]*)[\"']"
)
WORDS = re.compile(r"[^\W\d_]{2,}")
GATHERED = {"sentence", "_", "gettext", "gettext_lazy", "ngettext"}
# Names stay names in every language.
NAMES = {"Beenthere", "CSV", "xlsx", "ods", "English", "Español"}


def findings(root: Path) -> list[str]:
    """Bare words in templates, in text or in attributes that are read out; in code, a string that cannot be
    gathered because it is no literal."""
    found = _not_literal(root)
    for path in files_of(root, "*.html"):
        text = path.read_text(encoding="utf-8")
        for pattern in (BLOCK, QUIET):
            text = pattern.sub(lambda match: "\n" * match.group().count("\n"), text)
        text = TAGS.sub(lambda match: "{}" + "\n" * match.group().count("\n"), text)
        for match in SPEAKING.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{place_of(root, path, line)}: “{match.group(1)}” is not translated")
        bare = re.sub(r"<[^>]*>", lambda match: "\n" * match.group().count("\n"), text)
        for number, line in enumerate(bare.splitlines(), 1):
            words = [word for word in WORDS.findall(line.replace("&nbsp;", " ")) if word not in NAMES]
            if words:
                found.append(f"{place_of(root, path, number)}: “{' '.join(words)}” is not translated")
    return found


def _not_literal(root: Path) -> list[str]:
    found = []
    for path in code_of(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in GATHERED and node.args and not isinstance(node.args[0], ast.Constant):
                found.append(f"{place_of(root, path, node.lineno)}: {name}() of what is no literal")
    return found
