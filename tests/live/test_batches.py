"""Group commit: together, in order, each their own outcome, and never more than can be promised."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from beenthere.foundation.writing import writing
from beenthere.live import batches
from beenthere.live.batches import MOST_AT_ONCE, Batcher, Busy, batcher_of

PATIENCE = 30


class Slow:
    """A commit that waits until it is let go on, and remembers its batches and threads."""

    def __init__(self) -> None:
        self.go_on, self.begun = threading.Event(), threading.Event()
        self.seen: list[list] = []
        self.threads: set[int] = set()

    def __call__(self, drafts: list) -> list:
        self.seen.append(list(drafts))
        self.threads.add(threading.get_ident())
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if "bad" in drafts:
            raise OSError("the disk is full")
        return [f"kept {draft}" for draft in drafts]


@pytest.fixture
def commit() -> Slow:
    return Slow()


@pytest.fixture
def batcher(commit) -> Iterator[Batcher]:
    batcher = Batcher(commit, most_waiting=500)
    yield batcher
    commit.go_on.set()
    batcher.close()


pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def test_what_waits_meanwhile_is_committed_together(batcher, commit):
    futures = [batcher.submit(0)]
    assert commit.begun.wait(PATIENCE)
    futures += [batcher.submit(number) for number in range(1, 301)]
    commit.go_on.set()
    assert [future.result(PATIENCE) for future in futures] == [f"kept {number}" for number in range(301)]
    assert [len(batch) for batch in commit.seen] == [1, MOST_AT_ONCE, 300 - MOST_AT_ONCE]
    assert len(commit.threads) == 1 and threading.get_ident() not in commit.threads


def test_many_threads_each_get_their_own(batcher, commit):
    commit.go_on.set()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: batcher.submit(number).result(PATIENCE), range(400)))
    assert answers == [f"kept {number}" for number in range(400)]


def test_a_failure_is_told_to_its_whole_batch_and_to_no_other(batcher, commit):
    first = batcher.submit("first")
    assert commit.begun.wait(PATIENCE)
    failed = [batcher.submit(draft) for draft in ("good", "bad")]
    commit.go_on.set()
    assert first.result(PATIENCE) == "kept first"
    for future in failed:
        with pytest.raises(OSError, match="the disk is full"):
            future.result(PATIENCE)
    assert batcher.submit("after").result(PATIENCE) == "kept after"


def test_a_commit_that_forgets_somebody_fails_for_all():
    batcher = Batcher(lambda drafts: [])
    with pytest.raises(RuntimeError, match="1 drafts, 0 outcomes"):
        batcher.submit("forgotten").result(PATIENCE)
    batcher.close()


def test_more_than_can_be_promised_is_refused_at_once(batcher, commit):
    futures = [batcher.submit(0)]
    assert commit.begun.wait(PATIENCE)
    futures += [batcher.submit(number) for number in range(500)]
    with pytest.raises(Busy):
        batcher.submit("one too many")
    with pytest.raises(Busy):
        batcher.hand_in("one too many")
    commit.go_on.set()
    assert len([future.result(PATIENCE) for future in futures]) == 501
    assert "one too many" not in [draft for batch in commit.seen for draft in batch]


def test_closing_settles_what_was_handed_in_and_takes_nothing_more(batcher, commit):
    futures = [batcher.submit(number) for number in range(50)]
    commit.go_on.set()
    batcher.close()
    assert [future.result(0) for future in futures] == [f"kept {number}" for number in range(50)]
    with pytest.raises(Busy):
        batcher.submit("late")


def test_those_who_listen_hear_of_each_batch_also_when_one_of_them_fails(batcher, commit):
    told = []

    def fail(drafts, outcomes) -> None:
        raise ValueError("Ana said something")

    batcher.told += [fail, lambda drafts, outcomes: told.append((list(drafts), outcomes))]
    commit.go_on.set()
    batcher.hand_in("quiet")
    assert batcher.submit("good").result(PATIENCE) == "kept good"
    with pytest.raises(OSError, match="full") as failure:
        batcher.submit("bad").result(PATIENCE)
    drafts = [draft for batch, _ in told for draft in batch]
    assert (drafts, told[-1]) == (["quiet", "good", "bad"], (["bad"], failure.value))


def test_inside_a_transaction_the_own_thread_commits_in_it(batcher, commit):
    """Else the writer thread would wait for the lock that its caller holds."""
    commit.go_on.set()
    with writing():
        assert batcher.submit("mine").result(0) == "kept mine"
        with pytest.raises(OSError, match="full"):
            batcher.submit("bad").result(0)
    assert commit.threads == {threading.get_ident()}
    assert batcher.submit("later").result(PATIENCE) == "kept later"
    assert len(commit.threads) == 2


def test_a_process_has_one_of_each_name():
    def commit(drafts: list) -> list:
        return drafts

    one = batcher_of("one of each", commit)
    assert batcher_of("one of each", commit) is one
    assert batcher_of("another", commit) is not one
    with pytest.raises(ValueError, match="commits otherwise"):
        batcher_of("one of each", lambda drafts: drafts)
    batches.close_all()
    again = batcher_of("one of each", commit)
    assert again is not one
    assert again.submit("after").result(PATIENCE) == "after"
    batches.close_all()
