"""`beenthere match`: what it writes and prints, option by option."""

import csv
import io
import json
import random
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from beenthere.cli.commands import app
from beenthere.experiences.core import load_vocabulary
from beenthere.matching.core.sheet import read_sheet, template
from beenthere.matching.core.sheet.columns import COLUMNS

from .conftest import SHEET, Answer, _result

FORMULAS = "ref,experiences\n=1+1,Prison\n-x,Prison\n'=y,Prison\n+z,Prison\n@w,Prison\nplain,Prison\n"


def rows_of(table: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(table)))


def twos(table: str) -> list[tuple[str, str]]:
    return [(row["a"], row["b"]) for row in rows_of(table)]


def test_three_files_and_a_summary(place):
    answer = place.match("--out", place.out)
    assert sorted(path.name for path in place.out.iterdir()) == ["pairs.csv", "report.html", "unmatched.csv"]
    assert answer == (
        0,
        "People: 5. With someone to meet: 2. With nobody yet: 3. Pairs: 1.\n"
        f"Written to {place.out}. Begin with report.html.\n",
        "",
    )


def test_pairs_and_unmatched(place):
    (pair,) = rows_of(place.paired())
    assert list(pair) == ["a", "b", "fit", "shared", "reason"]
    assert (pair["a"], pair["b"], pair["shared"]) == ("ben", "eli", "Loss of a parent")
    fit = float(pair["fit"]) * 65536
    assert (fit == int(fit), pair["fit"] == pair["fit"].rstrip("0")) == (True, True)
    assert pair["reason"].startswith("ben and eli have both lived through loss of a parent.")
    alone = {row["ref"]: row["why"] for row in rows_of(place.read("unmatched.csv"))}
    assert list(alone) == ["ana", "cleo", "dev"]
    assert "(capacity 0)" in alone["dev"]


def test_json_alone_prints_and_writes_nothing(place):
    answer = place.match("--json", "--nearest", "1")
    told = json.loads(answer.out)
    assert list(told) == ["pairs", "unmatched", "nearest", "notices"]
    assert [(one["a"], one["b"]) for one in told["pairs"]] == [("ben", "eli")]
    assert list(told["pairs"][0]) == ["a", "b", "fit", "shared", "reason"]
    assert isinstance(told["pairs"][0]["fit"], float)
    assert list(told["nearest"][0]) == ["ref", "peer", "rank", "fit", "reason"]
    assert sorted(path.name for path in place.folder.iterdir()) == ["people.csv"]


def test_json_with_a_folder_does_both(place):
    answer = place.match("--json", "--out", place.out)
    told, rows = json.loads(answer.out), rows_of(place.read("pairs.csv"))
    assert [one | {"fit": float(one["fit"])} for one in rows] == told["pairs"]
    assert "Written to" in answer.err


def test_json_says_what_was_noticed(place):
    sheet = place.write("mood.csv", "ref,mood\na,x\n")
    answer = place.match("--json", sheet=sheet)
    (notice,) = json.loads(answer.out)["notices"]
    assert notice == "Left out, because Beenthere does not know these columns: mood."
    assert f"Notice: {notice}\n" in answer.err


def test_nearest_is_written_with_capacity_0_and_without_the_met(place):
    place.paired("--nearest", "2")
    rows = rows_of(place.read("nearest.csv"))
    assert list(rows[0]) == ["ref", "peer", "rank", "fit", "reason"]
    assert [(row["peer"], row["rank"]) for row in rows if row["ref"] == "dev"] == [("eli", "1"), ("ben", "2")]
    met = place.write("met.csv", "a,b\ndev,eli\n")
    place.paired("--nearest", "2", "--met", met)
    rows = rows_of(place.read("nearest.csv"))
    assert [row["peer"] for row in rows if row["ref"] == "dev"] == ["ben", "ana"]


def test_rounds_have_a_column_and_nobody_meets_twice(place):
    rows = rows_of(place.paired("--rounds", "3"))
    assert {row["round"] for row in rows} == {"1", "2", "3"}
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows) == 3
    assert "round" not in rows_of(place.paired())[0]


def test_met_and_keep_take_our_own_tables_back(place):
    sheet = place.write("formulas.csv", FORMULAS)
    first = twos(place.paired(sheet=sheet))
    assert len(first) == 3
    assert all(ref.startswith("'") for pair in first for ref in pair if ref != "plain")
    earlier = place.write("earlier.csv", place.read("pairs.csv"))
    assert twos(place.paired("--keep", earlier, sheet=sheet)) == first
    again = twos(place.paired("--met", earlier, sheet=sheet))
    assert len(again) == 3
    assert set(again).isdisjoint(first)
    both = place.write("both.csv", place.read("pairs.csv"))
    third = twos(place.paired("--met", earlier, "--met", both, sheet=sheet))
    assert third
    assert set(third).isdisjoint({*first, *again})


def test_kept_pairs_stand_whatever_they_share(place):
    keep = place.write("keep.csv", "a,b\ncleo,ana\n")
    assert twos(place.paired("--keep", keep)) == [("ben", "eli"), ("ana", "cleo")]


@pytest.mark.parametrize(
    ("a", "b", "options", "said"),
    [
        ("eli", "ben", [], "ben and eli are introduced in round 1, with a fit of "),
        ("cleo", "dev", [], "A boundary is between cleo and dev. dev asked to leave out"),
        ("ana", "dev", [], "dev has no room for anyone (capacity 0). ana and dev fit at "),
        ("ana", "cleo", [], "What ana and cleo share reaches 0.00, and the floor is 0.15."),
        ("ana", "ben", [], "ana and ben may meet and fit at "),
        ("ana", "ben", ["--met", "met.csv"], "ana and ben have met before."),
        (
            "ana",
            "cleo",
            ["--keep", "keep.csv"],
            "ana and cleo are introduced in round 1, with a fit of 0.00. ",
        ),
    ],
)
def test_why_these_two(place, monkeypatch, a, b, options, said):
    monkeypatch.chdir(place.folder)
    place.write("met.csv", "a,b\nana,ben\n")
    place.write("keep.csv", "a,b\nana,cleo\n")
    answer = place.match("--why", a, b, *options)
    assert (answer.code, answer.out[: len(said)], answer.out.count("\n")) == (0, said, 1)
    assert place.match("--why", b, a, *options).out == answer.out


def test_why_names_who_was_preferred(place):
    told = json.loads(place.match("--why", "ana", "ben", "--json").out)
    assert [(one["ref"], one["partner"], one["kept"]) for one in told["preferred"]] == [("ben", "eli", False)]
    assert (told["failing"], list(told)) == ([], ["failing", "preferred", "said"])


def test_why_writes_nothing(place):
    assert place.match("--why", "ana", "ben", "--out", place.out).code == 0
    assert not place.out.exists()


@pytest.mark.parametrize("seed", [0, 1, -5])
def test_the_same_bytes_whatever_the_order_of_rows(place, seed):
    header, *lines = SHEET.splitlines()
    files = []
    for order in range(3):
        random.Random(order).shuffle(lines)
        place.write("people.csv", "\n".join([header, *lines]) + "\n")
        place.paired("--seed", seed, "--nearest", "2", "--rounds", "2")
        files.append({path.name: path.read_bytes() for path in place.out.iterdir()})
    assert files[0] == files[1] == files[2]


def test_seeds_decide_between_equals(place):
    sheet = place.write("equals.csv", "ref,experiences\n" + "".join(f"r{n},Prison\n" for n in range(12)))
    assert len({place.paired("--seed", seed, sheet=sheet) for seed in range(4)}) > 1


def test_map_and_template(place):
    example = place.folder / "example.csv"
    answer = CliTemplate(place).write(example)
    assert answer.out == f"An example of every column is in {example}. Its people are fictional.\n"
    assert example.read_bytes() == template()
    sheet = read_sheet(template(), name="example.csv", vocabulary=load_vocabulary())
    assert (sheet.faults, sheet.notices, len(sheet.people)) == ((), (), 12)
    theirs = place.write("theirs.csv", "Name=Id,Story\na,My mum died.\nb,My mum died.\n")
    assert twos(place.paired("--map", "Name=Id=ref", "--map", " Story = words ", sheet=theirs)) == [
        ("a", "b")
    ]


class CliTemplate:
    """`match --template`, which takes no sheet."""

    def __init__(self, place) -> None:
        self.place = place

    def write(self, path, *options):
        return Answer(*_result(CliRunner().invoke(app, ["match", "--template", str(path), *options])))


def test_a_template_replaces_nothing_unless_forced(place):
    before = place.sheet.read_bytes()
    answer = CliTemplate(place).write(place.sheet)
    assert (answer.code, place.sheet.read_bytes()) == (2, before)
    assert CliTemplate(place).write(place.sheet, "--force").code == 0
    assert place.sheet.read_bytes() == template()


def test_floors(place):
    low, high = twos(place.paired("--floor", "0")), twos(place.paired("--floor", "1"))
    assert (len(low), high) == (2, [])
    assert twos(place.paired("--floor", "0,15")) == [("ben", "eli")]


def test_today(place):
    sheet = place.write(
        "hours.csv",
        "ref,experiences,timezone,free\n"
        "a,Prison,Europe/Madrid,mon 18:00-19:00\nb,Prison,America/Bogota,mon 12:00-13:00\n",
    )
    winter, summer = (place.paired("--on", day, sheet=sheet) for day in ("2025-01-06", "2025-07-07"))
    assert "free at the same time" in winter
    assert "free at the same time" not in summer
    place.paired(sheet=sheet)
    assert "2025-01-06" in place.read("report.html")


def test_force_leaves_other_files_alone(place):
    place.out.mkdir()
    (place.out / "notes.txt").write_text("mine")
    (place.out / "nearest.csv").write_text("old")
    answer = place.match("--out", place.out, "--force")
    assert {path.name: path.read_text()[:4] for path in place.out.iterdir() if path.suffix != ".html"} == {
        "notes.txt": "mine",
        "nearest.csv": "old",
        "pairs.csv": "a,b,",
        "unmatched.csv": "ref,",
    }
    assert "The nearest.csv there is of an earlier run." in answer.out


def test_spanish(place):
    place.paired("--language", "es")
    assert '<html lang="es">' in place.read("report.html")
    assert rows_of(place.read("pairs.csv"))[0]["shared"] == load_vocabulary().name("loss-of-a-parent", "es")


def test_the_page_about_pairing_names_every_option_and_column():
    told = (Path(__file__).parents[2] / "docs/pairing.md").read_text(encoding="utf-8")
    command = typer.main.get_command(app).commands["match"]
    options = {one.opts[0] for one in command.params if one.opts[0].startswith("--")} - {"--help"}
    assert set(re.findall(r"^\| `(--[a-z]+)", told, re.MULTILINE)) == options
    sheet = told.partition("## Boundaries")[0]
    named = [
        name
        for row in re.findall(r"^\| (`.*?) \|", sheet, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert named == list(COLUMNS)
