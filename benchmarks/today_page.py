"""A page of Today with 50 conversations and three introductions: python -m benchmarks.today_page [--times N]

Server time of the whole page in this process, from the request to its last byte: sign-in, gates, keys,
template. The memory is settled as the process of the pages does it. Target: at most 8 questions to the
database, under 15 ms at the median. No peer: none is asked for.
"""

import argparse
import time
from statistics import median

from benchmarks.places import place

CONVERSATIONS, CARDS = 50, 3
QUESTIONS, TARGET = 8, 0.015
ABOUT = {"experiences": [{"experience": "loss-of-a-parent", "known": True, "stand": None}], "language": "en"}


def fill():
    """Ana, with everything that Today can show; a browser that is signed in as her."""
    from django.conf import settings
    from django.test import Client

    from beenthere.conversations.actions import Draft, open_conversation, send_messages
    from beenthere.foundation.refs import SITE
    from beenthere.matching.actions import propose, tell
    from beenthere.people.actions import make_recovery_codes, sign_in, welcome_person
    from beenthere.stories.actions import write_piece

    def come(name: str, words: str):
        one = welcome_person(name=name, prefers={"language": "en", "timezone": "UTC"}, by=SITE)
        write_piece(words=words, about=ABOUT, audience="introduced", quotable=True, by=one)
        tell(held={"experiences": ABOUT["experiences"], "languages": ["en"]}, by=one)
        return one

    ana = come("Ana", "My mum died two years ago, and I looked after her at home.")
    for number in range(CARDS):
        come(f"Ben {number}", "My mother died in spring. I cared for her for a year.")
    propose(person_refs=[ana.ref], by=SITE)
    for number in range(CONVERSATIONS):
        peer = welcome_person(name=f"Peer {number}", prefers={}, by=SITE)
        row = open_conversation(people=[(ana, "Ana"), (peer, f"Peer {number}")], by=SITE)
        send_messages([Draft(peer.ref, row.ref, "m", "Are you there?")])
    make_recovery_codes(by=ana)
    _, token = sign_in(person=ana, device="benchmark", by=SITE)
    browser = Client(SERVER_NAME="localhost")
    browser.cookies[settings.SIGN_IN_COOKIE] = token
    return browser


def main() -> None:
    asked = argparse.ArgumentParser(description="The server time of a page of Today.")
    asked.add_argument("--times", type=int, default=300)
    given = asked.parse_args()
    with place():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from beenthere.cli.pages import settle_memory
        from benchmarks.results import record

        browser = fill()
        settle_memory()
        assert browser.get("/today/").status_code == 200
        with CaptureQueriesContext(connection) as captured:
            page = browser.get("/today/")
        questions = len(captured)
        assert len(page.content) > 5000, "this is not the page"
        took = []
        for _ in range(given.times):
            began = time.perf_counter()
            assert browser.get("/today/").status_code == 200
            took.append(time.perf_counter() - began)
        took.sort()
        half, most = median(took), took[len(took) * 99 // 100]
        reached = "reached" if half < TARGET and questions <= QUESTIONS else "**not reached**"
        record(
            "A page of Today",
            f"python -m benchmarks.today_page --times {given.times}",
            [
                f"{CONVERSATIONS} conversations, {CARDS} introductions, {given.times} pages.",
                "",
                "| questions to the database | median | 99 of 100 | target |",
                "|---|---|---|---|",
                f"| {questions} | {half * 1000:.1f} ms | {most * 1000:.1f} ms | "
                f"{QUESTIONS} and {TARGET * 1000:.0f} ms: {reached} |",
            ],
        )


if __name__ == "__main__":
    main()
