"""`beenthere match`: bad input ends with 2, everything wrong is said, and nothing is written."""

import io
import json
import zipfile

import pytest


def names(place) -> list[str]:
    return sorted(path.name for path in place.folder.rglob("*"))


def test_every_fault_of_every_file_is_listed(place):
    sheet = place.write("bad.csv", "ref,age,languages,free\na,17,English,\na,old,,mon 18:00-19:00\n,,,\n")
    met = place.write("met.csv", "a,b\na,\nb,b\n")
    before = names(place)
    answer = place.match(
        "--out", place.out, "--met", met, "--floor", "2", "--on", "soon", "--map", "x", sheet=sheet
    )
    assert (answer.code, answer.out, names(place)) == (2, "", before)
    lines = answer.err.splitlines()
    places = [line.partition(":")[0] for line in lines]
    assert places[:5] == [
        "--floor 2 is no fit. Write a number from 0 to 1, such as 0.15.",
        "--on soon is no date. Write it as 2025-01-06.",
        "--map x names no two columns. Write --map theirs=ours.",
        "met.csv, line 2, column b",
        "met.csv, line 3, column b",
    ]
    assert places[5:-1] == [
        "bad.csv, line 2, column age",
        "bad.csv, line 2, column languages",
        "bad.csv, line 3, column ref",
        "bad.csv, line 3, column age",
        "bad.csv, line 3, column free",
    ]
    assert lines[-1] == f"{len(lines) - 1} to put right. Nothing was written."
    assert [line for line in lines[3:-1] if "Right would be: " not in line] == []


def test_faults_as_json(place):
    answer = place.match("--json", sheet=place.write("bad.csv", "ref,age\na,17\n"))
    (fault, count) = json.loads(answer.out)["faults"]
    assert (answer.code, answer.err) == (2, f"{fault}\n{count}\n")
    assert fault.startswith("bad.csv, line 2, column age: ")
    assert "It says “17”." in fault


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (
            "a,b\nana,ben\ncleo,dev\n",
            ["keep.csv, line 3, cleo and dev: dev asked to leave out"],
        ),
        (
            "a,b\nana,ben\neli,ana\n",
            ["keep.csv, line 3, eli and ana: ana has room for 1, and this is one more."],
        ),
        (
            'a,b,reason\nana,ben,"two\nlines"\neli,zed,\n',
            ["keep.csv, line 4, eli and zed: zed is not in the sheet."],
        ),
    ],
)
def test_kept_pairs_that_cannot_stand(place, keep, said):
    answer = place.match("--out", place.out, "--keep", place.write("keep.csv", keep))
    *faults, count = answer.err.splitlines()
    assert (answer.code, [fault[: len(start)] for fault, start in zip(faults, said, strict=True)]) == (
        2,
        said,
    )
    assert (count, place.out.exists()) == (f"{len(said)} to put right. Nothing was written.", False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say where to write: --out DIR. Or --json to print the pairs."),
        (["--mode", "reach", "--json"], "The mode reach is not built yet. Use --mode stable."),
        (["--mode", "fast", "--json"], "There is no mode fast. Use --mode stable."),
        (["--language", "xx", "--json"], "There is no language xx here. Write en or es."),
        (["--why", "ana", "zed"], "zed is not in the sheet."),
        (["--why", "ana", "ana"], "Name two different people."),
        (["--out", "people.csv"], "people.csv is a file, not a folder."),
        (["--out", "full"], "full is not empty. Name another folder, or add --force."),
        (["--out", "full", "--force"], "full/pairs.csv is a folder. Name another with --out."),
        (["--out", "people.csv/in/it"], "people.csv/in/it cannot be written to. Name another folder."),
        (["--floor", "1e-99999999", "--json"], "--floor 1e-99999999 is no fit."),
        (["--on", "0001-01-01", "--json"], "--on 0001-01-01 is no date."),
        (["--on", "9999-12-31", "--json"], "--on 9999-12-31 is no date."),
        (["--met", "none.csv", "--json"], "There is no file none.csv."),
        (["--keep", "full", "--json"], "full cannot be read: Is a directory."),
    ],
)
def test_options_that_cannot_be(place, monkeypatch, options, said):
    monkeypatch.chdir(place.folder)
    (place.folder / "full" / "pairs.csv").mkdir(parents=True)
    before = names(place)
    answer = place.match(*options)
    assert (answer.code, answer.err.splitlines()[0][: len(said)], names(place)) == (2, said, before)


@pytest.mark.parametrize("options", [["--rounds", "0"], ["--nearest", "-1"], ["--seed", "x"], ["--unknown"]])
def test_numbers_that_cannot_be(place, options):
    answer = place.match("--json", *options)
    assert (answer.code, answer.out) == (2, "")


def test_no_sheet_named(place):
    from typer.testing import CliRunner

    from beenthere.cli.commands import app

    answer = CliRunner().invoke(app, ["match"])
    assert (answer.exit_code, answer.stderr.splitlines()[0]) == (
        2,
        "Say which sheet: beenthere match PEOPLE --out DIR.",
    )


def test_no_such_sheet(place):
    missing = place.folder / "none.csv"
    answer = place.match("--json", sheet=missing)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"There is no file {missing}.")


def test_a_zip_bomb_is_refused(place):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 600_000_000)
    answer = place.match("--out", place.out, sheet=place.write("bomb.xlsx", packed.getvalue()))
    assert (answer.code, place.out.exists(), len(answer.err.splitlines())) == (2, False, 2)


def test_a_file_larger_than_is_read(place, monkeypatch):
    from beenthere.matching.core.sheet import limits

    sheet = place.folder / "large.csv"
    with sheet.open("wb") as file:
        file.write(b"ref\na\n")
        file.truncate(limits.FILE + 10)
    answer = place.match("--json", sheet=sheet)
    assert (answer.code, len(answer.err.splitlines())) == (2, 2)
