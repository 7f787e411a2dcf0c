"""Nobody writes to anybody before both said yes, whatever is done in whatever order: random rounds against a
plain model. A million of them by `benchmarks/consent_oracle.py`."""

import pytest

from beenthere.foundation.models import FailedReaction
from beenthere.matching.core import meeting

from .consent import Rounds
from .consent_rows import RowRounds


@pytest.mark.parametrize("seed", [1, 2])
def test_no_pair_and_no_word_before_both_said_yes(seed):
    done = Rounds(seed).run(5_000)
    assert (done.wrong, done.most) == ([], 3)
    assert min(done.pairs, done.sent, done.tried) >= 10, "else nothing was at stake"


@pytest.mark.django_db(databases=["default", "keys"])
def test_nor_in_the_database():
    done = RowRounds(3).run(120)
    assert done.wrong == []
    assert min(len(done.pairs), done.sent, done.tried) >= 1, "else nothing was at stake"
    assert FailedReaction.objects.count() == 0


def test_the_model_sees_a_pair_by_one_yes(monkeypatch):
    monkeypatch.setattr(meeting, "both_said_yes", lambda one, other, now: "yes" in (one.answer, other.answer))
    assert any("a pair by" in line for line in Rounds(1).run(2_000).wrong)
