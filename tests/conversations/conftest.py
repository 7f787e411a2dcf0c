"""Ana and Ben in a conversation."""

import socket
import threading
import time
from collections.abc import Callable

import pytest
import uvicorn
from django.conf import settings

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Conversation
from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in
from beenthere.people.models import Person
from beenthere.web.asgi import site
from tests.cast import person


@pytest.fixture
def ana() -> Person:
    return person("Ana")


@pytest.fixture
def ben() -> Person:
    return person("Ben")


@pytest.fixture
def talk(ana: Person, ben: Person) -> Conversation:
    """Ana is called Ana there, and Ben Robin."""
    return open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)


@pytest.fixture
def say(talk: Conversation) -> Callable:
    """`say(ana, "words")` keeps a message in `talk`; its outcome. Each has a mark of its own."""
    count = iter(range(10_000))

    def said(who: Person, words: str, *, mark: str = "", where: Conversation = talk):
        draft = Draft(who.ref, where.ref, mark or f"mark-{next(count)}", words)
        (outcome,) = send_messages([draft])
        return outcome

    return said


@pytest.fixture
def served(ana):
    """The address of the whole site, hub included, over the test's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(site(), host="127.0.0.1", port=port, log_config=None, ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture
def opened(served, new_profile):
    """`opened(ana, "/talk/")`: a page in a browser of theirs."""

    def opens(who, address, **options):
        _, token = sign_in(person=who, device="A browser", by=who)
        profile = new_profile(base_url=served, **options)
        profile.add_cookies([{"name": settings.SIGN_IN_COOKIE, "value": token, "url": served}])
        page = profile.new_page()
        page.goto(address)
        return page

    return opens
