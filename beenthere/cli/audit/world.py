"""Somebody to look with: two equals in a conversation, a stranger, a steward, a visitor; and what the first
of the equals has."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from beenthere.api.tokens import ASKING
from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.writing import undone
from beenthere.people.actions import make_access_token, sign_in, welcome_person
from beenthere.people.models import Person
from beenthere.safety.actions import make_report, name_steward
from beenthere.stories.actions import write_piece
from beenthere.web.middleware import SENDING

HOST = "localhost"
# What a page draws anew each time.
DRAWN = re.compile(r'(name="(?:csrfmiddlewaretoken|mark|asked|carried|asker)" value=)"[^"]*"')
A_REF = re.compile(r"<str:\w+>")
ABOUT = {"experiences": [], "language": "en"}
GIVEN = {"words": "A word.", "name": "Wren", "number": "1", "mark": "m9", "answer": "yes", "rule": "1"}


class World:
    """`talk`: nothing was said in it yet. `said`: each said one thing. `refs`: what names something of the
    first of the two."""

    def __init__(self) -> None:
        names = ("one", "other", "stranger", "steward")
        self.people = {name: _member("Sol" if name == "steward" else "Wren") for name in names}
        one, other = self.people["one"], self.people["other"]
        name_steward(person=self.people["steward"], by=SITE)
        self.browsers = {name: _browser(person) for name, person in self.people.items()}
        self.browsers["visitor"] = Client(HTTP_HOST=HOST)
        self.tokens = {name: make_access_token(label="", by=row)[1] for name, row in self.people.items()}
        self.talk = open_conversation(people=[(one, "Wren"), (other, "Wren")], by=SITE)
        self.said = open_conversation(people=[(one, "Wren"), (other, "Wren")], by=SITE)
        send_messages([Draft(who.ref, self.said.ref, "m1", "A word.") for who in (one, other)])
        self.report = make_report(conversation=self.said, numbers={2}, note="", by=one)
        pieces = [
            write_piece(words="Mine alone.", about=ABOUT, audience="me", by=who) for who in (one, other)
        ]
        self.others_piece = pieces[1].ref
        self.refs = {
            "talk": self.talk.ref,
            "said": self.said.ref,
            "piece": pieces[0].ref,
            "report": self.report.ref,
        }

    def ask(self, who: str, method: str, address: str, **given) -> HttpResponse:
        """What `who` gets there; afterwards all is as it was."""
        if address.startswith("/api/") and who != "visitor":
            given["headers"] = {"Authorization": f"Bearer {self.tokens[who]}"}
        if method != "get":
            given["data"] = GIVEN
            if address.startswith("/api/"):
                given["content_type"] = "application/json"
        for pace in (*SENDING.values(), ASKING):
            pace.forget()  # thousands are asked in a minute, and an answer that is late tells nothing
        with undone():
            return getattr(self.browsers[who], method)(address, **given)

    def masked(self, answer: HttpResponse) -> str:
        """What it says, without what is drawn anew and without any ref."""
        text = DRAWN.sub(
            r"\1", b"".join(answer).decode(errors="replace") if answer.streaming else _text(answer)
        )
        for ref in (*self.refs.values(), self.others_piece):
            text = text.replace(ref, "REF")
        return text


def addresses(resolver=None, before: str = "/") -> list[str]:
    """Every address that is answered, as its pattern, in order."""
    found = []
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern)
        found += addresses(one, whole) if isinstance(one, URLResolver) else [whole]
    return found


def filled(pattern: str, ref: str) -> str:
    """The address that names `ref`, or nothing where it names nothing."""
    return re.sub(r"<\w+:(\w+)>|<(\w+)>", lambda name: "1" if "number" in name[0] else ref, pattern)


def nobodys() -> str:
    return new_ref()


def _text(answer: HttpResponse) -> str:
    return answer.content.decode(errors="replace")


def _member(name: str) -> Person:
    return welcome_person(name=name, prefers={"language": "en", "timezone": "UTC"}, by=SITE)


def _browser(person: Person) -> Client:
    browser = Client(HTTP_HOST=HOST)
    _, token = sign_in(person=person, device="A browser", by=person)
    browser.cookies[settings.SIGN_IN_COOKIE] = token
    return browser
