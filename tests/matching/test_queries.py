"""One way for command and page, and what they say of what came out."""

import pytest
from django.utils.translation import override

from beenthere.foundation.sentences import sentence
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.queries import introductions, pairing, plots, tables
from beenthere.matching.queries.speaking import speaking

from .conftest import ANA_AND_BEN

NEAR = (
    b"ref,words,experiences\n"
    b"ana,My partner died and I mend bicycles.,Loss of a partner\n"
    b"ben,,Loss of a parent\n"
    b"cleo,I mend bicycles by the river.,\n"
    b"dev,I mend bicycles by the river at night.,\n"
)


def plan_of(content: bytes, **wishes):
    sheet = pairing.read_people(content, name="people.csv")
    assert sheet.faults == ()
    prepared = pairing.prepare_people(sheet.people, on=None, progress=nothing)
    return pairing.plan_people(prepared, Wishes(**wishes), progress=nothing)


def nothing(done, total, doing) -> None:
    pass


@pytest.mark.parametrize("content", [ANA_AND_BEN, NEAR])
def test_what_is_drawn_is_the_reason_and_nothing_else(content):
    plan = plan_of(content, floor="0", rounds=3)
    assert plan.pairs
    for pair in plan.pairs:
        assert " ".join(map(str, introductions.sentences_of(pair.reason))) == str(pair.reason)
        told = introductions.told(pair, str)
        parts = [told[name] for name in ("common", "line", "note_a", "note_b")]
        drawn = unquoted(" ".join([*parts, *told["pieces_a"], *told["pieces_b"]]))
        assert set(unquoted(str(pair.reason)).split()) - set(drawn.split()) <= {"wrote:"}


def unquoted(text: str) -> str:
    return text.replace("“", "").replace("”", "")


def test_two_who_share_an_experience():
    (pair,) = plan_of(ANA_AND_BEN).pairs
    assert introductions.told(pair, str) == {
        "round": 1,
        "a": "ana",
        "b": "ben",
        "fit": introductions.rounded_text(pair.fit),
        "shared": ["Loss of a parent"],
        "below": False,
        "common": "ana and ben have both lived through loss of a parent.",
        "line": "ana says of it: in it now. ben says of it: living with it. Both hope to talk.",
        "pieces_a": ["My mum died in spring and the house is quiet."],
        "pieces_b": ["I lost my dad two years ago."],
        "note_a": "",
        "note_b": "",
        "who_a": "ana wrote",
        "who_b": "ben wrote",
    }


def test_two_who_named_it_without_words():
    (pair,) = plan_of(b"ref,experiences\na,Prison\nb,Prison\n").pairs
    told = introductions.told(pair, str)
    assert [told[name] for name in ("note_a", "note_b", "pieces_a", "who_a", "line")] == [
        "a named it.",
        "b named it.",
        [],
        "a",
        "",
    ]


@pytest.mark.parametrize(
    ("shared", "below"),
    [
        (["Loss of a parent"], False),
        (["Loss of a parent", "Feeling alone"], False),
        (["One", "Two", "Three"], True),
        (["“electroconvulsive”"], True),
        (["Being told again and again that it is nothing"], True),
    ],
)
def test_what_finds_room_in_the_light(shared, below):
    (pair,) = plan_of(ANA_AND_BEN).pairs
    object.__setattr__(pair, "shared", tuple(shared))
    assert introductions.told(pair, str)["below"] is below


@pytest.mark.parametrize("text", ["0", "1", "0.15", ".5", "1.0", "1.000", "0." + "1" * 38, "00.5"])
def test_a_floor(text):
    assert pairing.is_floor(text)


@pytest.mark.parametrize(
    "text",
    ["", ".", "-0.1", "1.01", "2", "1e-9", "1e-99999999", "nan", "inf", "1/7", "0.1 ", "²", "٠.٥", "0.1.2"],
)
def test_no_floor(text):
    assert not pairing.is_floor(text)


def test_the_first_time_says_that_the_engine_is_being_prepared(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert (pairing.engine_is_ready(150), pairing.engine_is_ready(151)) == (True, False)
    said = []
    told = pairing._while_preparing(lambda *state: said.append((*state[:2], str(state[2]))))
    for done in (0, 256, 500):
        told(done, 500, sentence("Looking for common ground"))
    preparing = "The engine is being prepared for this machine, once; about half a minute"
    assert said == [(0, 0, preparing), (256, 500, "Looking for common ground"), (0, 0, preparing)]
    (tmp_path / "core_1").mkdir()
    (tmp_path / "core_1" / "taking.take-76.py311.1.nbc").touch()
    assert pairing.engine_is_ready(151)


def test_english_is_what_pure_code_says():
    assert speaking("en") is str


def test_names_of_experiences_come_from_the_vocabulary():
    translate = speaking("es")
    assert translate("Loss of a parent") != "Loss of a parent"
    assert (
        translate("loss of a parent")
        == translate("Loss of a parent")[0].lower() + translate("Loss of a parent")[1:]
    )
    assert [translate(""), translate("what somebody wrote {x}")] == ["", "what somebody wrote {x}"]


def test_tables_hold_what_the_plan_says():
    plan = plan_of(ANA_AND_BEN, nearest=1)
    rows = tables.pairs_table(plan, str).decode().splitlines()
    assert rows[0] == "a,b,fit,shared,reason"
    assert rows[1].startswith("ana,ben,0.")
    assert tables.unmatched_table(plan, str).decode().splitlines()[0] == "ref,why"
    assert tables.nearest_table(plan, str).decode().splitlines()[0] == "ref,peer,rank,fit,reason"
    more = tables.pairs_table(plan_of(ANA_AND_BEN, rounds=2), str).decode().splitlines()
    assert (more[0], more[1][-2:]) == ("a,b,fit,shared,reason,round", ",1")


def test_formulas_are_defused():
    content = b"ref,experiences\n=1+1,Prison\n-x,Prison\n"
    (row,) = tables.pairs_table(plan_of(content), str).decode().splitlines()[1:]
    assert row.startswith("'-x,'=1+1,")


def test_plots_say_what_they_draw():
    content = ANA_AND_BEN.replace(b"capacity\n", b"capacity,since,age,gender\n", 1)
    rows = content.splitlines()
    added = [b",2025-01-06,30,woman", b",2024-12-01,40,", b",2024-01-01,,", b",,,man"]
    content = b"\n".join([rows[0], *(row + more for row, more in zip(rows[1:], added, strict=True))]) + b"\n"
    measures = plan_of(content).measures
    with override("en"):
        fits = plots.bars_of_fits(measures)
        assert sum(bar.count for bar in fits.bars) == 1
        assert [bar.says for bar in fits.bars if bar.height] == ["1 pair"]
        waits = [(bar.of, bar.says) for bar in plots.bars_of_waits(measures).bars]
        assert waits == [
            ("up to a week", "1 with a pair"),
            ("up to a week", "0 without"),
            ("up to a month", "0 with a pair"),
            ("up to a month", "0 without"),
            ("up to three months", "1 with a pair"),
            ("up to three months", "0 without"),
            ("longer", "0 with a pair"),
            ("longer", "1 without"),
        ]
        groups = {bar.of: bar.says for bar in plots.bars_of_groups(measures, str).bars}
        assert (groups["no gender said"], groups["Loss of a parent"]) == ("1 of 2", "2 of 2")


def test_nobody_said_since_when():
    assert plots.bars_of_waits(plan_of(ANA_AND_BEN).measures).bars == ()


def test_braces_in_what_people_write_are_only_braces():
    content = b"ref,experiences\n{a},{oops} {0}\n{b},{oops} {0}\n" + b"".join(
        b"{r%d},{oops} {0}\n" % n for n in range(9)
    )
    plan = plan_of(content)
    assert len(plan.pairs) == 5
    for language in ("en", "es"):
        translate = speaking(language)
        assert "{oops}" in tables.pairs_table(plan, translate).decode()
        assert [
            plots.name_of(group, translate) for group in plan.measures.groups if group.kind == "experience"
        ] == ["{oops} {0}"]
