"""No mail tells whoever looks over a shoulder where it comes from: not by subject, sender or words."""

import pytest
from django.core import mail
from django.utils import timezone

from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.people.actions import (
    ask_to_confirm,
    change_oneself,
    give_mail_address,
    leave_address,
    tell_somebody_came,
    tell_waiting,
)
from beenthere.people.models import MailAddress
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BANNED = """
beenthere the-lamp lamp ana ben peer support crisis suicid grief mourn depress psych therap diagnos mental
illness addict experience story piece talk message conversation circle introduc match member steward report
community apoyo duelo salud psic terap experiencia historia mensaje conversa círculo present miembro comunidad
""".split()  # noqa: SIM905 -- words read better so


@pytest.fixture(autouse=True)
def named_place(db):
    forget_place()
    tell_place(name="The Lamp, peer support", languages=("en", "es"), by=SITE)
    yield
    forget_place()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("sender", ["", "Library"])
def test_every_mail_is_neutral(language, sender):
    ana = person("Ana", language=language)
    change_oneself(prefers={"sender": sender, "mail": True}, by=ana)
    give_mail_address(address="someone@example.org", by=ana)
    assert ask_to_confirm(person_ref=ana.ref)
    MailAddress.objects.update(confirmed_at=timezone.now())
    assert tell_waiting(person_ref=ana.ref)
    left = leave_address(address="other@example.org", prefers={"language": language})
    MailAddress.objects.update(confirmed_at=timezone.now())
    assert tell_somebody_came(left.ref)
    assert len(mail.outbox) == 3
    for one in mail.outbox:
        links = [word for word in one.body.split() if "://" in word]
        words = one.body
        for link in sorted(links, key=len, reverse=True):  # one may begin as another does
            words = words.replace(link, "")
        payload = "\n".join(
            [one.subject, one.from_email.partition("<")[0], words, *one.extra_headers]
        ).lower()
        assert [word for word in BANNED if word in payload] == [], payload
        assert len(links) <= 2
        assert one.attachments == []
