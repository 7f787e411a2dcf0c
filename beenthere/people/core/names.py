"""What people want to be called. Nearly every name is right; only names that would pass for someone who
looks after this place, or for a profession, are refused, in whatever letters they are written.

Names need not be unique: a name here is what somebody is called, not what finds them.
"""

import unicodedata
from itertools import permutations

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.signposts.core.outside import heard

MOST = 40
TURNED = 3  # words of a name that are also known in another order
MOST_MARKS = 3  # in a row: more would cover the lines around
DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn")
# Letters and marks to Unicode that no font draws: fillers of Hangul, the empty Braille cell and such.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\ufffc\U0001d159")

RESERVED = """
    steward stewards moderator moderators mod mods admin admins administrator administrators sysadmin
    webmaster superuser root system beenthere support helpdesk official officially staff owner founder host
    doctor doctors dr therapist therapists counsellor counselor counsellors counselors nurse nurses
    psychologist psychiatrist psychotherapist clinician paramedic police moderador moderadora moderadores
    administrador administradora soporte oficial personal-oficial equipo-oficial doctora doctores dra
    terapeuta terapeutas consejero consejera enfermero enfermera psicologo psicologa psiquiatra
    psicoterapeuta medico medica policia responsable-del-lugar
""".split()  # noqa: SIM905 -- words read better so

# What other letters look like, after NFKD and casefold: Cyrillic, Greek, Armenian, small capitals and such.
ALIKE = {
    "a": "а α ɑ ᴀ ⍺ 4 @ æ ⲁ ꭺ",
    "b": "в β ь ƅ ʙ ϐ 8 ß ⲃ ъ ꮟ",
    "c": "с ϲ ᴄ ⲥ ¢ © ⅽ ꮯ ↄ",
    "d": "ԁ ɗ ᴅ đ ð ⅾ ꭰ",
    "e": "е ё э є ε ϵ ҽ ᴇ ɛ ə 3 € ɘ ℮ ǝ ⲉ ꭼ",
    "f": "ƒ ꜰ ϝ ſ ғ ꞙ",
    "g": "ɡ ɢ ց ġ 9 ԍ",
    "h": "һ н ʜ հ ħ ⲏ ꮋ",
    "l": "i ı і ї ι 1 | ! ⅼ ӏ ɩ ʟ ł լ ɪ ί ׀ ו ן ǀ ⲓ ꙇ ꭵ",
    "j": "ј ʝ ϳ ᴊ յ",
    "k": "к κ ᴋ қ ĸ ⲕ ꮶ",
    "m": "м ᴍ μ ⅿ ⲙ ꮇ",
    "n": "и п η ɴ ո ռ ñ ŋ ν̇ ⲛ л",
    "o": "о ο σ 0 ө օ ᴏ ø ɵ ο ס ഠ ๐ ჿ ⲟ ० ٥ θ ф φ",
    "p": "р ρ ᴘ þ ϱ ⲣ ꮲ",
    "q": "ԛ ɋ զ",
    "r": "г я ʀ ɾ ꭇ ᴦ ր ꮁ ɹ ⲅ",
    "s": "ѕ ꜱ 5 $ ʂ ս̨ ꮪ § ƽ",
    "t": "т τ ᴛ 7 ŧ † ꭲ + ⲧ ƭ",
    "u": "υ ц ս ᴜ ʋ ꞟ ʊ ц և µ",
    "v": "ν ѵ ᴠ ⅴ ט ꮩ ꝟ",
    "w": "ш щ ω ѡ ԝ ᴡ ɯ ա ꮃ ⲱ",
    "x": "х χ ⅹ ж ×",
    "y": "у ү γ ʏ ყ ý ꭹ ч ⲩ",
    "z": "2 ᴢ ʐ ƶ з ʒ ꮓ",
}
SKELETON = {ord(other[0]): letter for letter, others in ALIKE.items() for other in others.split()}
# Letters that look like another than their small or plain form does.
FIRST = str.maketrans(
    {"ϲ": "c", "Ϲ": "c", "ς": "c", "Ν": "n", "Η": "h", "Υ": "y", "Λ": "a", "Ү": "y", "Ʋ": "u"}
)
TWO = (("rn", "m"), ("vv", "w"), ("ll", "l"))


def tidy_name(name: str) -> str:
    """The name in composed letters, without signs that cannot be seen or that turn the line around, with
    single blanks. Twice is the same as once."""
    while True:
        shown = [sign for sign in unicodedata.normalize("NFKC", name) if _is_seen(sign)]
        tidied = " ".join(_few_marks("".join(shown)).split())
        if tidied == name:
            return tidied
        name = tidied


def name_fault(name: str) -> Sentence | None:
    """Why somebody cannot be called so here; None when they can."""
    tidied = tidy_name(name)
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in tidied):
        return sentence("Please write what we may call you. Any name will do, or a few letters.")
    if len(tidied) > MOST:
        return sentence("That is long for a name: {most} characters are the most.", most=MOST)
    if is_reserved(tidied):
        return sentence(
            "Others could take this name for someone who looks after this place, or for a profession. "
            "Everyone is here as themselves, so please choose another. Nothing is lost."
        )
    if heard(tidied):  # others read it before any door to the outside is open
        return sentence(
            "This looks like a number, an address or a name elsewhere. Please choose a name that leads to "
            "nowhere outside of this place. Nothing is lost."
        )
    return None


def is_reserved(name: str) -> bool:
    """Whether the whole name, or words of it that follow each other, look like a reserved word."""
    words = [skeleton(word) for word in _words(name)] + [
        skeleton(word) for word in _words(name, digits=False)
    ]
    words = [word for word in words if word]
    whole = {skeleton(name), skeleton(name.rstrip("0123456789")), skeleton(name.strip("0123456789xX._- "))}
    if whole & LOOKS:
        return True
    return any(
        "".join(words[start:end]) in LOOKS
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MOST) + 1)
    )


def skeleton(text: str) -> str:
    """What `text` looks like, in plain small letters without anything between them. Twice is the same as
    once. `i` and `l` are one letter, and so are doubled ones."""
    before = None
    while before != text:
        before = text
        text = unicodedata.normalize("NFKD", text.translate(FIRST)).translate(FIRST).casefold()
        text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "M")
        text = text.translate(SKELETON)
        text = "".join(sign for sign in text if sign.isalpha())
        for two, one in TWO:
            text = text.replace(two, one)
    return text


def folded_name(name: str) -> str:
    """One form for all the ways of writing a name: case, accents, look-alikes, blanks and signs in between.
    Never empty for a name that can be."""
    tidied = tidy_name(name)
    return skeleton(tidied) or tidied.casefold()


def names_known_by(name: str) -> frozenset[str]:
    """The folded forms of a name with its words in any order: "Ana Ríos" is "RIOS, Ana" too."""
    words = tidy_name(name).split()
    if not 1 < len(words) <= TURNED:
        return frozenset({folded_name(name)})
    return frozenset(folded_name(" ".join(turned)) for turned in permutations(words))


def _words(name: str, *, digits: bool = True) -> list[str]:
    """The parts between blanks and signs; without `digits` those at the ends of a part are left out."""
    looks = set(map(chr, SKELETON))
    parts = "".join(
        sign if sign.isalnum() or sign in looks or unicodedata.category(sign)[0] == "M" else " "
        for sign in name
    )
    return [part if digits else part.strip("0123456789") for part in parts.split()]


def _is_seen(sign: str) -> bool:
    return sign not in BLANK and (unicodedata.category(sign) not in DROPPED or sign in "\t\n\r")


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


LOOKS = frozenset(skeleton(word) for word in RESERVED)
