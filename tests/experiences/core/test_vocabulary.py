"""The vocabulary: sound, found by name, merged with an operator's own."""

from dataclasses import replace

import pytest

from beenthere.experiences.core import Experience, Vocabulary, lint, load_vocabulary, understand

OURS = load_vocabulary()
SAID = {
    language: tuple(f"{word} {language}" for word in ("one", "two", "three", "four", "five", "six"))
    for language in ("en", "es")
}
SOUND = Experience("a-thing", "body", {"en": "A thing", "es": "Una cosa"}, sayings=SAID)


def faults(*experiences: Experience, classes: dict | None = None) -> list[str]:
    return lint(Vocabulary({one.id: one for one in experiences}, classes or {}))


def test_ours_is_sound():
    assert lint(OURS) == []
    assert len(OURS.experiences) >= 80


def test_a_sound_one_has_no_faults():
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "A Thing"}, "A Thing: an id is lower-case words joined by hyphens"),
        ({"names": {"en": "A thing"}}, "a-thing: no name in es"),
        ({"broader": "nothing"}, "a-thing: broader nothing is unknown"),
        ({"related": ("nothing",)}, "a-thing: related nothing is unknown"),
        ({"related": ("a-thing",)}, "a-thing: is related to itself"),
        ({"when_close": "nothing"}, "a-thing: when_close nothing is unknown"),
        ({"broader": "a-thing"}, "a-thing: broader leads back to itself"),
        ({"sayings": {"en": SAID["en"]}}, "a-thing: 0 sayings in es, 6 are wanted"),
        (
            {"sayings": SAID | {"en": (*SAID["en"], "lost {thing}")}},
            "a-thing: no class {thing} in en: lost {thing}",
        ),
        ({"sayings": SAID | {"en": (*SAID["en"], "...")}}, "a-thing: a saying without words in en: '...'"),
        (
            {"together": {"en": (("!lost",),)}},
            "a-thing: a combination that asks for nothing in en: !lost",
        ),
        ({"together": {"en": (("lost|", "keys"),)}}, "a-thing: an empty cue in en: lost| + keys"),
        ({"together": {"en": (("{thing}", "keys"),)}}, "a-thing: no class {thing} in en: {thing} + keys"),
    ],
)
def test_each_fault_is_told(change, fault):
    assert faults(replace(SOUND, **change)) == [fault]


def test_one_saying_of_two_experiences_is_a_fault():
    other = replace(
        SOUND, id="other", sayings={"en": ("the ONE en", *(f"a{n}" for n in "bcdef")), "es": tuple("bcdefg")}
    )
    assert faults(SOUND, other) == ["other: en 'the ONE en' is also said of a-thing as 'one en'"]


def test_one_combination_of_two_experiences_is_a_fault():
    one = replace(SOUND, together={"en": (("lost", "keys"),)})
    other = replace(SOUND, id="other", sayings={}, together={"en": (("keys", "lost"),)})
    assert [fault for fault in faults(one, other) if "also said" in fault] == [
        "other: en keys + lost is also said of a-thing"
    ]


def test_an_operators_cues_are_added(tmp_path):
    tmp_path.joinpath("ours.toml").write_text(
        '[together.losing-work]\nen = """\ncolliery|\n    coalface + shut\n"""\n', encoding="utf-8"
    )
    merged = load_vocabulary(tmp_path)
    added = merged.experiences["losing-work"].together["en"][-1]
    assert added == ("colliery| coalface", "shut")
    assert [one.experience for one in understand("Shut, our coalface", vocabulary=merged)] == ["losing-work"]


def test_broader_going_round_is_a_fault_and_ends():
    one, two = replace(SOUND, broader="other"), replace(SOUND, id="other", broader="a-thing", sayings={})
    vocabulary = Vocabulary({"a-thing": one, "other": two}, {})
    assert [fault for fault in lint(vocabulary) if "broader" in fault] == [
        "a-thing: broader leads back to itself",
        "other: broader leads back to itself",
    ]
    assert vocabulary.broader_of("a-thing") == ("other",)


def test_a_class_inside_an_item_must_stand_alone():
    assert faults(SOUND, classes={"x": {"en": ("my {y}",)}, "z": {"en": ("{y}",)}}) == [
        "class x: a class inside an item stands on its own: my {y}",
        "class z: no class {y} in en",
    ]


@pytest.mark.parametrize(
    "said", ["loss-of-a-parent", "Loss of a Parent", "  pérdida de la madre o del padre ", "LOSS OF A PARENT"]
)
def test_found_by_id_or_name(said):
    assert OURS.find(said) == "loss-of-a-parent"


def test_not_found():
    assert OURS.find("something of my own") is None
    assert OURS.find("") is None


def test_names_in_both_languages_and_english_for_others():
    assert OURS.name("depression", "es") == "Depresión"
    assert OURS.name("depression", "fr") == "Depression"


def test_above_and_below():
    assert OURS.broader_of("restraint") == ("being-sectioned", "psychiatric-hospital")
    assert OURS.narrower_of("psychiatric-hospital") == {"being-sectioned", "restraint"}
    assert OURS.narrower_of("debt") == frozenset()


def test_an_operators_folder_is_merged(tmp_path):
    tmp_path.joinpath("ours.toml").write_text(
        '[[experience]]\nid = "pit-closure"\nname = { en = "The pit closing", es = "El cierre de la mina" }\n'
        'sayings.en = ["{pit} closed"]\nsayings.es = ["cerraron la mina"]\n',
        encoding="utf-8",
    )
    tmp_path.joinpath("classes.toml").write_text('[pit]\nen = ["pit", "colliery"]\n', encoding="utf-8")
    merged = load_vocabulary(tmp_path)
    assert merged.experiences.keys() - OURS.experiences.keys() == {"pit-closure"}
    assert [one.experience for one in understand("Then the colliery closed", vocabulary=merged)] == [
        "pit-closure"
    ]
    assert load_vocabulary(tmp_path) is merged
