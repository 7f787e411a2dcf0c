"""How quickly a page is blank after *Leave this page now*.

    python -m benchmarks.quick_exit [--times 50] [--lines 1000] [--record]

A real Chromium shows a page of `--lines` paragraphs with our own `leave.js`. Measured inside the page, from
the event of the last Shift to the first frame after it, in which nothing of the page is left. The other place
is a blank stand-in; what it takes to appear is not ours, and is not counted.
"""

import argparse
import statistics
from pathlib import Path

from benchmarks.results import record
from tests.services import chromium
from tests.services.found import remembered

ROOT = Path(__file__).resolve().parents[1] / "beenthere"
HERE, ELSEWHERE, GOAL = "http://place.test/", "http://elsewhere.test/", 100.0
PAGE = """<!doctype html><html lang="en"><head><title>A page</title><style>{style}</style>
<script src="/leave.js"></script></head><body>
<a class="act leave" id="leave" href="/leave/" data-to="{elsewhere}" data-pressed="a" data-again="b">Leave</a>
<span id="leave-said" role="status"></span>{lines}</body></html>"""
# Two frames: the second begins when what the first one drew is on its way to the screen.
WATCH = """() => addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || !document.documentElement.classList.contains("leaving")) return;
  const began = event.timeStamp;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    console.info(`blank ${performance.now() - began} ${document.body.innerText.trim().length}`);
  }));
})"""


def measured(times: int, lines: int) -> tuple[list[float], set[str]]:
    """Milliseconds of each time, and how many characters could still be read then (always "0")."""
    style = (ROOT / "ui/static/ui/base.css").read_text(encoding="utf-8")
    text = "".join(f"<p>{'Some words of one line. ' * 8}{number}</p>" for number in range(lines))
    page_text = PAGE.format(style=style, elsewhere=ELSEWHERE, lines=text)
    script = (ROOT / "signposts/static/signposts/leave.js").read_text(encoding="utf-8")
    took, left = [], set()
    with chromium.opened(remembered("chromium"), remembered("node")) as browser:
        page = browser.new_context().new_page()
        answers = {"": (page_text, "text/html"), "leave.js": (script, "text/javascript")}

        def answer(route) -> None:
            body, kind = answers.get(route.request.url.removeprefix(HERE), ("", "text/html"))
            route.fulfill(body=body, content_type=kind)

        def elsewhere(route) -> None:
            page.wait_for_timeout(150)  # no neutral place is nearer than that
            route.fulfill(body="Elsewhere", content_type="text/html")

        def heard(said) -> None:
            if said.text.startswith("blank "):
                _, milliseconds, characters = said.text.split()
                took.append(float(milliseconds))
                left.add(characters)

        page.on("console", heard)
        page.route(f"{HERE}**", answer)
        page.route(f"{ELSEWHERE}**", elsewhere)
        for _ in range(times):
            page.goto(HERE)
            page.evaluate(WATCH)
            for _ in range(3):
                page.keyboard.press("Shift")
            page.wait_for_url(ELSEWHERE)
    return took, left


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    took, left = measured(asked.times, asked.lines)
    took.sort()
    lines = [
        "| what | milliseconds |",
        "|---|---|",
        f"| half of the times, under | {statistics.median(took):.1f} |",
        f"| 95 of 100, under | {took[int(len(took) * 0.95) - 1]:.1f} |",
        f"| the slowest of {len(took)} | {took[-1]:.1f} |",
        "",
        f"Goal: under {GOAL:.0f} ms. Characters that could be read in that frame: {', '.join(sorted(left))}.",
    ]
    command = f"python -m benchmarks.quick_exit --times {asked.times} --lines {asked.lines}"
    if asked.record:
        record("Leaving a page quickly", command, lines)
    else:
        print(*lines, sep="\n")


if __name__ == "__main__":
    main()
