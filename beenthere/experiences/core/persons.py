"""Whose experience a match is: the writer's, somebody's close, or nobody's here."""

from dataclasses import dataclass

from .clauses import clause_start
from .matching import Match
from .person_words import (
    BARE_KIN,
    BROUGHT,
    DONE_TO_ME,
    FIRST_PERSON,
    FRIENDS,
    HE_OR_SHE,
    KIN,
    OF,
    OUTSIDE,
    POSSESSIVES,
    PREPOSITIONS,
    SELF,
    STRANGERS,
    THIRD_PERSON_VERBS,
    THIRD_POSSESSIVES,
    WHO,
)
from .slots import class_items
from .tokens import MARKS, PAUSE, folded_words
from .vocabulary import Experience, Vocabulary
from .words import COORDINATORS, TRADES, listed

ME, CLOSE, NOBODY = "me", "close", "nobody"
_MENTIONED = 40  # words back that "she" may have been named
_ENOUGH = 5
_FARTHEST = 16  # words back that a subject is looked for
_HARM = "harm"  # there the other is the one who does it, not the one who lives it
_LOSS = "loss"
_DONE_TO = (_HARM, "identity", "work", "care")  # what others do: "people shout at me"


@dataclass(slots=True)
class Mention:
    """The person spoken of last, over sentences: what "she" means."""

    kind: str | None = None
    partner: bool = False


class Persons:
    """The words for people of one vocabulary, and the rules about them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._groups = {one.id: one.group for one in vocabulary.experiences.values()}
        self._by_partner = {one.id for one in vocabulary.experiences.values() if _done_by_partner(one)}
        self._partners = {
            language: {
                words[-1]
                for item in class_items(vocabulary, "partner", language)
                if (words := folded_words(item))
            }
            for language in ("en", "es")
        }
        self._kin = {language: _kin_words(vocabulary, language) for language in ("en", "es")}

    def kind_at(self, words: list[str], at: int, language: str) -> str | None:
        """CLOSE or NOBODY when word `at` names a person (or a film, the news), else None."""
        word = words[at]
        if word in STRANGERS[language]:
            return NOBODY
        if word not in self._kin[language]:
            return None
        before = words[max(0, at - 3) : at]
        if POSSESSIVES[language].intersection(before) or (
            word in BARE_KIN[language] and before[-1:] not in (["a"], ["de"])
        ):
            return CLOSE
        if word in FRIENDS[language] and {"a", "an", "un", "una", "another", "otro", "otra"}.intersection(
            before
        ):
            return CLOSE
        return None

    def note(self, words: list[str], mention: Mention, language: str) -> None:
        """Remembers the last person named in a sentence."""
        for at in range(len(words) - 1, -1, -1):
            kind = self.kind_at(words, at, language)
            if kind:
                mention.kind, mention.partner = kind, words[at] in self._partners[language]
                return

    def whose(self, words: list[str], match: Match, judged: dict[int, str], mention: Mention) -> str:
        """ME, CLOSE or NOBODY. `judged` tells of earlier matches of the sentence, by word: whose they are."""
        language, group = match.language, self._groups.get(match.experience)
        harm, done_to = group == _HARM, group in _DONE_TO
        if match.third:
            return self._other(words, match.start, match.end, mention, language)
        owned = self._owner_of_consumed(words, match, mention)
        if owned:
            return owned
        consumed = {words[at] for at in match.at}
        if SELF[language].intersection(consumed) or FIRST_PERSON[language].intersection(consumed):
            return ME
        if any(self.kind_at(words, at, language) == CLOSE for at in match.at):
            return ME
        if match.start and words[match.start - 1] in ("his", "her", "their", "su", "sus"):
            return self._other(words, match.start, match.start, mention, language)
        if SELF[language].intersection(words[match.end + 1 : match.end + 2]) and language == "en":
            return ME
        if done_to and "me" in words[match.end + 1 : match.end + 5]:
            return ME
        beside = None if match.groups else self._beside(words, match, harm)
        if beside:
            return beside
        whose = self._subject(words, match, judged, mention)
        if (
            whose != ME
            and match.experience in self._by_partner
            and self._partner_spoken_of(words, match, mention)
        ):
            return ME  # "my husband was sleeping with someone else": he does it, and it is mine
        return whose

    def _partner_spoken_of(self, words: list[str], match: Match, mention: Mention) -> bool:
        """Whether the last person named is the writer's partner, or only "he" or "she" is."""
        for at in range(match.start, max(-1, match.start - _MENTIONED), -1):
            if self.kind_at(words, at, match.language):
                return words[at] in self._partners[match.language]
        return mention.kind is None or mention.partner

    def _other(self, words: list[str], start: int, end: int, mention: Mention, language: str) -> str:
        """Who "he", "her" or "himself" is: the last person named before, else nobody we know of."""
        for at in range(end, max(-1, end - _MENTIONED), -1):
            kind = self.kind_at(words, at, language)
            if kind:
                return kind
        return mention.kind or NOBODY

    def _owner_of_consumed(self, words: list[str], match: Match, mention: Mention) -> str | None:
        """ "her husband died", "my friend's mum died", "murio la madre de mi amiga": not the writer's."""
        language = match.language
        of_close = self._groups.get(match.experience) == "close"
        for at in match.at:
            if words[at] not in self._kin[language]:
                continue
            if of_close:
                if self._of_a_stranger(words, at, language):
                    return NOBODY
                continue
            before = words[max(0, at - 2) : at]
            if THIRD_POSSESSIVES[language].intersection(before[-1:]):
                return self._other(words, match.start, max(at - 2, 0), mention, language)
            if "'s" in before and language == "en":
                owner = words[max(0, at - 4) : at - 1]
                places = range(max(0, at - 4), at)
                kinds = [self.kind_at(words, place, language) for place in places]
                return next((kind for kind in kinds if kind), NOBODY if owner else None)
            after = self._named_after(words, at, language)
            if after and at + 1 not in match.at:
                return after
        return None

    def _of_a_stranger(self, words: list[str], at: int, language: str) -> bool:
        """ "my hairdresser's son", "el hijo de mi vecina"."""
        if language == "en":
            return "'s" in words[max(0, at - 2) : at] and bool(
                STRANGERS["en"].intersection(words[max(0, at - 4) : at])
            )
        return self._named_after(words, at, language) == NOBODY

    def _named_after(self, words: list[str], at: int, language: str) -> str | None:
        """The person of "... of my friend" right after word `at`."""
        if at + 2 < len(words) and words[at + 1] in OF[language]:
            for place in range(at + 2, min(at + 5, len(words))):
                kind = self.kind_at(words, place, language)
                if kind:
                    return kind
        return None

    def _beside(self, words: list[str], match: Match, harm: bool) -> str | None:
        """ "my alcoholic father", "homeless people", "la depresion de mi hermano"."""
        language = match.language
        following = match.end + 1
        if following < len(words) and not harm:
            before = words[match.start - 1] if match.start else ""
            word = words[following]
            if {"am", "soy"}.intersection(words[max(0, match.start - 2) : match.start]):
                return None  # "I am a gay man"
            if word in TRADES:
                return NOBODY
            if word in STRANGERS[language] and before not in ("my", "mi"):
                return NOBODY
            if word in self._kin[language] and (before in POSSESSIVES[language] or before in ("a", "an")):
                return CLOSE
            if self._groups.get(match.experience) != _LOSS:
                return self._named_after(words, match.end, language)
        return None

    def _subject(self, words: list[str], match: Match, judged: dict[int, str], mention: Mention) -> str:
        language = match.language
        crossed = False
        at = match.start - 1
        begin = clause_start(words, match.start, language)
        while at >= max(0, match.start - _FARTHEST):
            word = words[at]
            if at in judged and not (
                self._taken_up(words, at, language) and self.kind_at(words, at, language)
            ):
                if judged[at] == CLOSE and not crossed:
                    return CLOSE
            elif word in MARKS:
                crossed = crossed or words[at + 1] not in WHO[language]
            elif (
                at < begin
                and not crossed
                and word in ("because", "but", "since", "when", "pero", "porque", "cuando")
            ):
                return self._dropped(words, match, mention)
            elif word in FIRST_PERSON[language] or (
                word in ("my", "mi", "mis", "our") and at == match.start - 1
            ):
                return ME
            elif word in DONE_TO_ME[language] and (language == "es" or words[at - 1] in BROUGHT):
                return ME  # "my friends came to see me on the ward"
            elif word in HE_OR_SHE[language]:
                return self._other(words, at, at, mention, language)
            elif word in OUTSIDE[language]:
                return NOBODY if not crossed else ME
            else:
                kind = None if crossed else self.kind_at(words, at, language)
                if kind and self._governs(words, at, match, kind):
                    return kind
            at -= 1
        return self._dropped(words, match, mention)

    def _taken_up(self, words: list[str], at: int, language: str) -> bool:
        """Whether the next word goes on about word `at`: "my father, who has ..."."""
        following = next((word for word in words[at + 1 : at + 3] if word != PAUSE), "")
        return following in WHO[language] and following not in COORDINATORS[language]

    def _dropped(self, words: list[str], match: Match, mention: Mention) -> str:
        """Spanish leaves "he" and "she" out: "Bebe mucho." goes on about the person named last."""
        if match.language == "es":
            near = words[max(0, match.start - 2) : match.start + 1]
            if THIRD_PERSON_VERBS["es"].intersection(near):
                named = (self.kind_at(words, at, "es") for at in range(match.start - 1, -1, -1))
                return next((kind for kind in named if kind), mention.kind) or ME
        return ME

    def _governs(self, words: list[str], at: int, match: Match, kind: str) -> bool:
        """Whether the person at `at` is the one who lives it, and not "with my brother", "to my mum"."""
        language = match.language
        following = next((word for word in words[at + 1 : at + 3] if word != PAUSE), "")
        first = at
        while first > 0 and words[first - 1] not in MARKS and at - first < 3:
            if words[first - 1] in PREPOSITIONS[language]:
                if words[max(0, first - 2)] in ("one", "some", "uno", "una"):
                    return True
                beside = match.start - at <= (3 if following == "'s" else 1)
                taken_up = following in WHO[language] or following in ("le", "les", "with", "con")
                return beside or taken_up or (kind == NOBODY and match.start - at <= 4)
            first -= 1
        return True


def _done_by_partner(one: Experience) -> bool:
    """Whether it is something a partner does to one: many of its sayings begin with the partner."""
    said = [saying for sayings in one.sayings.values() for saying in sayings]
    return sum("{partner}" in saying for saying in said) >= _ENOUGH and one.group in (_HARM, "relationships")


def _kin_words(vocabulary: Vocabulary, language: str) -> frozenset[str]:
    said = {words[-1] for item in class_items(vocabulary, "close", language) if (words := folded_words(item))}
    return (said | KIN[language] | BARE_KIN[language] | FRIENDS[language]) - NOT_KIN


NOT_KIN = listed("law eldest me mio vida naranja man half life one only crio grande piso ma da bebe")
