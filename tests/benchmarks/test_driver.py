"""The driver of `benchmarks.messages_beside_peers`: each of ten hears each message once, or it is told."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers.driver import ACKNOWLEDGED, EVERYONE, Driver, Member, mark_of
from benchmarks.peers.jabber import JabberMember
from benchmarks.peers.matrix import _body


class Still(Member):
    """Keeps what it is to say."""

    def __init__(self, room: int, seat: int) -> None:
        super().__init__(room, seat)
        self.said: list[tuple[bytes, str]] = []

    def say(self, mark: bytes, words: str) -> None:
        self.said.append((mark, words))

    def close(self) -> None:
        pass


def two_rooms() -> tuple[Driver, list[Still]]:
    members = [Still(room, seat) for room in range(2) for seat in range(10)]
    return Driver(members, under_way=1), members


def words_of(member: Still) -> bytes:
    return member.said[-1][1].encode()


@given(st.lists(st.integers(0, 16**6 - 1), max_size=5), st.data())
def test_a_mark_is_heard_once_wherever_it_is_cut(numbers, data):
    heard = []
    member = Still(0, 0)
    member.driver = type("Ear", (), {"heard": lambda self, by, mark: heard.append(mark)})()
    text = b"<body>(not) " + b"(".join(b"one (%s) (held)" % mark_of(number) for number in numbers)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        member.feed(text[begin:end])
    assert heard == [mark_of(number) for number in numbers]


def test_it_counts_when_all_ten_have_heard():
    driver, members = two_rooms()
    driver.say(members[3])
    for member in members[:9]:
        member.feed(words_of(members[3]))
    assert (driver.delivered, driver.wrong, len(driver.waiting)) == (0, 0, 1)
    members[9].feed(words_of(members[3]))
    assert (driver.delivered, driver.wrong, len(driver.waiting)) == (1, 0, 0)


def test_an_acknowledgement_of_its_own_is_waited_for():
    driver, members = two_rooms()
    members[3].acknowledges = True
    driver.say(members[3])
    for member in members[:10]:
        member.feed(words_of(members[3]))
    assert driver.delivered == 0
    driver.acknowledged(members[3].said[-1][0])
    assert driver.delivered == 1
    assert EVERYONE & ACKNOWLEDGED == 0


@pytest.mark.parametrize("whose", [0, 12], ids=["twice", "in another room"])
def test_what_comes_twice_or_elsewhere_fails_the_run(whose):
    driver, members = two_rooms()
    driver.say(members[3])
    members[0].feed(words_of(members[3]))
    members[whose].feed(words_of(members[3]))
    assert driver.wrong == 1
    for member in members[1:10]:
        member.feed(words_of(members[3]))
    with pytest.raises(AssertionError, match="0 lost, 1 twice or elsewhere"):
        asyncio.run(driver.settle())


def test_what_comes_again_after_all_have_heard_is_told():
    driver, members = two_rooms()
    driver.say(members[3])
    for member in [*members[:10], members[0]]:
        member.feed(words_of(members[3]))
    assert (driver.delivered, driver.wrong) == (1, 1)


def test_marks_differ_and_hold_no_digit():
    marks = {mark_of(number) for number in range(5000)}
    assert len(marks) == 5000
    assert {len(mark) for mark in marks} == {6}
    assert b"".join(marks).isalpha()


def test_a_refusal_by_xmpp_is_told():
    driver = Driver([JabberMember(0, 0)], under_way=1)
    member = driver.members[0]
    member._is_in = True
    refusal = b"<message type='error' id='aaaaaa'><error type='wait'/></message>"
    member.data_received(refusal)
    assert driver.refused == {refusal.decode()}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"http/1.1 200 ok\r\ncontent-length: 7\r\n\r\n", b"(aaaab)"),
        (b"http/1.1 200 ok\r\ntransfer-encoding: chunked\r\n\r\n", b"3\r\n(aa\r\n4\r\naab)\r\n0\r\n\r\n"),
    ],
    ids=["whole", "in chunks"],
)
def test_a_body_of_http_is_read_to_its_end_and_no_further(head, told):
    async def read() -> tuple[bytes, bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(told + b"next")
        reader.feed_eof()
        return await _body(reader, head), await reader.read()

    assert asyncio.run(read()) == (b"(aaaab)", b"next")
