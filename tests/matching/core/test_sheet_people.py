"""Whole sheets: refs, boundaries between people, every fault at once, notices."""

from beenthere.matching.core.people import Named

from .sheets import read, said, told


def test_only_ref_is_required():
    sheet = read("ref\nana\nben\n")
    assert ([person.ref for person in sheet.people], sheet.faults, sheet.notices) == (["ana", "ben"], (), ())
    assert [person.line for person in sheet.people] == [2, 3]


def test_a_person_as_the_sheet_says():
    ana = read('ref,words,place,experiences\n ana , I was there. ,Lugo,"drinking=va y viene"\n').people[0]
    assert (ana.ref, ana.words, ana.place) == ("ana", "I was there.", "Lugo")
    assert ana.experiences == (Named("drinking", "it comes and goes"),)


def test_a_ref_is_there_and_nobody_elses():
    sheet = read("ref,words\nana,a\nben,b\n ana ,c\n,d\nAna,e\n")
    assert told(sheet) == [(4, "ref", "ana"), (5, "ref", "")]
    assert str(sheet.faults[0].why) == "The same ref stands on line 2."
    assert [person.ref for person in sheet.people] == ["ana", "ben", "Ana"]


def test_a_ref_can_be_seen():
    sheet = read('ref\n"a\nb"\nx\u202ey\nx\u200by\nx\u0007y\nn\u200dm\n')
    assert [fault.line for fault in sheet.faults] == [2, 4, 5, 6]
    assert [person.ref for person in sheet.people] == ["n\u200dm"]


def test_the_same_ref_typed_on_two_machines_is_the_same():
    sheet = read("ref,never\nJose\u0301,\nben,Jos\u00e9\n")
    assert (told(sheet), sheet.notices) == ([], ())
    assert sheet.people[1].never == {"Jos\u00e9"} == {sheet.people[0].ref}


def test_never_names_refs_folded_and_ignores_strangers():
    sheet = read("ref,never\nana,BEN; zoe; Cleo ;ben\nben,\ncleo,amy\nCLEO,cleo\n")
    assert told(sheet) == []
    assert [person.never for person in sheet.people] == [{"ben", "cleo", "CLEO"}, set(), set(), {"cleo"}]
    assert said(sheet) == ["Ignored in never, because nobody in the sheet has these refs: amy, zoe."]


def test_never_oneself_is_a_fault():
    assert told(read("ref,never\nana,ana\nben,BEN; ana\n")) == [(2, "never", "ana"), (3, "never", "BEN")]
    assert told(read("ref,never\nana,ana\nAna,\n")) == [(2, "never", "ana")]


def test_every_fault_is_told_by_line_and_column():
    sheet = read(
        "ref;Age;hopes;capacity;since\n"
        "ana;17;to talk;1;2025-01-06\n"
        '"";abc;"to sing\n;to dance";-1;soon\n'
        "\n"
        "ben;30;;;\n"
        "ben;200;;;\n"
    )
    assert told(sheet) == [
        (2, "Age", "17"),
        (3, "ref", ""),
        (3, "Age", "abc"),
        (3, "hopes", "to sing"),
        (3, "hopes", "to dance"),
        (3, "capacity", "-1"),
        (3, "since", "soon"),
        (7, "ref", "ben"),
        (7, "Age", "200"),
    ]
    assert [person.ref for person in sheet.people] == ["ben"]


def test_what_a_sheet_holds_can_be_shown():
    sheet = read('Ref, Notes ,WORDS\n\nana,"x\ny",hello\n')
    assert (sheet.columns, sheet.used) == (("Ref", "Notes", "WORDS"), {"ref": "Ref", "words": "WORDS"})
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (3, {"Ref": "ana", "Notes": "x\ny", "WORDS": "hello"})
    ]


def test_notices_are_few_and_know_no_order_of_rows():
    rows = [f"p{at},thing {at},other {at},q{at}" for at in range(40)]
    header = "ref,experiences,leave_out,never"
    forth, back = (read("\n".join([header, *some])) for some in (rows, rows[::-1]))
    assert said(forth) == said(back)
    assert [text[:25] for text in said(forth)] == [
        "Kept as written, because ",
        "Kept as written in leave_",
        "Ignored in never, because",
    ]
    assert all(text.endswith(", and 10 more.") for text in said(forth))


def test_nobody_in_the_sheet_is_told():
    assert (read("ref,words\n").faults, said(read("ref,words\n"))) == ((), ["There is nobody in this sheet."])
