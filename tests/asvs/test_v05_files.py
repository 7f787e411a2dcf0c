"""V5: a file is what its name says, its name opens no path, and nothing of it is left anywhere."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from beenthere.matching.models import DESK
from tests.matching.conftest import ANA_AND_BEN, desk, here, local
from tests.matching.core.workbooks import ods, xlsx

__all__ = ["desk", "here", "local"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
BOOK = xlsx([["ref"], ["ana"]])


def drop(here, name: str, content: bytes):
    return here.post("/pair/", {"sheet": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.csv", BOOK),
        ("people.xlsx", ANA_AND_BEN),
        ("people.ods", b"ref\nana\n"),
        ("picture.svg", SVG),
        ("page.html", b"<script>alert(1)</script>"),
        ("people.csv.exe", ANA_AND_BEN),
        ("people", ANA_AND_BEN),
        ("people.xlsm", BOOK),
        ("people.zip", BOOK),
        ("people.php", ANA_AND_BEN),
    ],
)
def test_a_file_is_what_its_name_says(here, name, content):
    """5.2.2: the ending is one of the list, and the content is of that kind."""
    told = drop(here, name, content)
    assert (told.status_code, DESK.all()) == (422, [])
    assert "neither a CSV file nor an .xlsx or .ods spreadsheet" in told.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("people.csv", ANA_AND_BEN), ("PEOPLE.XLSX", BOOK), ("people.ods", ods([["ref"], ["ana"]]))],
)
def test_what_it_should_be_is_taken(here, name, content):
    assert drop(here, name, content).status_code == 302


NAMES = ["../../../etc/passwd.csv", "/etc/x.csv", 'a"; filename="b.html.csv', "a\nX-Evil: 1.csv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_opens_no_path_and_writes_no_header(here, name, tmp_path):
    """5.3.2, 5.4.1, 5.4.2: it is shown, and nothing is made of it; what leaves is named by us."""
    before = {path for path in settings.DATA.rglob("*") if path.is_file()}
    address = drop(here, name, ANA_AND_BEN).url
    assert re.fullmatch(r"/pair/[0-9a-z]{32}/", address)
    page = here.get(address)
    assert (page.status_code, "X-Evil" in page.headers) == (200, False)
    assert {path for path in settings.DATA.rglob("*") if path.is_file()} - before == set()
    for asked in ("..%2f..%2fsettings.py", "%2e%2e", "secret%2fpages.key", name.replace("/", "%2f")):
        assert here.get(f"{address}table/{asked}/").status_code == 404


def test_what_was_dropped_is_at_no_address_of_its_own(here):
    """5.3.1: it is read, never served as it came, and never run."""
    address = drop(here, "people.csv", ANA_AND_BEN).url
    tries = (f"{address}people.csv", f"{address}table/people.csv/", "/static/people.csv", "/media/people.csv")
    assert [here.get(one).status_code for one in tries] == [404] * 4
    assert (settings.MEDIA_ROOT, settings.MEDIA_URL) == ("", "/")
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
