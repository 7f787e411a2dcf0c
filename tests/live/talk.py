"""Conversations in memory, for a hub without a database: who is in which, and what was said."""

import json
import threading
from dataclasses import dataclass, field

from beenthere.foundation import wire
from beenthere.live.hub import Door, Signs

PAGE = 20


@dataclass(frozen=True)
class Admitted:
    person_ref: str
    sign_in_ref: str


@dataclass(frozen=True)
class Draft:
    by: str
    conversation: str
    mark: str
    words: str


@dataclass(frozen=True)
class Outcome:
    number: int | None = None
    refused: str | None = None
    repeat: bool = False


@dataclass
class Talk:
    """Tokens are `token-<name>`, sign-ins `sign-in-<name>`. `shows` says whether a commit tells what
    everyone is shown, or the hub must read it back. `wants`: which signs each wants; shown is what all of
    a conversation want."""

    members: dict[str, set[str]]
    shows: bool = False
    said: dict[str, list[dict]] = field(default_factory=dict)
    marks: dict[tuple[str, str], int] = field(default_factory=dict)
    signed_out: set[str] = field(default_factory=set)
    batches: list[int] = field(default_factory=list)
    reads: list[tuple[str, str, int]] = field(default_factory=list)
    failing: bool = False
    wants: dict[str, set[str]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def door(self) -> Door:
        return Door(
            cookie="beenthere_sign_in_8000",
            admit=self.admit,
            alive=lambda refs: {ref for ref in refs if ref not in self.signed_out},
            may_read=lambda person, ref: person in self.members.get(ref, ()),
            read=self.read,
            commit=self.commit,
            draft=Draft,
            frame=self.frame if self.shows else lambda draft, outcome: None,
            signs=self.signs,
            page=PAGE,
            batch=f"talk {id(self)}",
        )

    def signs(self, person: str, ref: str) -> Signs:
        with self.lock:
            wanted = [self.wants.get(one, set()) for one in self.members[ref]]
            return Signs(f"member-{person}", frozenset(set.intersection(*wanted)))

    def admit(self, token: str) -> Admitted | None:
        name = token.removeprefix("token-")
        held = name != token and f"sign-in-{name}" not in self.signed_out
        return Admitted(name.split(".")[0], f"sign-in-{name}") if held else None

    def commit(self, drafts: list[Draft]) -> list[Outcome]:
        if self.failing:
            raise OSError("the disk is full")
        self.batches.append(len(drafts))
        with self.lock:
            outcomes = [self._kept(draft) for draft in drafts]
        for ref in {draft.conversation for draft in drafts}:
            wire.publish("talk.said", ref)
        return outcomes

    def _kept(self, draft: Draft) -> Outcome:
        if draft.by not in self.members.get(draft.conversation, ()):
            return Outcome(refused="not_here")
        if (draft.by, draft.mark) in self.marks:
            return Outcome(self.marks[draft.by, draft.mark], repeat=True)
        said = self.said.setdefault(draft.conversation, [])
        number = self.marks[draft.by, draft.mark] = len(said) + 1
        said.append(self._frame(draft, number))
        return Outcome(number)

    def say_elsewhere(self, ref: str, by: str, words: str) -> None:
        """As another process does it: kept, then told on the bus."""
        with self.lock:
            self._kept(Draft(by, ref, f"elsewhere-{len(self.marks)}", words))
        wire.publish("talk.said", ref)

    def read(self, person: str, ref: str, after: int) -> tuple[list[dict], int]:
        with self.lock:
            self.reads.append((person, ref, after))
            if person not in self.members.get(ref, ()):
                return [], after
            frames = self.said.get(ref, [])[after : after + PAGE]
            return frames, frames[-1]["number"] if frames else after

    def frame(self, draft: Draft, outcome: Outcome) -> dict:
        return self._frame(draft, outcome.number)

    def _frame(self, draft: Draft, number: int) -> dict:
        facts = {"number": number, "by": f"member-{draft.by}", "words": draft.words}
        return {"said": draft.conversation, **facts, "at": "2026-11-22T12:00:00+00:00", "withdrawn": False}


def tell(socket, **frame) -> None:
    socket.send(json.dumps(frame))


def hear(socket, timeout: float = 30) -> dict:
    return json.loads(socket.recv(timeout=timeout))
