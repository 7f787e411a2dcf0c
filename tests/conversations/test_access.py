"""Who is not in a conversation, or no longer, learns nothing: not even that it is there."""

import pytest
from django.http import Http404
from django.test import Client

from beenthere.conversations.access import get_conversation_for, get_message_for, get_room_for
from beenthere.conversations.actions import end_conversation, open_conversation
from beenthere.conversations.models import Membership
from beenthere.conversations.sockets import admit, may_read, read
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import block, sign_in, sign_out
from beenthere.people.models import SUSPENDED, Person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STEPS = ["", "withdraw/", "name/", "seen/", "pause/", "resume/", "leave/", "block/"]


@pytest.fixture
def dev(ana) -> Person:
    """Ana has blocked Dev; before, they had a conversation of their own."""
    dev = person("Dev")
    open_conversation(people=[(ana, "Ana"), (dev, "Dev")], by=SITE)
    block(other=dev, by=ana)
    return dev


def answers(who: Person, ref: str) -> set[tuple[int, bytes]]:
    """What each address of a conversation answers, its ref masked."""
    client = signed_in(Client(), who)
    given = {"number": 1, "name": "Kim", "words": "Hello.", "mark": "m"}
    told = [client.get(f"/talk/{ref}/"), *(client.post(f"/talk/{ref}/{step}", given) for step in STEPS)]
    return {(one.status_code, one.content.replace(ref.encode(), b"REF")) for one in told}


def test_the_same_404_for_not_there_and_not_yours(ana, ben, talk, say, dev):
    say(ana, "PLANTED words.")
    cleo = person("Cleo")
    ends = open_conversation(people=[(ana, "Ana"), (cleo, "Cleo")], by=SITE)
    end_conversation(conversation=ends, by=ana)  # Cleo was a peer of Ana's
    for who in (cleo, dev):
        statuses = {status for status, _ in answers(who, talk.ref)}
        assert statuses == {404}
        with pytest.raises(Http404):
            get_conversation_for(who, talk.ref)
        with pytest.raises(Http404):
            get_message_for(who, talk.ref, 1)
        assert not may_read(who.ref, talk.ref)
        assert read(who.ref, talk.ref, 0) == ([], 0)
    client = signed_in(Client(), cleo)
    not_yours, not_there = (client.get(f"/talk/{ref}/").content for ref in (talk.ref, new_ref()))
    assert len(not_yours) == len(not_there)
    assert get_conversation_for(ana, talk.ref) == talk
    assert get_message_for(ben, talk.ref, 1).words == "PLANTED words."


def test_a_visitor_is_led_to_the_door(talk):
    client = Client()
    told = [client.get(f"/talk/{talk.ref}/"), client.get("/talk/")]
    told += [client.post(f"/talk/{talk.ref}/{step}", {"words": "Hello."}) for step in STEPS]
    assert {one.status_code for one in told} == {302}
    assert {one["Location"].split("?")[0] for one in told} == {"/sign-in/"}


def test_only_ones_own_words_are_left_after_the_end(ana, ben, talk, say):
    say(ana, "Mine.")
    say(ben, "PLANTED of Ben's.")
    assert get_message_for(ana, talk.ref, 2).words == "PLANTED of Ben's."
    with pytest.raises(Http404):
        get_message_for(ana, talk.ref, 2, own=True)
    end_conversation(conversation=talk, by=ana)
    assert get_message_for(ana, talk.ref, 1).words == "Mine."
    with pytest.raises(Http404):
        get_message_for(ana, talk.ref, 2)


def test_nobody_withdraws_what_the_other_wrote(ana, ben, talk, say):
    say(ana, "Mine.")
    answer = signed_in(Client(), ben).post(f"/talk/{talk.ref}/withdraw/", {"number": 1})
    assert answer.status_code == 404
    assert get_message_for(ben, talk.ref, 1).words == "Mine."


def test_who_is_suspended_reads_and_writes_nothing(ana, ben, talk, say):
    say(ben, "Hello.")
    Person.objects.filter(pk=ana.pk).update(standing=SUSPENDED)
    assert not may_read(ana.ref, talk.ref)
    assert may_read(ben.ref, talk.ref)
    with pytest.raises(Http404):
        get_room_for(ana, talk.ref)


def test_a_socket_is_for_a_sign_in_that_holds(ana):
    here, token = sign_in(person=ana, device="A browser", by=ana)
    assert (admit(token).person_ref, admit(token).sign_in_ref) == (ana.ref, here.ref)
    assert [admit(other) for other in ("", "nonsense", token[:-1])] == [None] * 3
    Person.objects.filter(pk=ana.pk).update(standing=SUSPENDED)
    assert admit(token) is None
    Person.objects.filter(pk=ana.pk).update(standing="member")
    sign_out(sign_in=here, by=ana)
    assert admit(token) is None


def test_no_peer_ever_sees_a_persons_own_ref(ana, ben, talk, say):
    say(ana, "Hello.")
    say(ben, "Hello.")
    client = signed_in(Client(), ben)
    shown = client.get(f"/talk/{talk.ref}/").content + client.get("/talk/").content
    frames, _ = read(ben.ref, talk.ref, 0)
    shown += str(frames).encode()
    theirs, mine = (Membership.objects.get(person=who).ref for who in (ana, ben))
    assert [one["by"] for one in frames] == [theirs, mine]
    assert [ref for ref in (ana.ref, ben.ref) if ref.encode() in shown] == []
