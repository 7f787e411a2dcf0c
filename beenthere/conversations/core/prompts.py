"""Questions that are offered near the box, and what none of them may be. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beenthere.foundation.safe_text import is_text

# The moments of a talk, in its order.
MOMENTS = ("arriving", "opening", "deepening", "heavy", "hope", "ending")
LONGEST = 140  # characters of one
FEWEST = 20  # of each moment, in each language
BEGINNING = 4  # words: no two share so many
AT_ONCE = 3

# What none of them says, by language: asking what is wrong, telling what to do, the words of a clinic,
# comfort that makes small, and names for one side. Looked for as whole words, accents and case aside.
NEVER = {
    "en": (
        "what is wrong; what's wrong; wrong with you; matter with you; you should; you must; you ought; "
        "why don't you; why do you not; have you tried; did you try; try to; you need to; if i were you; "
        "at least; calm down; cheer up; move on; get over; look on the bright side; everything happens; "
        "symptom; symptoms; diagnosis; diagnosed; disorder; illness; treatment; therapy; therapist; "
        "medication; dose; doctor; assess; assessment; cope; coping; trigger; triggers; relapse; crisis; "
        "scale; rate; out of ten; safe; suicidal; recovery; client; patient; helper; listener"
    ),
    "es": (
        "que te pasa; que tienes; que anda mal; que va mal; deberias; debes; tienes que; hay que; "
        "por que no; has probado; probaste; intenta; yo que tu; al menos; por lo menos; calmate; animate; "
        "superalo; superarlo; pasar pagina; todo pasa por; sintoma; sintomas; diagnostico; trastorno; "
        "enfermedad; tratamiento; terapia; terapeuta; medicacion; dosis; medico; evaluar; evaluacion; "
        "afrontar; recaida; crisis; escala; del uno al diez; a salvo; suicida; recuperacion; "
        "cliente; paciente; usuario"
    ),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of a moment, in one language; `id` is the same in each language."""

    id: str
    moment: str
    language: str
    words: str


def prompts_from(told: dict[str, list[str]], language: str) -> tuple[Prompt, ...]:
    """The questions of one language from its table: moments with lists of words, in their order."""
    return tuple(
        Prompt(f"{moment}-{number}", moment, language, words)
        for moment, all_words in told.items()
        for number, words in enumerate(all_words, 1)
    )


def some_of(prompts: Iterable[Prompt], moment: str, page: int) -> list[Prompt]:
    """AT_ONCE of a moment: the `page`-th (from 0) after each other, beginning again after the last."""
    found = [one for one in prompts if one.moment == moment]
    if not found:
        return []
    start = page * AT_ONCE % len(found) if len(found) > AT_ONCE else 0
    return [found[(start + place) % len(found)] for place in range(min(AT_ONCE, len(found)))]


def faults(prompts: Iterable[Prompt]) -> list[str]:
    """What is wrong with all of these together, a line for each fault, empty when nothing is."""
    prompts = list(prompts)
    found = [f"{one.language} {one.id}: {why}" for one in prompts for why in _faults_of(one)]
    return [*found, *_too_few(prompts), *_alike(prompts), *_not_everywhere(prompts)]


def beginning(words: str) -> tuple[str, ...]:
    """The first words, without case, accents and signs."""
    return tuple(_folded(words).split()[:BEGINNING])


def _faults_of(one: Prompt) -> Iterator[str]:
    words = one.words
    if one.moment not in MOMENTS:
        yield f"no moment is called {one.moment}"
    if not is_text(words) or words != " ".join(words.split()):
        yield "not one line of text"
    if len(words) > LONGEST:
        yield f"{len(words)} characters, at most {LONGEST}"
    if not words.endswith("?"):
        yield "does not end in a question"
    if one.language == "es" and words.count("¿") != words.count("?"):
        yield "a question that is not opened"
    if words.count("?") > 1:
        yield "more than one question"
    if any(sign in words for sign in "!¡") or any(unicodedata.category(sign) == "So" for sign in words):
        yield "louder than a question"
    whole = f" {_folded(words)} "
    for never in NEVER.get(one.language, "").split("; "):
        if never and f" {_folded(never)} " in whole:
            yield f"says “{never}”"


def _too_few(prompts: list[Prompt]) -> Iterator[str]:
    count = Counter((one.language, one.moment) for one in prompts)
    for language in sorted({one.language for one in prompts}):
        for moment in MOMENTS:
            if count[language, moment] < FEWEST:
                yield f"{language} {moment}: {count[language, moment]} questions, at least {FEWEST}"


def _alike(prompts: list[Prompt]) -> Iterator[str]:
    first: dict[tuple, Prompt] = {}
    for one in prompts:
        other = first.setdefault((one.language, beginning(one.words)), one)
        if other is not one:
            yield f"{one.language} {one.id}: begins as {other.id} does"


def _not_everywhere(prompts: list[Prompt]) -> Iterator[str]:
    languages = sorted({one.language for one in prompts})
    for id, count in sorted(Counter(one.id for one in prompts).items()):
        if count != len(languages):
            yield f"{id}: stands in {count} of {len(languages)} languages"


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.replace("’", "'").casefold())
    kept = (sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() or sign == "'" else " " for sign in kept).split())
