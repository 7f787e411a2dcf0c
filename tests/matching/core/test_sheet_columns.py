"""The header: which column is which, renames, what is left out."""

from .sheets import read, said, told


def test_names_compare_whatever_their_case():
    sheet = read(" REF ,Meet Age,Leave-Out\nana,65+,drinking\n")
    assert (told(sheet), sheet.notices) == ([], ())
    assert sheet.used == {"ref": "REF", "meet_age": "Meet Age", "leave_out": "Leave-Out"}


def test_unknown_columns_are_left_out_and_named_once():
    sheet = read("ref,Phone,words,Notes\nana,1,hi,2\nben,1,ho,2\n")
    assert said(sheet) == ["Left out, because Beenthere does not know these columns: Phone, Notes."]
    assert told(sheet) == []


def test_theirs_can_be_ours():
    sheet = read("Código;Edad\nana;40\n", renames={"código ": "ref", "EDAD": "Age"})
    assert (told(sheet), sheet.notices) == ([], ())
    assert [(person.ref, person.age_band) for person in sheet.people] == [("ana", "35-44")]


def test_a_rename_goes_before_a_name():
    sheet = read("ref,id\n1,ana\n", renames={"id": "ref"})
    assert [person.ref for person in sheet.people] == ["ana"]
    assert said(sheet) == ["Left out, because Beenthere does not know these columns: ref."]


def test_a_column_can_be_left_out_on_purpose():
    sheet = read("ref,age\nana,unsaid\n", renames={"age": ""})
    assert (told(sheet), sheet.people[0].age_band) == ([], None)


def test_wrong_renames_are_faults():
    sheet = read("ref,x,y\nana,1,2\n", renames={"z": "words", "x": "mood", "y": "place", "ref": "place"})
    assert told(sheet) == [(1, "z", "words"), (1, "ref", "place"), (1, "x", "mood")]
    assert [str(fault.why) for fault in sheet.faults] == [
        "No column is called z.",
        "Two columns are to be read as place: y and ref.",
        "mood is not a column that Beenthere knows.",
    ]


def test_a_sheet_without_ref_still_shows_its_other_faults():
    sheet = read("id,age,never\n1,abc,2\n")
    assert told(sheet) == [(1, "ref", ""), (2, "age", "abc")]
    assert (sheet.people, sheet.columns) == ((), ("id", "age", "never"))
    assert str(sheet.faults[0].wants) == "Name a column ref in the first row, or say which of yours it is."


def test_a_column_that_is_read_stands_once():
    assert told(read("ref,age,Age\nana,40,50\n")) == [(1, "Age", "Age")]
    assert told(read("ref,age,age\nana,40,50\n")) == [(1, "age", "age")]
    assert told(read("ref,meet age,meet_age\nana,,\n")) == [(1, "meet_age", "meet_age")]


def test_other_columns_may_stand_twice():
    sheet = read("ref,note,note\nana,1,2\n")
    assert told(sheet) == []
    assert sheet.rows[0].cells == {"ref": "ana", "note": "1", "note (2)": "2"}


def test_cells_without_a_column_are_told():
    assert said(read("ref,\nana,x\n")) == ["Left out: cells in columns that have no name."]
    assert said(read("ref,,\nana,,\n")) == []
