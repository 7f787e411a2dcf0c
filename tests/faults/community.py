"""Members who talk, made in a place that is not served yet. `python -m tests.faults.community <bug>`.

Six pairs and three groups of four; who sits where is told by the refs of conversations and the tokens of
sign-ins, as JSON: {"cookie": name, "seats": [[ref of a conversation, ref of a membership, token], ...]}.
"""

import json
import os
import sys

PAIRS, GROUPS, SEATS = 6, 3, 4


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
    from beenthere.cli.place import open_place, prepare_databases

    open_place()
    prepare_databases()
    from django.conf import settings

    seats = [seat for _ in range(PAIRS) for seat in talk(2, "pair")]
    seats += [seat for _ in range(GROUPS) for seat in talk(SEATS, "circle")]
    if sys.argv[1:] == ["keeps_twice"]:
        from tests.faults.planted import forget_marks

        forget_marks()
    print(json.dumps({"cookie": settings.SIGN_IN_COOKIE, "seats": seats}))


def talk(size: int, kind: str) -> list[tuple[str, str, str]]:
    """The seats of a new conversation."""
    from beenthere.conversations.actions import open_conversation
    from beenthere.foundation.refs import SITE
    from beenthere.people.actions import sign_in, welcome_person

    people = [welcome_person(name=f"Person {number}", by=SITE) for number in range(size)]
    row = open_conversation(people=[(one, "A name") for one in people], kind=kind, by=SITE)
    names = {one.person_ref: one.ref for one in row.memberships.all()}
    tokens = [sign_in(person=one, device="A browser", by=one)[1] for one in people]
    return [(row.ref, names[one.ref], token) for one, token in zip(people, tokens, strict=True)]


if __name__ == "__main__":
    main()
