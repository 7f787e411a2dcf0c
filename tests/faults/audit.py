"""What the database holds, beside what people were promised and shown. Asked in SQL, past our own code."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import psycopg

from tests.faults.talkers import Talkers

MESSAGES = """
SELECT conversation.ref, message.number, member.ref, message.mark
FROM conversations_message AS message
JOIN conversations_conversation AS conversation ON conversation.id = message.conversation_id
JOIN conversations_membership AS member ON member.id = message.author_id
ORDER BY conversation.ref, message.number, message.id
"""
COUNTERS = "SELECT ref, last_number FROM conversations_conversation"


def rows_of(place, question: str) -> list[tuple]:
    if place.database:
        with psycopg.connect(place.database) as connection:
            return connection.execute(question).fetchall()
    with closing(sqlite3.connect(Path(place.folder) / "beenthere.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def audited(place, talkers: Talkers) -> list[str]:
    """Every promise that was not kept, each as a line; all of them have come to rest before."""
    there: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for ref, *message in rows_of(place, MESSAGES):
        there[ref].append(tuple(message))
    wrong = []
    for ref, last in rows_of(place, COUNTERS):
        numbers = [number for number, _, _ in there[ref]]
        if numbers != list(range(1, last + 1)):
            wrong.append(f"numbers of a conversation: {last} counted, {len(numbers)} there, or a hole")
    for one in talkers.all:
        mine = there[one.ref]
        places: dict[str, list[int]] = defaultdict(list)
        for number, member, mark in mine:
            if member == one.membership:
                places[mark].append(number)
        for mark, number in one.kept.items():
            if number not in places[mark]:
                wrong.append(f"lost: {mark} was promised as {number}, is at {places[mark]}")
        wrong += [f"doubled: {mark} at {found}" for mark, found in places.items() if len(found) > 1]
        shown = {number: (one.by[number], one.seen[number]) for number in one.seen}
        if shown != {number: (member, mark) for number, member, mark in mine}:
            wrong.append(f"{one.name} was shown {len(shown)} of {len(mine)}, or others")
    return wrong
