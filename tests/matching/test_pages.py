"""The local page, address by address."""

import logging
import re
import tempfile
import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from beenthere.matching.actions import sheets as actions
from beenthere.matching.core.sheet import template
from beenthere.matching.models import DESK
from beenthere.matching.views import sheets as views

from .conftest import ANA_AND_BEN, FAULTY, wait_for_pairings

WISHES = {"rounds": "1", "floor": "0.15", "seed": "0", "nearest": "0", "on": ""}


def text_of(response) -> str:
    return response.content.decode()


def drop(here, content: bytes = ANA_AND_BEN, name: str = "people.csv") -> str:
    """Drops a file; the address of its page."""
    answer = here.post("/pair/", {"sheet": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return answer.url


def run(here, address: str, **wishes) -> str:
    """Runs, and gives the page that is shown afterwards."""
    assert here.post(f"{address}run/", {**WISHES, **wishes}).url == address
    wait_for_pairings()
    return text_of(here.get(address))


def test_the_first_page_takes_a_file(here):
    page = text_of(here.get("/pair/"))
    assert re.findall(r'<input type="file" name="(\w+)"', page) == ["sheet"]
    assert "It stays on this machine. Nothing is sent anywhere." in page


def test_no_file_and_too_large_a_file_are_said(here, monkeypatch):
    answer = here.post("/pair/", {})
    assert answer.status_code == 422
    assert "Choose a file first." in text_of(answer)
    monkeypatch.setattr("beenthere.matching.forms.LARGEST", 3)
    answer = here.post("/pair/", {"sheet": SimpleUploadedFile("people.csv", b"ref\n")})
    assert (answer.status_code, "larger than 50 MB" in text_of(answer), DESK.all()) == (422, True, [])


def test_the_example(here):
    assert here.get("/pair/example/").content == template()
    address = here.post("/pair/", {"example": "1"}).url
    assert "12 people could be read." in text_of(here.get(address))


@pytest.mark.parametrize(
    ("people", "said"), [(1, "One person could be read."), (2, "2 people could be read.")]
)
def test_one_person_and_two(here, people, said):
    page = text_of(here.get(drop(here, b"ref\n" + b"".join(b"r%d\n" % n for n in range(people)))))
    assert said in page


def test_faults_stand_in_their_cells(here):
    page = text_of(here.get(drop(here, FAULTY)))
    assert "4 things to put right before pairing" in page
    assert re.findall(r"<h2>(Line \d+)</h2>", page) == ["Line 2", "Line 3", "Line 4"]
    cells = re.findall(r'<div class="cell( wrong-cell| ref)?"><dt><bdi>(\w+)</bdi></dt>', page)
    assert cells == [
        *((" ref", "ref"), (" wrong-cell", "age"), (" wrong-cell", "languages"), ("", "mood")),
        *((" wrong-cell", "ref"), ("", "age"), ("", "languages"), ("", "mood")),
        *((" wrong-cell", "ref"), ("", "age"), ("", "languages"), ("", "mood")),
    ]
    assert 'id="pairing"' not in page
    assert "/run/" not in page


def test_every_fault_can_be_reached(here):
    address = drop(here, b"ref,age\n" + b"".join(b"r%d,old\n" % number for number in range(60)))
    lines = []
    for number in (1, 2, 3):
        lines += re.findall(r"<h2>Line (\d+)</h2>", text_of(here.get(f"{address}?page={number}")))
    assert lines == [str(number) for number in range(2, 62)]
    table = here.get(f"{address}table/faults.csv/").content.decode().splitlines()
    assert (table[0], len(table)) == ("line,column,value,why,wants", 61)


def test_a_faulty_sheet_is_not_run(here):
    answer = here.post(f"{drop(here, FAULTY)}run/", WISHES)
    assert (answer.status_code, DESK.all()[0].running) == (422, None)


def test_a_file_that_is_no_table(here):
    page = text_of(here.get(drop(here, b"\x00\xff\x00\x01\x02")))
    assert "One thing to put right before pairing" in page


def test_columns_are_mapped(here):
    address = drop(here, b"Name,Story\nana,My mum died.\nben,I lost my dad.\n")
    page = text_of(here.get(address))
    assert '<details class="disclosure" open>' in page
    assert here.post(f"{address}columns/", {"column-0": "ref", "column-1": "words"}).url == address
    assert "2 people could be read." in text_of(here.get(address))
    here.post(f"{address}columns/", {"column-0": "ref", "column-1": "ref"})
    assert "Two columns are to be read as ref: Name and Story." in text_of(here.get(address))
    here.post(f"{address}columns/", {"column-0": "no such", "column-1": "words"})
    assert "Two columns are to be read as ref" in text_of(here.get(address))


def test_pairs_are_drawn(here):
    page = run(here, drop(here))
    assert "<h3>ana and ben have both lived through loss of a parent.</h3>" in page
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page) == [
        "My mum died in spring and the house is quiet.",
        "I lost my dad two years ago.",
    ]
    assert re.search(r'<ul class="shared">(.*?)</ul>', page).group(1) == "<li>Loss of a parent</li>"
    assert (
        '<p class="line">ana says of it: in it now. ben says of it: living with it. Both hope to talk.</p>'
        in page
    )
    assert re.findall(r"<dt><bdi>(\w+)</bdi></dt>", page) == ["cleo", "dev"]


def test_what_people_wrote_is_never_markup(here):
    nasty = b'<img src=x onerror="alert(1)">'
    content = ANA_AND_BEN.replace(b"ana,", b'"' + nasty.replace(b'"', b'""') + b'",').replace(
        b"quiet", nasty.replace(b'"', b"")
    )
    page = run(here, drop(here, content, name="<b>people</b>.csv"))
    assert "<img" not in page
    assert "<b>people" not in page
    assert "&lt;img src=x" in page


def test_choices_stay_after_a_run(here):
    met = SimpleUploadedFile("earlier.csv", b"a,b\nana,ben\n")
    chosen = {"rounds": "2", "floor": "0,2", "seed": "7", "nearest": "3", "on": "2025-02-03"}
    address = drop(here)
    page = run(here, address, **chosen, met=met)
    assert "ana and ben" not in page
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in re.findall(r"<input[^>]*>", page)]
    values = {one["name"]: one.get("value") for one in inputs if one["name"] in chosen}
    assert values == chosen | {"floor": "0.2"}
    assert "1 pair from earlier.csv has met before and still counts." in page
    assert DESK.all()[0].wishes.met == (("ana", "ben"),)
    run(here, address, **chosen)
    assert (DESK.all()[0].wishes.met, DESK.all()[0].met_name) == ((("ana", "ben"),), "earlier.csv")
    page = run(here, address, **chosen, forget_met="on")
    assert (DESK.all()[0].wishes.met, "ana and ben have both" in page) == ((), True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"floor": "1e-99999999"}, "Write a number from 0 to 1, such as 0.15."),
        ({"floor": "1.01"}, "Write a number from 0 to 1, such as 0.15."),
        ({"rounds": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"met": SimpleUploadedFile("m.csv", b"a,b\nana,\n")}, "2, b: A ref is missing from this pair."),
    ],
)
def test_wrong_choices_are_said_and_kept(here, wrong, said):
    address = drop(here)
    answer = here.post(f"{address}run/", {**WISHES, **wrong})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert '<details class="disclosure" open><summary>Choices' in text_of(answer)
    assert DESK.all()[0].running is None


def test_progress_ends_with_the_page_anew(here, monkeypatch):
    reached, go = threading.Semaphore(0), threading.Event()
    real = actions.plan_people

    def gated(*args, **options):
        reached.release()
        assert go.wait(60)
        return real(*args, **options)

    monkeypatch.setattr(actions, "plan_people", gated)
    address = drop(here)
    here.post(f"{address}run/", WISHES)
    assert reached.acquire(timeout=60)
    answer = here.get(f"{address}progress/")
    assert ("HX-Refresh" in answer.headers, 'value="4" max="4"' in text_of(answer)) == (False, True)
    page = text_of(here.get(address))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    go.set()
    wait_for_pairings()
    assert here.get(f"{address}progress/").headers["HX-Refresh"] == "true"


def test_keep_part_undo(here):
    address = drop(here)
    run(here, address)
    two = {"a": "ben", "b": "ana", "number": "1"}
    answer = here.post(f"{address}hold/", {**two, "how": "keep"}, headers={"HX-Request": "true"})
    assert '<article class="sheet pair kept" id="pair-1">' in text_of(answer)
    answer = here.post(f"{address}hold/", {**two, "how": "part"})
    assert answer.url == f"{address}?page=1#pair-1"
    assert '<article class="sheet pair parted" id="pair-1">' in text_of(here.get(address))
    page = run(here, address)
    assert "Parted by hand" in page
    here.post(f"{address}hold/", {"a": "ana", "b": "ben", "how": "be"})
    assert "Parted by hand" not in text_of(here.get(address))


@pytest.mark.parametrize(
    "wrong",
    [
        {"a": "ana", "b": "nobody", "how": "keep"},
        {"a": "ana", "b": "ana", "how": "keep"},
        {"a": "ana", "b": "ben", "how": "marry"},
        {},
    ],
)
def test_only_two_people_of_the_sheet_can_be_held(here, wrong):
    address = drop(here)
    assert here.post(f"{address}hold/", wrong).status_code == 404
    assert (DESK.all()[0].kept, DESK.all()[0].parted) == (set(), set())


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("ana", "ben", "ana and ben are introduced in round 1"),
        ("cleo", "dev", "dev asked to leave out what cleo has lived through: hearing voices."),
        ("ana", "dev", "dev has no room for anyone (capacity 0)."),
        ("ana", "cleo", "and the floor is 0.15"),
        ("ana", "ana", "Write the refs of two different people of this sheet."),
        ("ana", "zed", "Write the refs of two different people of this sheet."),
    ],
)
def test_why_not_these_two(here, a, b, said):
    address = drop(here)
    run(here, address)
    assert here.post(f"{address}why/", {"a": f" {a} ", "b": b}).url == f"{address}#why"
    page = text_of(here.get(address))
    assert said in page
    assert re.findall(r'id="why-[ab]"[^>]*?value="(\w+)"', page) == [a, b]


def test_why_before_any_run_and_of_the_parted(here):
    address = drop(here)
    here.post(f"{address}why/", {"a": "ana", "b": "ben"})
    assert "Pair these people first; then ask." in text_of(here.get(address))
    here.post(f"{address}hold/", {"a": "ana", "b": "ben", "how": "part"})
    assert "ana and ben were parted by hand before this run." in run(here, address)


def test_downloads(here):
    address = drop(here)
    for name in ("pairs.csv", "unmatched.csv", "report.html", "nearest.csv"):
        assert here.get(f"{address}table/{name}/").status_code == 404
    assert re.findall(r"download>([\w.]+)</a>", run(here, address)) == [
        "report.html",
        "pairs.csv",
        "unmatched.csv",
    ]
    page = run(here, address, nearest="1")
    names = re.findall(r"download>([\w.]+)</a>", page)
    assert names == ["report.html", "pairs.csv", "unmatched.csv", "nearest.csv"]
    for name in names:
        answer = here.get(f"{address}table/{name}/")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert here.get(f"{address}table/secret.key/").status_code == 404


def test_a_page_of_pairs_at_a_time(here, monkeypatch):
    monkeypatch.setattr(views, "PAIRS_ON_A_PAGE", 1)
    content = ANA_AND_BEN + b"eli,I am in prison.,Prison,,,1\nfay,I was in prison.,Prison,,,1\n"
    address = drop(here, content)
    run(here, address)
    shown = [re.findall(r'id="(pair-\d+)"', text_of(here.get(f"{address}?page={page}"))) for page in "12x"]
    assert shown == [["pair-1"], ["pair-2"], ["pair-1"]]
    answer = here.post(f"{address}hold/", {"a": "ana", "b": "ben", "how": "keep", "number": "2"})
    assert answer.url == f"{address}?page=2#pair-2"
    answer = here.post(
        f"{address}hold/", {"a": "ana", "b": "ben", "how": "keep", "number": "2\r\nSet-Cookie: x=1"}
    )
    assert answer.url == f"{address}?page=1#pair-parted"


def test_another_language_leads_back_to_the_sheet(here):
    address = drop(here)
    for posted in ("run/", "why/", "columns/", "hold/"):
        assert here.get(address + posted).url == address


def test_leaving_and_forgetting(here):
    address = drop(here)
    look = re.search(r'data-look="(\w+)"', text_of(here.get(address))).group(1)
    (sheet,) = DESK.all()
    assert sheet.looks == {look}
    answer = here.post(f"{address}left/", {"look": look})
    assert (answer.status_code, sheet.looks, sheet.closing_at is None) == (204, set(), False)
    here.get(address)
    assert sheet.closing_at is None
    assert here.post(f"{address}forget/").url == "/pair/forgotten/"
    assert "The sheet is forgotten." in text_of(here.get("/pair/forgotten/"))
    assert (DESK.all(), here.get(address).status_code) == ([], 404)


def test_forgotten_and_never_there_look_the_same(here):
    address = drop(here)
    ref = address.split("/")[2]
    here.post(f"{address}forget/")
    pages = []
    for one in (ref, "0" * len(ref)):
        page = text_of(here.get(f"/pair/{one}/"))
        pages.append(re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", page.replace(one, "REF")))
    assert pages[0] == pages[1]
    assert "people.csv" not in pages[0]


def test_nothing_of_the_sheet_touches_a_disk_or_a_log(here, monkeypatch, caplog):
    word = "zanzibarine"
    content = ANA_AND_BEN.replace(b"house", word.encode()) + b"x" * 3_000_000 + b",,,,,0\n"
    monkeypatch.setattr(tempfile, "tempdir", str(settings.DATA / "no such folder"))  # any file there fails
    with caplog.at_level(logging.DEBUG):
        address = drop(here, content, name=f"{word}.csv")
        assert "One thing to put right" in text_of(here.get(address))
        small = ANA_AND_BEN.replace(b"house", word.encode()) + b"\n" * 3_000_000
        run(here, drop(here, small))
    held = [
        path
        for path in settings.DATA.rglob("*")
        if path.is_file() and not path.is_symlink() and word.encode() in path.read_bytes()
    ]
    assert held == []
    assert word not in caplog.text
