"""The compiled vocabulary is kept, taken up again, and never holds what anybody wrote."""

import pytest

from beenthere.experiences import queries
from beenthere.experiences.core import keeping, load_vocabulary, understand
from beenthere.experiences.core.understanding import reader_of


@pytest.fixture
def place(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(queries, "_ready", [])
    reader_of(load_vocabulary()).lexicons.clear()
    return tmp_path / "cache" / "words" / keeping.source_key()


def test_it_is_kept_once_and_says_the_same(place, monkeypatch):
    words = "My mum died and I can't sleep. Llevo diez años sin beber."
    fresh = understand(words, vocabulary=load_vocabulary())
    queries.vocabulary_at_hand()
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert place.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(queries, "_ready", [])
    reader_of(load_vocabulary()).lexicons.clear()
    monkeypatch.setattr(keeping, "compiled", lambda vocabulary: pytest.fail("compiled again"))
    assert understand(words, vocabulary=queries.vocabulary_at_hand()) == fresh


def test_what_somebody_wrote_is_not_in_it(place):
    understand("Zugzwangkanarie is what my mum called it when she died", vocabulary=load_vocabulary())
    queries.vocabulary_at_hand()
    assert b"zugzwang" not in place.read_bytes().lower()


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05N."])
def test_a_damaged_one_is_made_anew(place, damage):
    place.parent.mkdir(parents=True)
    place.write_bytes(damage)
    queries.vocabulary_at_hand()
    assert keeping.use_compiled(load_vocabulary(), place.read_bytes())


def test_a_folder_that_cannot_be_written_costs_only_time(place):
    place.parent.parent.mkdir()
    place.parent.write_text("a file where a folder should be")
    assert understand("My mum died", vocabulary=queries.vocabulary_at_hand())
