"""The words of the demo: enough of them, of many kinds, each person's own."""

import unicodedata
from collections import Counter
from zoneinfo import available_timezones

import re2

from beenthere.cli.demo_people import HERE, fictional_people, key_of, talks
from beenthere.experiences.core import load_vocabulary, understand
from beenthere.people.core.names import name_fault, tidy_name

PEOPLE = fictional_people()
BY_KEY = {one.key: one for one in PEOPLE}
PIECES = [(one, piece) for one in PEOPLE for piece in one.pieces]
IN_A_ROW = 8


def named(piece) -> set[str]:
    return {one["experience"] for one in piece.about["experiences"]}


def folded(words: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re2.findall(r"[\pL\pN]+", letters)


def shared_in_a_row(texts: list[str]) -> list[str]:
    """The runs of IN_A_ROW words that stand in more than one of `texts`."""
    seen: dict[tuple, int] = {}
    found = []
    for number, text in enumerate(texts):
        words = folded(text)
        for start in range(len(words) - IN_A_ROW + 1):
            run = tuple(words[start : start + IN_A_ROW])
            if seen.setdefault(run, number) != number:
                found.append(" ".join(run))
    return found


def test_there_are_enough_people_of_many_kinds():
    lived = set().union(*(named(piece) for _, piece in PIECES))
    languages = Counter(language for one in PEOPLE for language in one.held["languages"])
    assert (len(PEOPLE) >= 80, len(PIECES) >= 180, len(lived) >= 25) == (True, True, True)
    assert (languages["es"] >= 15, languages["en"] >= 15) == (True, True)
    assert len({one.timezone for one in PEOPLE}) >= 10
    assert {"ar", "de", "en", "es", "fr", "pt"} == {piece.about["language"] for _, piece in PIECES}


def test_their_boundaries_differ():
    assert {one.capacity for one in PEOPLE} == {0, 1, 2, 3, 4, 5}
    assert {one.held["wish"] for one in PEOPLE} == {"soon", "closer"}
    assert len([one for one in PEOPLE if one.paused]) == 2
    assert len([one for one in PEOPLE if one.held["leave_out"]]) >= 10
    assert [one.key for one in PEOPLE if one.steward] == ["sol", "sam"]


def test_everybody_is_somebody_else():
    assert [key for key, count in Counter(one.key for one in PEOPLE).items() if count > 1] == []
    assert [one.name for one in PEOPLE if name_fault(one.name) or tidy_name(one.name) != one.name] == []
    assert [one.name for one in PEOPLE if " " in one.name] == []
    assert {one.timezone for one in PEOPLE} - available_timezones() == set()
    assert key_of("Jürgen") == "jurgen"


def test_no_two_pieces_share_eight_words_in_a_row():
    spoken = [said.words for talk in talks() for said in talk.said]
    assert shared_in_a_row([*(piece.words for _, piece in PIECES), *spoken]) == []
    assert shared_in_a_row(["Hé set two cups, one two THREE four", "He set two cups one two three four"]) == [
        "he set two cups one two three four"
    ]


def test_every_piece_says_what_it_is_about_and_who_may_read_it():
    vocabulary = load_vocabulary()
    assert set().union(*(named(piece) for _, piece in PIECES)) - set(vocabulary.experiences) == set()
    assert [one.name for one, piece in PIECES if not named(piece)] == []
    assert {piece.audience for _, piece in PIECES} == {"anyone", "introduced", "members"}
    assert [one.name for one in PEOPLE if sum(piece.listed for piece in one.pieces) != 1] == []
    assert [one.name for one, piece in PIECES if piece.listed and piece.audience != "anyone"] == []
    lengths = [len(piece.words.split()) for _, piece in PIECES]
    assert (min(lengths) >= 25, max(lengths) <= 90) == (True, True)


def test_what_they_leave_out_is_not_what_they_lived():
    left = {one.key: {out["experience"] for out in one.held["leave_out"]} for one in PEOPLE}
    assert set().union(*left.values()) - set(load_vocabulary().experiences) == set()
    assert [one.key for one in PEOPLE if left[one.key] & set().union(*map(named, one.pieces))] == []


def test_what_they_wrote_is_mostly_understood():
    vocabulary = load_vocabulary()
    read = [piece for _, piece in PIECES if piece.about["language"] in ("en", "es")]
    heard = [{one.experience for one in understand(piece.words, vocabulary=vocabulary)} for piece in read]
    met = [bool(named(piece) & found) for piece, found in zip(read, heard, strict=True)]
    assert sum(met) >= 0.7 * len(met)


def test_the_talks_are_between_people_who_share_something_but_not_ana_and_ben():
    pairs = [list(talk.called) for talk in talks()]
    assert len(pairs) == 6
    assert {"ana", "ben"} & set().union(*pairs) == set()
    for (one, other), talk in zip(pairs, talks(), strict=True):
        mine, theirs = (set().union(*map(named, BY_KEY[key].pieces)) for key in (one, other))
        assert mine & theirs != set()
        assert set(BY_KEY[one].held["languages"]) & set(BY_KEY[other].held["languages"]) != set()
        assert {said.by for said in talk.said} == {one, other}
        times = [(-said.days, said.minute) for said in talk.said]
        assert (times == sorted(times), max(times)[0] < 0) == (True, True)


def test_no_file_of_theirs_lies_beside_unread():
    assert sorted(path.name for path in HERE.glob("*.toml")) == sorted(
        [*(path.name for path in HERE.glob("*_to_*.toml")), "talks.toml"]
    )
