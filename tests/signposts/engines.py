"""The second engine: `rules.js` in a Node.js that is asked many things at once."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from beenthere.signposts.core.outside import FILE, KINDS, heard

SUITE = Path(__file__).parent / "outside"
ASK = """
import { readFileSync } from "node:fs";
const { rules, hear } = await import(process.argv[1]);
const known = rules(JSON.parse(readFileSync(process.argv[2], "utf8")));
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map((words) => [...hear(known, words)])));
"""


def suite(name: str) -> list[dict[str, str]]:
    """The lines of `disguised` or `ordinary`; those with an even index may be looked at, the others not."""
    text = (SUITE / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def kinds_heard(words: str) -> list[str]:
    """The server's answer as the browser gives it: the kinds, each once, in the order of `KINDS`."""
    found = {one.kind for one in heard(words)}
    return [kind for kind in KINDS if kind in found]


def kinds_heard_by(node: Path, asked: Iterable[str]) -> list[list[str]]:
    """What the browser's engine hears in each of these words that leads outside, in the order of `KINDS`."""
    return [[kind for kind in KINDS if kind in heard] for heard in found_by(node, FILE, asked)]


def found_by(node: Path, file: Path, asked: Iterable[str]) -> list[set[str]]:
    """The kinds that `rules.js` finds in each of these words by the rules of this file. Raises
    CalledProcessError when the script fails."""
    script = FILE.with_name("rules.js").as_uri()
    command = [str(node), "--input-type=module", "-e", ASK, script, str(file)]
    told = json.dumps(list(asked))
    ran = subprocess.run(command, input=told, capture_output=True, check=True, encoding="utf-8", timeout=300)
    return [set(one) for one in json.loads(ran.stdout)]
