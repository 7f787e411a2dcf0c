"""CSV files as programs write them: encodings, delimiters, quotes, lines."""

import pytest

from beenthere.matching.core.sheet.delimited import Broken, records

from .sheets import read, said, told

SPANISH = "ref;words\nana;Perdí a mi madre en otoño\nben;¿Y tú?\n"
WINDOWS = {
    "cp1252": ("Western European", SPANISH),
    "cp1250": ("Central European", "ref;words\nana;Straciłem pracę, czuję się źle\n"),
    "cp1251": ("Cyrillic", "ref;words\nana;Я потерял маму и мне грустно\n"),
    "cp1253": ("Greek", "ref;words\nana;Έχασα τη μητέρα μου\n"),
    "cp1254": ("Turkish", "ref;words\nana;işsizlik ve yalnızlık\n"),
    "cp1255": ("Hebrew", "ref;words\nana;איבדתי את אמא שלי\n"),
    "cp1256": ("Arabic", "ref;words\nana;فقدت أمي قبل سنتين\n"),
    "cp1257": ("Baltic", "ref;words\nana;ąžuolas ir šeima, žmogus\n"),
    "cp874": ("Thai", "ref;words\nana;แม่ของฉันเสียชีวิต\n"),
}


def lines(text: str, delimiter: str = ",") -> list:
    return [(record.line, record.cells, record.broken) for record in records(text, delimiter)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_notice(encoding):
    sheet = read(SPANISH.encode(encoding))
    assert (told(sheet), sheet.notices) == ([], ())
    assert [person.words for person in sheet.people] == ["Perdí a mi madre en otoño", "¿Y tú?"]


def test_utf16_of_both_orders():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read(mark + SPANISH.encode(encoding)).people == read(SPANISH).people


@pytest.mark.parametrize("page", WINDOWS)
def test_windows_encodings_are_recognised_and_told(page):
    name, text = WINDOWS[page]
    sheet = read(text.encode(page))
    assert sheet.people == read(text).people
    assert said(sheet) == [
        f"The file is not UTF-8; it was read as {name} ({page.replace('cp', 'windows-')})."
        " If letters look wrong, save it as UTF-8."
    ]


def test_the_encoding_knows_no_order_of_rows():
    rows = [f"p{at};{word}" for at, word in enumerate(("işsiz", "José", "ñandú", "değil", "niño"))]
    forth, back = (read("\n".join(["ref;words", *some]).encode("cp1254")) for some in (rows, rows[::-1]))
    assert said(forth) == said(back)


def test_damaged_letters_are_faults_and_not_guessed():
    broken = SPANISH.encode().replace("ú".encode(), b"\xc3")
    assert told(read(broken)) == [(3, "", "ben;¿Y t\ufffd?")]
    assert told(read(b"ref;words\na;x\x81y\nb;c\n")) == [(2, "", "a;x\ufffdy")]


def test_zero_bytes_are_no_text():
    for content in (b"ref\nana\nb\0en\n", "ref\nana\nb".encode("utf-16-le"), b"\xff\xfer\0e\0f\0\n\0\0\0"):
        sheet = read(content)
        assert [str(fault.why) for fault in sheet.faults] == [
            "This is not a table of text: it holds zero bytes."
        ]
    assert told(read(b"ref\nana\nb\0en\n")) == [(3, "", "")]
    assert [fault.line for fault in read(b"\xff\xfea").faults] == [1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_decides_the_delimiter(delimiter):
    text = 'ref|"words, of; the\ttime"|words\nana|x|"one, two; three"\n'.replace("|", delimiter)
    sheet = read(text)
    assert (told(sheet), sheet.people[0].words) == ([], "one, two; three")


def test_known_names_weigh_more_than_many_cells():
    sheet = read("ref;moods (a, b, c, d)\nana;a\n")
    assert (told(sheet), sheet.columns) == ([], ("ref", "moods (a, b, c, d)"))
    sheet = read(
        "código;edad, en años, hoy\nana;40\n", renames={"código": "ref", "edad, en años, hoy": "age"}
    )
    assert (told(sheet), sheet.people[0].age_band) == ([], "35-44")


def test_what_excel_says_of_its_delimiter():
    sheet = read("sep=;\r\nref;words\r\nana;hi, you\r\n")
    assert (told(sheet), sheet.people[0].words, sheet.people[0].line) == ([], "hi, you", 3)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_record_begins_on_its_first_line(newline):
    text = 'ref,words,age\nana,"one\n\ntwo ""three""",abc\n\n ,,\nben,x,abc'.replace("\n", newline)
    assert told(read(text)) == [(2, "age", "abc"), (7, "age", "abc")]


def test_quotes():
    assert lines('a,"b ""c"", d" , "e",f "g" h,""\n"",\n') == [
        (1, ["a", 'b "c", d', "e", 'f "g" h', ""], None),
        (2, ["", ""], None),
    ]


def test_a_quote_that_never_closes_names_the_line_it_opens_on():
    assert lines('a,b\nc,"d\ne,f\n') == [
        (1, ["a", "b"], None),
        (2, ["c", '"d\ne,f\n'], Broken.NEVER_CLOSED),
    ]
    sheet = read('ref,words\nana,hi\nben,"so\ncleo,ho\n')
    assert told(sheet) == [(3, "", '"so\ncleo,ho\n')]
    assert [person.ref for person in sheet.people] == ["ana"]


def test_text_after_a_quote_is_a_fault_and_reading_goes_on():
    sheet = read('ref,words,age\nana,"so" to say,abc\nben,hi,abc\n')
    assert told(sheet) == [(2, "", "abc"), (2, "age", "abc"), (3, "age", "abc")]


def test_ragged_rows_are_faults():
    sheet = read("ref,words,age\nana,hi\nben,one, two,40\ncleo,hi,40,,\ndev,hi,40\n")
    assert told(sheet) == [(2, "", "hi"), (3, "", "40")]
    assert str(sheet.faults[1].why) == "This row has 4 cells; the header names 3 columns."
    assert [person.ref for person in sheet.people] == ["cleo", "dev"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b",,,\n", b"sep=;\n"])
def test_an_empty_file(content):
    [fault] = read(content).faults
    assert (fault.line, fault.column, str(fault.why)) == (1, "", "The file is empty.")


def test_limits_are_told(monkeypatch):
    from beenthere.matching.core.sheet import tables

    monkeypatch.setattr(tables, "ROWS", 2)
    assert told(read("ref\na\nb\n\n")) == []
    sheet = read("ref\na\nb\n\nc\n")
    assert (told(sheet), str(sheet.faults[0].why)) == ([(5, "", "")], "There are more than 2 rows.")
    monkeypatch.setattr(tables, "FILE", 10)
    assert (told(read("ref\n" + "a" * 6)), told(read("ref\n" + "a" * 7))) == ([], [(1, "", "people.csv")])
    monkeypatch.undo()
    assert str(read("ref" + "," * 1000).faults[0].why) == "The header names more than 1\u202f000 columns."
    [fault] = read("ref," + "x" * 20_001 + "\na,b\n").faults
    assert (len(fault.value), str(fault.why)) == (
        200,
        "The name of a column is longer than 20\u202f000 characters.",
    )
