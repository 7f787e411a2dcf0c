"""Mail: confirmed by its owner, without names or content, once between two visits; addresses left."""

import html
import logging
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from beenthere.foundation import clock
from beenthere.foundation.post import mail_settings
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.worker import run_next_task
from beenthere.people.actions import (
    change_oneself,
    confirm_mail_address,
    give_mail_address,
    leave_address,
    let_addresses_go,
    note_seen,
    note_waiting,
    sign_in,
    take_mail_address_away,
    tell_somebody_came,
)
from beenthere.people.core.addresses import folded_address, tidy_address
from beenthere.people.models import MailAddress, Person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
START = datetime(2026, 1, 1, tzinfo=UTC)
ANAS = "ana@canary.example"


@pytest.fixture
def hands():
    with clock.stopped_at(START) as hands:
        yield hands


def work() -> None:
    while run_next_task(new_ref()):
        pass


def sent() -> list:
    """What was sent since one last looked."""
    work()
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


def link_in(message, kind: str) -> str:
    line = next(line for line in message.body.splitlines() if f"/mail/{kind}/" in line)
    return line.removeprefix("http://localhost:8000")


def with_mail(name="Ana", address=ANAS, **more) -> Person:
    """Somebody whose address is confirmed, and who is not here."""
    one = person(name, **more)
    give_mail_address(address=address, by=one)
    assert Client().post(link_in(sent()[0], "confirm")).status_code == 200
    return one


def told(one: Person) -> list[str]:
    note_waiting(person_ref=one.ref, by=SITE)
    return [message.subject for message in sent()]


def test_an_address_is_confirmed_by_a_press_not_by_a_look(hands):
    ana = person()
    give_mail_address(address=" Ana@Canary.Example ", by=ana)
    message = sent()[0]
    assert (message.subject, message.to) == ("Please confirm this address", ["Ana@Canary.Example"])
    link = link_in(message, "confirm")
    assert Client().get(link).status_code == 200
    assert MailAddress.objects.get().confirmed_at is None
    assert "This address is confirmed." in html.unescape(Client().post(link).content.decode())
    assert MailAddress.objects.get().confirmed_at == START


def test_a_confirming_link_holds_for_two_days_and_one_address(hands):
    ana = person()
    give_mail_address(address=ANAS, by=ana)
    first = link_in(sent()[0], "confirm")
    give_mail_address(address="ana@elsewhere.example", by=ana)
    second = link_in(sent()[0], "confirm")
    assert Client().post(first).status_code == 404
    assert confirm_mail_address(token="forged") is None
    hands.move(2 * 86400 + 1)
    assert Client().post(second).status_code == 404
    assert MailAddress.objects.get().confirmed_at is None


def test_the_same_page_whether_the_address_was_known_or_not(client):
    with_mail("Ben")
    ana = person()
    signed_in(client, ana)
    pages = [client.post("/me/mail/", {"address": address}) for address in (ANAS, "new@canary.example")]
    assert [page.status_code for page in pages] == [200, 200]
    bare = [[line for line in page.content.splitlines() if b"csrf" not in line] for page in pages]
    assert len(bare[0]) > 20
    assert bare[0] == bare[1]
    assert Person.objects.get(pk=ana.pk).prefers["mail"] is True


def test_what_waits_is_told_without_a_name_and_without_content(hands):
    ana = with_mail()
    note_waiting(person_ref=ana.ref, by=SITE)
    message = sent()[0]
    assert (message.subject, message.to) == ("Something is waiting for you", [ANAS])
    assert message.from_email == '"A note" <beenthere@localhost>'
    assert message.body == (
        "Something is waiting for you. You can look when it suits you:\n\nhttp://localhost:8000/\n"
    )


def test_in_her_language_under_the_name_she_chose():
    ana = with_mail()
    change_oneself(prefers={"sender": 'Garden "club"\n'}, by=ana)
    note_waiting(person_ref=ana.ref, by=SITE)
    assert sent()[0].from_email == '"Garden club" <beenthere@localhost>'


def test_once_between_two_visits_and_never_while_she_is_here(hands):
    ana = with_mail()
    here, _ = sign_in(person=ana, device="x", by=ana)
    assert told(ana) == []
    hands.move(300)
    assert (told(ana), told(ana)) == (["Something is waiting for you"], [])
    hands.move(86400)
    assert told(ana) == []
    note_seen(sign_in=here, by=ana)
    hands.move(600)
    assert told(ana) == ["Something is waiting for you"]


def test_nobody_is_written_to_who_did_not_choose_it():
    ana, ben, cleo = with_mail(), person("Ben"), person("Cleo")
    give_mail_address(address="cleo@canary.example", by=cleo)
    sent()
    change_oneself(prefers={"mail": False}, by=ana)
    assert [told(one) for one in (ana, ben, cleo)] == [[], [], []]
    note_waiting(person_ref="nobody", by=SITE)
    assert sent() == []


def test_noting_never_raises(monkeypatch):
    ana = with_mail()
    monkeypatch.setattr("beenthere.people.actions.mail.enqueue", lambda *given: 1 / 0)
    note_waiting(person_ref=ana.ref, by=SITE)


def test_taken_away_it_is_gone():
    ana = with_mail()
    take_mail_address_away(by=ana)
    assert (MailAddress.objects.count(), told(ana)) == (0, [])


def test_the_address_is_in_no_log_and_in_no_task(caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)

    def fail(message):
        raise OSError(f"refused {message.to}")

    ana = with_mail()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    note_waiting(person_ref=ana.ref, by=SITE)
    from django_tasks_db.models import DBTaskResult

    kept = str(list(DBTaskResult.objects.values()))
    work()
    kept += str(list(DBTaskResult.objects.values()))
    assert ana.ref in kept, "the search reads what is kept"
    assert ("canary" in caplog.text, "canary" in kept) == (False, False)
    assert MailAddress.objects.get().told_at is None, "what was not sent was not told"


def test_three_unasked_for_mails_a_day_at_most(hands):
    for name in ("Ana", "Ben", "Cleo", "Dev"):
        give_mail_address(address=ANAS, by=person(name))
    assert len(sent()) == 3


def test_an_address_left_is_sealed_confirmed_told_once_and_deleted_by_one_press(hands):
    left = leave_address(address=ANAS, prefers={"language": "en"}, by=SITE)
    assert (left.standing, left.ends_at.isoformat()) == ("address", "2026-04-01T00:00:00+00:00")
    assert tell_somebody_came(left.ref) is False, "not confirmed yet"
    message = sent()[0]
    Client().post(link_in(message, "confirm"))
    assert [tell_somebody_came(left.ref) for _ in range(2)] == [True, False]
    came = sent()[0]
    assert (came.subject, came.to) == ("Somebody came", [ANAS])
    gone = link_in(came, "forget")
    assert Client().get(gone).status_code == 200
    assert Person.objects.count() == 1
    assert [Client().post(gone).status_code for _ in range(2)] == [200, 200]
    assert (Person.objects.count(), MailAddress.objects.count()) == (0, 0)


def test_a_link_to_forget_an_address_forgets_no_member(hands):
    left = leave_address(address=ANAS, prefers={}, by=SITE)
    gone = link_in(sent()[0], "forget")
    Person.objects.filter(pk=left.pk).update(standing="member")
    Client().post(gone)
    assert Person.objects.count() == 1


def test_who_only_left_an_address_cannot_sign_in(client):
    left = leave_address(address=ANAS, prefers={}, by=SITE)
    signed_in(client, left)
    assert client.get("/me/").status_code == 302


def test_after_ninety_days_or_three_unconfirmed_they_go(hands):
    kept = leave_address(address=ANAS, prefers={}, by=SITE)
    Client().post(link_in(sent()[0], "confirm"))
    leave_address(address="never@canary.example", prefers={}, by=SITE)
    ana = person()
    give_mail_address(address="anas@canary.example", by=ana)
    assert let_addresses_go(by=SITE) == 0
    hands.move(3 * 86400)
    assert let_addresses_go(by=SITE) == 1
    assert set(Person.objects.all()) == {kept, ana}
    assert [row.person for row in MailAddress.objects.all()] == [kept]
    hands.move(87 * 86400)
    assert let_addresses_go(by=SITE) == 1
    assert list(Person.objects.all()) == [ana]


@pytest.mark.parametrize(
    "typed", ["", "ana", "ana@", "@x.example", "a@b@c.example", "a b@c.example", "ana@host"]
)
def test_what_can_be_no_address(typed):
    with pytest.raises(ValueError, match="no address"):
        tidy_address(typed)


def test_one_address_however_it_is_written():
    assert folded_address(" ANA@Canary.example") == folded_address("ana@CANARY.EXAMPLE")
    assert tidy_address("ana@bücher.example") == "ana@xn--bcher-kva.example"


def test_how_mail_leaves():
    assert mail_settings("") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    told = mail_settings("smtp://me%40here:pa%2Fss@post.example")
    facts = [
        told[f"EMAIL_{name}"] for name in ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    ]
    assert facts == ["post.example", 587, "me@here", "pa/ss", True, False]
    told = mail_settings("smtps://post.example")
    assert [told[f"EMAIL_{name}"] for name in ("PORT", "USE_TLS", "USE_SSL")] == [465, False, True]
    assert mail_settings("smtp://localhost:2525")["EMAIL_USE_TLS"] is False
    with pytest.raises(ValueError, match="BEENTHERE_MAIL"):
        mail_settings("post.example")
