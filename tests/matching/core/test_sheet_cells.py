"""Each column's cells: what they are read as, and what is a fault."""

from datetime import date

import pytest

from beenthere.matching.core.people import Named, Window
from beenthere.matching.core.sheet import cells

from .sheets import cell, read, said, told


def value(column: str, text: str, field: str | None = None):
    sheet = cell(column, text)
    assert told(sheet) == []
    return getattr(sheet.people[0], field or column)


def whys(column: str, text: str) -> list[tuple[str, str, str]]:
    return [(fault.value, str(fault.why), str(fault.wants)) for fault in cell(column, text).faults]


@pytest.mark.parametrize(
    ("text", "stand"),
    [
        ("in it now", "in it now"),
        (" It  Comes and GOES ", "it comes and goes"),
        ("finding my way", "finding my way"),
        ("living with it", "living with it"),
        ("behind me for now", "behind me for now"),
        ("further along", "behind me for now"),
        ("en ello ahora", "in it now"),
        ("va y viene", "it comes and goes"),
        ("buscando mi camino", "finding my way"),
        ("vivo con ello", "living with it"),
        ("lo dejé atrás por ahora", "behind me for now"),
        ("Lo deje atras por ahora", "behind me for now"),
        ("", None),
    ],
)
def test_an_experience_may_say_how_it_is_now(text, stand):
    assert value("experiences", f"Drinking = {text}") == (Named("drinking", stand),)


def test_experiences_are_found_by_id_or_by_either_name():
    found = value("experiences", "drinking; Feeling  ALONE = va y viene;; Beber alcohol")
    assert found == (Named("drinking"), Named("loneliness", "it comes and goes"))


def test_a_stand_said_once_holds_for_the_same_experience_said_again():
    assert value("experiences", "drinking; drinking=in it now") == (Named("drinking", "in it now"),)


def test_an_unknown_experience_is_kept_as_written_and_told_once():
    sheet = cell("experiences", "Night  shifts=in it now; night shifts; Drinking")
    assert sheet.people[0].experiences == (Named("Night shifts", "in it now", False), Named("drinking"))
    assert said(sheet) == [
        "Kept as written, because the vocabulary does not have these experiences: Night shifts."
    ]


def test_wrong_experiences_are_each_a_fault():
    stands = "in it now, it comes and goes, finding my way, living with it, behind me for now"
    wants = f"One of: {stands}, after an equals sign, or nothing."
    assert whys(
        "experiences", "drinking=often; =in it now; loneliness=living with it; loneliness=in it now"
    ) == [
        ("drinking=often", "often is not one of the ways it can be now.", wants),
        (
            "=in it now",
            "No experience stands before the equals sign.",
            "An experience, such as loneliness=it comes and goes.",
        ),
        (
            "loneliness=in it now",
            "The same experience stands here twice, with different ways it is now.",
            wants,
        ),
    ]


def test_what_is_left_out_is_an_experience_alone():
    assert value("leave_out", "Drinking; drinking; loneliness") == (Named("drinking"), Named("loneliness"))
    assert whys("leave_out", "drinking=in it now") == [
        (
            "drinking=in it now",
            "What a person leaves out is an experience, however it is now.",
            "The experience alone, without an equals sign.",
        )
    ]


def test_hopes_in_english_and_in_spanish():
    assert value("hopes", "To talk; hacer compañía; escribir de vez en cuando; HACER ALGO JUNTAS") == {
        "to talk",
        "to keep company",
        "to write now and then",
        "to do something together",
    }
    hopes = "to talk, to write now and then, to keep company, to do something together"
    wants = f"One of: {hopes}. Several are separated by semicolons."
    assert whys("hopes", "to talk; to sing; to dance") == [
        ("to sing", "This is not one of the hopes.", wants),
        ("to dance", "This is not one of the hopes.", wants),
    ]


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "zh-Hant-TW", "es-419", "quc", "mam", "fil", "de-1996", "sr-Latn-x-a"]
)
def test_language_tags(tag):
    assert value("languages", f"{tag}; {tag}") == (tag,)


def test_no_language_is_english():
    assert value("languages", " ; ") == ("en",)
    assert cell("words", "x").people[0].languages == ("en",)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("English", "The tag en."),
        ("español", "The tag es."),
        ("Spanish", "The tag es."),
        ("inglés", "The tag en."),
        ("Deutsch", "The tag de."),
        ("eng", "The tag en."),
        ("iw-IL", "The tag he-IL."),
        ("en_GB", "The tag en-GB."),
        ("xx", "Language tags such as en, es or pt-BR, separated by semicolons."),
        ("und", "Language tags such as en, es or pt-BR, separated by semicolons."),
        ("en-", "Language tags such as en, es or pt-BR, separated by semicolons."),
        ("en, es", "Language tags such as en, es or pt-BR, separated by semicolons."),
    ],
)
def test_what_is_no_language_tag(text, wants):
    assert [(fault, right) for fault, _, right in whys("languages", text)] == [(text, wants)]


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("europe/madrid", "Perhaps Europe/Madrid."),
        ("Bogota", "Perhaps America/Bogota."),
        ("Europe/Berlim", "Perhaps Europe/Berlin."),
        ("../../etc/passwd", "A time zone such as Europe/Madrid or America/Bogota."),
        ("Europe", "A time zone such as Europe/Madrid or America/Bogota."),
    ],
)
def test_time_zones(text, wants):
    assert value("timezone", "Europe/Madrid") == "Europe/Madrid"
    assert [right for *_, right in whys("timezone", text)] == [wants]


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("mon 18:00-21:00; sat 10:00-12:00", [(0, 1080, 1260), (5, 600, 720)]),
        ("Mié 18:30–20:00", [(2, 1110, 1200)]),
        ("sábado 9:00 - 24:00", [(5, 540, 1440)]),
        ("Thursday 23:00-01:00", [(3, 1380, 1500)]),
        ("sun 18:00-00:00", [(6, 1080, 1440)]),
        ("dom 00:00-24:00", [(6, 0, 1440)]),
        ("tue 10:00-12:00; martes 11:00-13:00; tue 10:00-12:00", [(1, 600, 720), (1, 660, 780)]),
    ],
)
def test_weekly_windows(text, windows):
    sheet = read(f'ref,timezone,free\nana,Europe/Madrid,"{text}"\n')
    assert told(sheet) == []
    assert sheet.people[0].free == tuple(Window(*window) for window in windows)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mon 18:00-18:00", "The window ends when it begins."),
        ("mon 18:00-25:00", "This is not a time of day."),
        ("mon 24:00-02:00", "This is not a time of day."),
        ("mon 18:60-19:00", "This is not a time of day."),
        ("any 18:00-19:00", "any is not a day of the week."),
        ("mon-fri 18:00-19:00", "This is not a window of hours."),
        ("mon evening", "This is not a window of hours."),
        ("mon 18:00-19:00, tue 18:00-19:00", "This is not a window of hours."),
    ],
)
def test_what_is_no_window(text, why):
    assert [(fault, told_why) for fault, told_why, _ in whys("free", text)] == [(text, why)]


def test_hours_need_a_time_zone():
    assert whys("free", "mon 18:00-19:00") == [
        (
            "mon 18:00-19:00",
            "Hours need a time zone, and this row has none.",
            "A time zone such as Europe/Madrid in the column timezone.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "band"),
    [
        *[
            ("18", "18-24"),
            ("24", "18-24"),
            ("25", "25-34"),
            ("34", "25-34"),
            ("35", "35-44"),
            ("44", "35-44"),
        ],
        *[("45", "45-54"), ("54", "45-54"), ("55", "55-64"), ("64", "55-64"), ("65", "65+"), ("120", "65+")],
        *[("18-24", "18-24"), ("25–34", "25-34"), ("35 — 44", "35-44"), ("65 +", "65+"), ("34.0", "25-34")],
    ],
)
def test_ages_become_bands(text, band):
    assert value("age", text, "age_band") == band


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("17", "Beenthere pairs adults only; this person is under 18."),
        ("0", "Beenthere pairs adults only; this person is under 18."),
        ("121", "Nobody is as old as this."),
        ("-3", "This is not an age."),
        ("18-25", "This is not an age."),
        ("34.5", "This is not an age."),
        ("9" * 5000, "This is not an age."),
    ],
)
def test_what_is_no_age(text, why):
    assert [told_why for _, told_why, _ in whys("age", text)] == [why]


def test_whom_a_person_would_meet():
    assert value("meet_age", "18–24; 65+ ;18-24") == {"18-24", "65+"}
    assert value("meet_gender", " Woman; NON  binary ;") == {"woman", "non binary"}
    assert value("gender", " Woman ") == "Woman"
    assert [fault for fault, *_ in whys("meet_age", "18-24; 30; any")] == ["30", "any"]


def test_capacity():
    assert [value("capacity", text) for text in ("0", "7", "1000", "2.0", "")] == [0, 7, 1000, 2, 1]
    for text in ("-1", "1001", "1.5", "two", "9" * 5000):
        assert [right for *_, right in whys("capacity", text)] == ["A whole number from 0 to 1\u202f000."]


def test_since():
    assert value("since", "2024-02-29") == date(2024, 2, 29)
    assert value("since", "2025-01-06 18:22:10") == date(2025, 1, 6)
    assert value("since", "") is None
    for text in ("2025-02-29", "20250106", "2025-W01-1", "06/01/2025", "0000-01-01"):
        assert [fault for fault, *_ in whys("since", text)] == [text]


def test_a_cell_has_an_end():
    assert value("words", "x" * 20_000) == "x" * 20_000
    [(shown, why, wants)] = whys("words", "x" * 20_001)
    assert (len(shown), why, wants) == (
        200,
        "The cell holds 20\u202f001 characters.",
        "At most 20\u202f000 characters.",
    )


def test_a_failed_formula_is_no_empty_cell():
    assert [fault for fault, *_ in whys("never", "#REF!")] == ["#REF!"]


def test_near_time_zones_are_looked_up_only_so_often(monkeypatch):
    """Ten thousand wrong zones must not cost ten thousand searches."""
    monkeypatch.setattr(cells, "SUGGESTIONS", 2)
    sheet = read("ref,timezone\na,madrid\nb,lisbon\nc,london\n")
    assert [str(fault.wants) for fault in sheet.faults] == [
        "Perhaps Europe/Madrid.",
        "Perhaps Europe/Lisbon.",
        "A time zone such as Europe/Madrid or America/Bogota.",
    ]
