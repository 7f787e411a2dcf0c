"""Whatever is sent to the API, it answers with something better than 500. A short form in each run; more
examples by `BEENTHERE_EXAMPLES=2000 pytest tests/api/test_nothing_breaks_it.py`."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token
from beenthere.stories.actions import write_piece
from beenthere.web.wsgi import application
from tests.cast import person

EXAMPLES = int(os.environ.get("BEENTHERE_EXAMPLES", "8"))
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def one_connection():
    """As Django's own test browser does: the end of a request closes no connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world() -> tuple[str, list[str]]:
    """Ana's token, and refs of things that are hers, Ben's, and nobody's."""
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE).ref
    send_messages([Draft(ana.ref, talk, "m1", "Mine."), Draft(ben.ref, talk, "m2", "His.")])
    about = {"experiences": [], "language": "en"}
    pieces = [write_piece(words="Two cups.", about=about, audience="members", by=who) for who in (ana, ben)]
    _, token = make_access_token(label="mine", by=ana)
    return token, [talk, *(piece.ref for piece in pieces), ana.ref]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_answer_is_a_500(world, mode):
    token, refs = world
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    seen = [0]
    for operation in (one.ok() for one in schema.get_all_operations()):
        strategy = operation.as_strategy(generation_mode=mode)

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=strategy, ref=st.sampled_from([None, *refs]))
        def never_breaks(case, ref):
            if ref and "ref" in case.path_parameters:
                case.path_parameters["ref"] = ref
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code < 500, (case.method, case.path, answer.status_code)
            seen[0] += 1

        try:
            never_breaks()
        except Unsatisfiable:
            assert mode == GenerationMode.NEGATIVE  # nothing is sent there, so nothing can be wrong
    assert seen[0] >= EXAMPLES
