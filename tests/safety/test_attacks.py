"""Nobody buries what others report, or what others say."""

import pytest
from django.test import Client

from beenthere.conversations import sockets
from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Message
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token
from beenthere.safety.actions import Refused, make_report, reporting
from beenthere.safety.models import Report
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture
def two():
    ana, ben = person("Ana"), person("Ben")
    return ana, ben, open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)


def test_nobody_fills_the_desk(two, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_A_DAY", 3)
    ana, ben, talk = two
    send_messages([Draft(ben.ref, talk.ref, "m1", "Hello.")])
    with clock.stopped_at(clock.now()) as hands:
        for _ in range(3):
            make_report(conversation=talk, numbers={1}, note="", by=ana)
        with pytest.raises(Refused):
            make_report(conversation=talk, numbers={1}, note="", by=ana)
        send_messages([Draft(ana.ref, talk.ref, "m2", "Hello.")])
        make_report(conversation=talk, numbers={2}, note="", by=ben)
        assert Report.objects.count() == 4
        hands.move(seconds=2 * 86400)
        make_report(conversation=talk, numbers={1}, note="", by=ana)


def test_forms_and_programs_say_no_faster_than_a_page(two, monkeypatch):
    """Words of all are written by one thread: whoever floods it would silence everybody. What was not kept
    stands in the box again."""
    monkeypatch.setattr(sockets, "SAYS", 4)
    monkeypatch.setattr(sockets, "SECONDS", 1e9)
    ana, ben, talk = two
    browser = signed_in(Client(), ana)
    _, token = make_access_token(label="mine", by=ana)
    headers = {"Authorization": f"Bearer {token}"}
    said = []
    for number in range(3):
        words = {"words": f"Flood {number}.", "mark": f"m{number}"}
        said.append(browser.post(f"/talk/{talk.ref}/", words))
        words["mark"] += "b"
        address = f"/api/v1/conversations/{talk.ref}/messages"
        said.append(Client().post(address, words, content_type="application/json", headers=headers))
    assert [one.status_code for one in said] == [302, 201, 302, 201, 503, 503]
    assert "Flood 2." in said[4].content.decode()
    assert Message.objects.count() == 4
    answer = signed_in(Client(), ben).post(f"/talk/{talk.ref}/", {"words": "Hello.", "mark": "m9"})
    assert answer.status_code == 302
