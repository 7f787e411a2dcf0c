"""Names: nearly all are right; those that would pass for someone who looks after this place are not."""

import unicodedata
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beenthere.people.core.names import RESERVED, is_reserved, name_fault, skeleton, tidy_name

# Written from a table of look-alikes, not from the one that is tested.
FORMS = {
    "a": "aAаАαΑａＡ𝐚𝒂𝓐𝔞𝕒áàâäãåāą@4",
    "b": "bBВЬｂ𝐛𝑏𝓑8",
    "c": "cCсСϲｃ𝐜𝒸çć",
    "d": "dDԁｄ𝐝𝒹ď",
    "e": "eEеЕεΕｅ𝐞𝓮éèêëē3ё",
    "f": "fFｆ𝐟𝒻",
    "h": "hHһНΗｈ𝐡𝒽",
    "i": "iIіІιΙｉ𝐢𝒾íìîïī1!ıl",
    "j": "jJјｊ",
    "k": "kKкКκΚｋ𝐤",
    "l": "lLⅼｌ𝐥1I|",
    "m": "mMмМΜｍ𝐦",
    "n": "nNΝｎ𝐧ñńη",
    "o": "oOоОοΟｏ𝐨óòôöõō0ø",
    "p": "pPрРρΡｐ𝐩",
    "q": "qQԛｑ",
    "r": "rRгｒ𝐫ŕ",
    "s": "sSѕЅｓ𝐬śš5$",
    "t": "tTтТτΤｔ𝐭ţ7",
    "u": "uUυｕ𝐮úùûüū",
    "v": "vVνѵｖ",
    "w": "wWԝｗ𝐰",
    "x": "xXхХχΧｘ",
    "y": "yYуУүｙý",
    "z": "zZｚž2",
    "-": "-",
}
BETWEEN = ["", "\u200b", "\u2060", "\u202e", " ", ".", "_", "-", "\u0301", "·", "\u00ad"]

ORDINARY = """
Ana Ben Cleo Dev Sol Sam Xanthe Aisha Fatima Yusuf Omar Layla Zainab Hassan Amina Khadija Ibrahim Noor
Salma Tariq Wei Mei Jing Xiu Ming Lan Hua Yan Tao Bo Haruka Yuki Sakura Kenji Akira Hana Ren Sora Emiko
Takumi Minjun Seoyeon Jiho Haeun Joon Sunhee Anh Linh Minh Thuy Phuong Lien Tuan Somchai Malee Kanya
Niran Siti Putri Dewi Budi Wayan Ketut Agus Rina Arjun Priya Lakshmi Ravi Anjali Meera Vikram Sita
Harpreet Gurpreet Simran Tenzin Pema Dolma Karma Nima Oyun Temuulen Aigul Nurlan Aizada Bekzat Madina
Timur Zarina Rustam Leyla Elif Emre Defne Mehmet Zeynep Ayşe Gülşen Çağla Işık Oğuz Anahit Aram Nare
Tigran Nino Giorgi Tamar Levan Eleni Nikos Dimitra Kostas Ioanna Σοφία Γιώργος Ольга Иван Наталья
Дмитрий Світлана Олена Богдан Марія Jelena Dragan Mirjana Goran Łukasz Małgorzata Zbigniew Agnieszka
Jiří Zdeněk Bořivoj Žofie István Gyöngyi Zsófia Ágnes Ștefan Ioana Răzvan Eglė Jonas Rūta Jānis Ilze
Toomas Liis Aino Väinö Päivi Sanna Björk Þóra Guðrún Søren Åse Bjørn Ingrid Freja Lars Anneke Joost
Femke Wouter Jürgen Käthe Günther Liesl François Zoë Anaïs Benoît Hélène Gaël José María Iñaki Itziar
Núria Jordi Xoán Beatriz João Conceição Inês Chidi Ngozi Adaeze Emeka Yetunde Olumide Kwame Ama Kofi
Abena Thandiwe Sipho Nomvula Zodwa Tendai Rudo Wanjiru Otieno Achieng Mwangi Abebe Tigist Selam Hirut
Makeda Amadou Fatou Aminata Moussa Mariama Keanu Leilani Moana Tane Aroha Kahu Nizhoni Ahanu Citlali
Xochitl Nahuel Yma Quilla דוד שרה محمد فاطمة 小明 花子 민준 प्रिया தமிழ் สมชาย Νίκη Stewart Doc Nur Nursel
Adam Modesta Modou Sofia Oficina Supa Rutger Theo Teresa Roota Stella Rod Medina
""".split()  # noqa: SIM905


def forms_of(word: str, most: int) -> list[str]:
    """Forms that nobody would tell from `word`: one or more look-alike letters, something between them."""
    made = []
    for number, letters in enumerate(islice(product(*(FORMS[one] for one in word[:6])), 0, None, 37)):
        if len(made) == most:
            break
        between = BETWEEN[number % len(BETWEEN)]
        made.append(between.join([*letters, *word[6:]]))
    return made


@pytest.mark.parametrize("most", [120])
def test_five_thousand_look_alikes_are_refused(most):
    forms = [(word, form) for word in RESERVED for form in forms_of(word.replace("-", " ").split()[0], most)
             if "-" not in word]  # fmt: skip
    assert len(forms) >= 5000
    assert [pair for pair in forms if name_fault(pair[1]) is None] == []


def test_ordinary_names_of_many_cultures_are_right():
    assert len(set(ORDINARY)) >= 200
    assert [name for name in ORDINARY if name_fault(name) is not None] == []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Steward",
            "The Steward",
            "Dr Ana",
            "Ana (moderator)",
            "admin7",
            "7admin",
            "xXadminXx",
            "Enfermera Luz",
        ),
        *("psicólogo", "b e e n t h e r e", "Beenthere support", "ÓFICIAL", "rnoderator", "ste\u200bward"),
        "s.t.e.w.a.r.d Ana",
    ],
)
def test_what_is_refused(name):
    assert str(name_fault(name)).startswith("Others could take this name")


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "\u0301"])
def test_nothing_is_no_name(name):
    assert str(name_fault(name)).startswith("Please write what we may call you.")


def test_forty_characters_are_the_most():
    assert name_fault("x" * 40) is None
    assert str(name_fault("x" * 41)) == "That is long for a name: 40 characters are the most."


def test_what_cannot_be_seen_is_taken_out():
    assert tidy_name("  A\u202en\u200ba \t\u2066Ben\u2069\x00 ") == "Ana Ben"
    assert tidy_name("Ａｎａ") == "Ana"
    assert tidy_name("Zoe" + "\u0317" * 50) == "Zoe" + "\u0317" * 3


@given(st.text(max_size=60))
def test_tidying_and_folding_twice_is_once(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert skeleton(skeleton(text)) == skeleton(text)
    assert not any(unicodedata.category(sign) in ("Cf", "Cc") for sign in tidy_name(text))


@given(st.sampled_from(RESERVED), st.text("\u200b\u2060\u202e\u00ad .-_", max_size=3), st.booleans())
def test_a_reserved_word_however_it_is_spread(word, between, upper):
    assert is_reserved(between.join(word.upper() if upper else word))
