"""SIGKILL under load, again and again: nothing promised is lost, nothing is kept or shown twice.

`python -m tests.faults.kills --rounds 1000 --database sqlite` kills the whole serving process;
`--database postgresql` kills the database server under it. `--bug` plants one, which must be found;
`--record` writes what was seen into benchmarks/RESULTS.md.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.faults.audit import audited
from tests.faults.planted import BUGS
from tests.faults.postmaster import Postmaster, own_server
from tests.faults.talkers import Talkers
from tests.faults.warm import Place, place

COMES_UP = 60.0
REST_EVERY = 100
WHOLE_EVERY = 25  # begun as people begin it, with its worker, and not from a prepared process
LIVES = (0.0, 0.35)  # seconds from the first promise of a life to its end
ANY_MOMENT = 0.1  # of the kills: also while it begins
LAST_WORDS = 0.05  # of the kills: nobody says anything after it that would bring what was said before


@dataclass
class Seen:
    rounds: int = 0
    kept: int = 0
    shown: int = 0
    resent: int = 0
    connects: int = 0
    seconds: float = 0.0
    under_way: int = 0  # messages that were sent and not promised at the moments of the kills
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.rounds} kills in {self.seconds:.0f} s with {self.under_way} messages under way then;",
            f"{self.kept} were promised, {self.shown} times one was shown, over {self.connects} sockets.",
            f"**{len(self.wrong)} lost, doubled, shown twice or skipped.**",
            *self.wrong[:20],
        ]


class Killing:
    """One campaign over a place; `kill` and `begin` do it to the place or to its database."""

    def __init__(self, served: Place, rounds: int, *, tell: Callable[[str], None]) -> None:
        self.place, self.rounds, self.tell = served, rounds, tell
        self.seen = Seen()

    async def kill(self, number: int) -> None:
        ended = await asyncio.to_thread(self.place.kill)
        if ended != -9:
            self.seen.wrong.append(
                f"the place had ended by itself, with {ended}:\n{self.place.said()[-2000:]}"
            )

    async def begin(self, number: int) -> None:
        whole = number % WHOLE_EVERY == WHOLE_EVERY - 1
        await asyncio.to_thread(lambda: self.place.start(whole=whole))

    async def run(self) -> Seen:
        began = time.monotonic()
        async with Talkers(self.place) as talkers:
            await asyncio.to_thread(self.place.start)
            await self._must_come_up(talkers)
            for number in range(self.rounds):
                if self.seen.wrong or talkers.wrong:
                    break
                await self._round(talkers, number)
                if number % REST_EVERY == REST_EVERY - 1 and number < self.rounds - 1:
                    await self._rest(talkers)
                    talkers.talk_on()
                    self.tell(f"{number + 1} kills, {talkers.kept} kept, {time.monotonic() - began:.0f} s")
            if not self.seen.wrong:
                await self._must_come_up(talkers)
            await self._rest(talkers)
            self._count(talkers, time.monotonic() - began)
        await asyncio.to_thread(self.place.kill)
        return self.seen

    async def _round(self, talkers: Talkers, number: int) -> None:
        if random.random() >= ANY_MOMENT:
            await self._must_come_up(talkers)
        await asyncio.sleep(random.uniform(*LIVES))
        last_words = random.random() < LAST_WORDS
        if last_words:
            talkers.fall_silent()
            await asyncio.sleep(random.uniform(0, 0.03))
        self.seen.under_way += sum(sum(one.pending.values()) for one in talkers.all)
        await self.kill(number)
        self.seen.rounds += 1
        await self.begin(number)
        if last_words:
            self.seen.wrong += await talkers.rest()
            talkers.talk_on()

    async def _must_come_up(self, talkers: Talkers) -> None:
        if not await talkers.until_kept(1, COMES_UP):
            self.seen.wrong.append(f"nothing was promised for {COMES_UP} s:\n{self.place.said()[-2000:]}")

    async def _rest(self, talkers: Talkers) -> None:
        left = await talkers.rest()
        found = await asyncio.to_thread(audited, self.place, talkers)
        self.seen.wrong += [line for line in [*left, *found] if line not in self.seen.wrong]

    def _count(self, talkers: Talkers, seconds: float) -> None:
        self.seen.wrong += talkers.wrong
        self.seen.kept, self.seen.shown, self.seen.seconds = talkers.kept, talkers.shown, seconds
        self.seen.resent = sum(one.resent for one in talkers.all)
        self.seen.connects = sum(one.connects for one in talkers.all)


class KillingTheDatabase(Killing):
    """The place goes on; its PostgreSQL server is killed, and begun again."""

    def __init__(self, served: Place, server: Postmaster, rounds: int, **given) -> None:
        super().__init__(served, rounds, **given)
        self.server = server

    async def kill(self, number: int) -> None:
        await asyncio.to_thread(lambda: self.server.kill(all_at_once=number % 2 == 0))

    async def begin(self, number: int) -> None:
        await asyncio.to_thread(self.server.start)


def campaign(
    rounds: int, database: str, *, bug: str = "none", tell: Callable[[str], None] = lambda line: None
) -> Seen:
    """What was seen of so many kills; `wrong` is empty when every promise was kept."""
    with ExitStack() as stack:
        if database == "sqlite":
            served = stack.enter_context(place(bug=bug))
            return asyncio.run(Killing(served, rounds, tell=tell).run())
        server = stack.enter_context(own_server())
        served = stack.enter_context(place(bug=bug, database=server.url))
        return asyncio.run(KillingTheDatabase(served, server, rounds, tell=tell).run())


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--bug", choices=list(BUGS), default="none")
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    seen = campaign(
        given.rounds,
        given.database,
        bug=given.bug,
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
    if given.record:
        from benchmarks.results import record

        what = "of the place (SQLite)" if given.database == "sqlite" else "of its PostgreSQL server"
        command = f"python -m tests.faults.kills --rounds {given.rounds} --database {given.database}"
        record(f"SIGKILL {what} under load", command, seen.lines())
    else:
        print(*seen.lines(), sep="\n")
    return int(bool(seen.wrong))


if __name__ == "__main__":
    sys.exit(main())
