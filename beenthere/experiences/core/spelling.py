"""One spelling error forgiven: which known word somebody meant."""

from collections.abc import Iterable

from .words import listed

SHORTEST = 7  # shorter words have too many neighbours that are words of their own
LONGEST = 30

# Everyday words that happen to stand one letter away from a word of the vocabulary: meant as they are.
AS_THEY_STAND = listed(
    "addition additions edition editions conditions collage collages stressed stretched pleasant "
    "promoted prompted provided divided decision division revision reception perception inception "
    "deception exception rejection election selection collection correction connection reflection "
    "infection injection affection attention intention retention detention invention convention "
    "prevention intervention station starting stating staring sharing shaving shopping stopping "
    "stepping shipping slipping chopping cooking looking booking working walking talking taking making "
    "baking biking hiking linking winking blinking thinking clinking dancing singing ringing bringing "
    "springing swinging painting printing planting pointing counting mounting hunting hinting father's "
    "planning running winning spinning grinning beginning shining dining mining lining fishing wishing "
    "washing pushing rushing brushing crushing flashing splashing smashing parking barking marking "
    "reading leading heading feeding seeding needing bleeding breeding speeding building holding folding "
    "artists artistic adoption adaption adapted adopted adapter relative relation relations relating "
    "cancelled cancels cancel camping jumping pumping dumping bumping trading grading fading loading "
    "mountain fountain captain curtain certain contain container company campaign compare complain "
    "complete competition composition position positions possession session sessions mission permission "
    "commission passion fashion section sections action actions fraction auction caution nation notion "
    "motion potion portion proportion lotion emotion emotions devotion promotion "
    "adicion edicion condicion tradicion traicion tracion atencion intencion tension pension mansion "
    "cancion estacion relacion racion nacion nocion pasion mision sesion version conversion diversion "
    "inversion reunion region religion opinion ocasion "
    "artista artistas turista turistas contento contenta momento monumento aumento cemento "
    "comida bebida salida subida corrida partida perdona persona peregrina cocinera cosecha "
    "pelota pelotas carretera carrera cartera barrera montana manzana ventana semana "
    "camino camion campana campamento compania comparte completa cantante cantando contando montando "
    "saltando sacando tocando buscando pescando pintando plantando cortando"
)


def _without_one(word: str) -> set[str]:
    """`word`, and `word` without one of its letters after the second."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(2, len(word)))}


def one_error_apart(one: str, other: str) -> bool:
    """Whether one insertion, loss, change or swap of neighbours, not in the first two letters, parts them."""
    if one[:2] != other[:2] or abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    a, b = one[at:], other[at:]
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[1:] == shorter
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _other_ending(one: str, other: str) -> bool:
    """Whether two words differ in their last letters alone: another form, not an error."""
    one, other = one.rstrip("sn"), other.rstrip("sn")
    return one[:-1] == other[:-1]


class Speller:
    """The words of a vocabulary, found again when one letter went wrong.

    Built on the index of deletions (SymSpell): two words one error apart share a form that lacks a
    letter, so a look-up costs as many steps as the word has letters.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._forms: dict[str, list[str]] = {}
        for word in sorted(set(known)):
            if len(word) >= SHORTEST:
                for form in _without_one(word):
                    self._forms.setdefault(form, []).append(word)

    def meant(self, word: str) -> str | None:
        """The known word that `word` is one error away from; None for short or common words."""
        if len(word) < SHORTEST or len(word) > LONGEST or word in AS_THEY_STAND:
            return None
        near = {
            known
            for form in _without_one(word)
            for known in self._forms.get(form, ())
            if one_error_apart(word, known) and not _other_ending(word, known)
        }
        return min(near, key=lambda known: (abs(len(known) - len(word)), known)) if near else None
