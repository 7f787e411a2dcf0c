"""Programs of Ana, Ben and Cleo, each with a token of its own."""

import json

import pytest

from beenthere.conversations.actions import open_conversation
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token
from tests.cast import person


class Caller:
    """Somebody's program: their token with each request, plain JSON back and forth."""

    def __init__(self, client, who) -> None:
        self.client, self.person = client, who
        _, token = make_access_token(label="mine", by=who)
        self.token = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, told: object = None):
        given = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
        answer = getattr(self.client, method)(f"/api/v1{path}", headers=self.token, **given)
        return answer.status_code, answer.json()


@pytest.fixture
def ana(client) -> Caller:
    return Caller(client, person("Ana"))


@pytest.fixture
def ben(client) -> Caller:
    return Caller(client, person("Ben"))


@pytest.fixture
def cleo(client) -> Caller:
    return Caller(client, person("Cleo"))


@pytest.fixture
def talk(ana, ben) -> str:
    two = [(ana.person, "Ana"), (ben.person, "Ben")]
    return open_conversation(people=two, by=SITE).ref
