"""Codes of an app: what the RFC says they are, when they open, and that they do so once."""

from base64 import b32encode
from xml.etree import ElementTree

import pytest

from beenthere.people.core.one_time import (
    code_at,
    folded_one_time_code,
    grouped,
    picture_of,
    secret_of,
    step_opened,
)
from beenthere.people.queries.one_time import address_of

RFC = b32encode(b"12345678901234567890").decode()
# RFC 6238, appendix B (SHA-1): the last six of its eight digits.
TIMES = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("seconds", "code"), TIMES.items())
def test_the_vectors_of_the_rfc_open(seconds, code):
    assert code_at(RFC, seconds // 30) == code
    assert step_opened(RFC, code, seconds=seconds, last_step=0) == seconds // 30


def test_a_clock_may_be_wrong_by_one_step_and_no_more():
    code, at = code_at(RFC, 1000), 1000 * 30
    found = {
        late: step_opened(RFC, code, seconds=at + late, last_step=0) for late in (-31, -30, 0, 29, 59, 60)
    }
    assert found == {-31: None, -30: 1000, 0: 1000, 29: 1000, 59: 1000, 60: None}


def test_a_code_opens_once_and_none_before_it_opens_later():
    at = 1000 * 30
    assert step_opened(RFC, code_at(RFC, 1000), seconds=at, last_step=1000) is None
    assert step_opened(RFC, code_at(RFC, 999), seconds=at, last_step=1000) is None
    assert step_opened(RFC, code_at(RFC, 1001), seconds=at, last_step=1000) == 1001


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("287 082", "287082"),
        (" 287082\n", "287082"),
        ("28708", ""),
        ("2870821", ""),
        ("٢٨٧٠٨٢", ""),
        ("２８７０８２", ""),
        ("-28708", ""),
        ("", ""),
        ("\0" * 6, ""),
    ],
)
def test_six_digits_and_nothing_else_are_a_code(typed, read):
    assert folded_one_time_code(typed) == read
    assert (step_opened(RFC, typed, seconds=59, last_step=0) is not None) == (read != "")


def test_a_secret_is_made_of_twenty_bytes_of_chance():
    secret = secret_of(bytes(range(20)))
    assert (len(secret), grouped(secret).replace(" ", "")) == (32, secret)
    with pytest.raises(ValueError, match="20"):
        secret_of(b"short")


def test_the_app_is_told_what_apps_read():
    told = address_of("ABCD", place="The Lamp: a & b", called="my page")
    assert told == (
        "otpauth://totp/The%20Lamp%3A%20a%20%26%20b:my%20page"
        "?secret=ABCD&issuer=The%20Lamp%3A%20a%20%26%20b&algorithm=SHA1&digits=6&period=30"
    )


def test_the_square_is_lines_alone():
    """No style, no script and nothing that is fetched: it stands in the page under the strict policy."""
    drawn = ElementTree.fromstring(picture_of(address_of(RFC, place="A <b>", called="me")))
    names = {one.tag.rpartition("}")[2] for one in drawn.iter()}
    told = {name for one in drawn.iter() for name in one.attrib}
    assert names == {"svg", "path"}
    assert told == {"viewBox", "class", "d", "fill", "stroke"}
