"""What a person's words say they have lived through."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest

from . import tokens
from .clauses import DENIED, OVER, denial, says_stopped, supported
from .evidence import Heard, find_together, hear, weigh
from .lexicon import SOFT, Lexicon
from .matching import Match, chosen, class_ends, find_sayings, know
from .person_words import FIRST_PERSON
from .persons import CLOSE, ME, NOBODY, Mention, Persons
from .stands import BEHIND, Cue, cues_in, said_alone, stand_of, told_by
from .suppositions import supposed
from .tokens import Sentence, offsets, split
from .vocabulary import LANGUAGES, Vocabulary
from .words import DEATH_OF, TELLTALE, listed

_BRIEF = 4  # words of a question that the next sentence may answer with no
_REFUSALS = listed("no nope not never nah nunca jamas")
_LOSS = "loss"  # the group of experiences where somebody died
_SUBSTANCES = "substances"
_CAUSE_WITHIN = 5  # words between a death and what it came from
LONGEST = 20_000  # characters read; what stands beyond is left out


@dataclass(frozen=True, slots=True)
class Understood:
    """One experience found in words. `start` and `end` are offsets into them, in characters.

    `stand` is one of the five ways it can be now, or None when the words do not say; `about` is "me",
    or "close" when it is someone close who lives through it.
    """

    experience: str
    stand: str | None
    start: int
    end: int
    about: str


@dataclass(frozen=True, slots=True)
class _Told:
    experience: str
    stand: str | None
    first: int  # raw tokens
    last: int
    about: str


@dataclass(slots=True)
class _SoFar:
    """What the matches before told, in one sentence: whose they were and what was denied, by word."""

    mention: Mention
    judged: dict[int, str] = field(default_factory=dict)
    denied: set[int] = field(default_factory=set)
    last: Match | None = None

    def note(self, match: Match, about: str, denied: str | None) -> None:
        self.judged.update(dict.fromkeys(match.at, about))
        if denied == DENIED:
            self.denied.update(match.at)
        self.last = match


class _Reader:
    """A vocabulary made ready for reading."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.persons = Persons(vocabulary)
        self.general = {one.id for one in vocabulary.experiences.values() if one.general}
        self.above = {one: frozenset(vocabulary.broader_of(one)) for one in vocabulary.experiences}
        self.lexicons: dict[str, Lexicon] = {}

    def lexicon(self, language: str) -> Lexicon:
        if language not in self.lexicons:
            self.lexicons[language] = Lexicon(self.vocabulary, language)
        return self.lexicons[language]

    def read(self, words: str, languages: tuple[str, ...]) -> list[_Told]:
        told: list[_Told] = []
        mention, last_here = Mention(), False
        sentences = split(words)
        at_large = spoken_at_large(sentences, languages)
        for sentence, following in zip_longest(sentences, sentences[1:]):
            if following and _refused(sentence, following):
                continue  # "Depression? No, ..."
            spoken = spoken_in(sentence.words, languages)
            spoken = at_large if len(at_large) == 1 < len(spoken) else spoken
            matches = self._find(sentence, spoken)
            found = self._tell(sentence, matches, mention) if matches else []
            if not matches and told and last_here and told[-1].stand is None:
                told[-1] = replace(told[-1], stand=said_alone(sentence.words))
            for language in spoken:
                self.persons.note(sentence.words, mention, language)
            told += found
            last_here = bool(found)
        return told

    @staticmethod
    def _look(words: list[str], lexicon: Lexicon) -> tuple[tuple[Match, ...], Heard]:
        known = know(words, lexicon)
        ends = class_ends(known)
        return tuple(find_sayings(words, known, ends, lexicon)), hear(known, ends, lexicon)

    def _find(self, sentence: Sentence, spoken: tuple[str, ...]) -> list[Match]:
        """The matches that count, in order. Cues count within one sentence only: from two, a reason would
        quote words that do not say it."""
        said: list[Match] = []
        together: list[Match] = []
        for language in spoken:
            lexicon = self.lexicon(language)
            found, heard = lexicon.remembered(sentence.words, self._look)
            said += found
            together += find_together(heard, lexicon)
        if said:
            said = chosen(said, sentence.words, self.above)
        if together:
            said = sorted((*said, *weigh(together, said)), key=lambda one: one.at)
        return said

    def _tell(self, sentence: Sentence, matches: list[Match], mention: Mention) -> list[_Told]:
        told: list[_Told] = []
        cues = cues_in(sentence.words)
        so_far = _SoFar(mention)
        for match in matches:
            about, denied = self._judge(sentence, match, so_far)
            of_close = match.experience in self.vocabulary.said_of_someone_close
            so_far.note(match, CLOSE if of_close and about == ME else about, denied)
            experience = self._turned(match.experience, about)
            if experience is None or denied == DENIED:
                continue
            stand = BEHIND if denied == OVER else self._stand(sentence.words, match, matches, cues)
            close = about == CLOSE or experience in self.vocabulary.said_of_someone_close
            first, last = sentence.raw[match.start], sentence.raw[match.end]
            told.append(_Told(experience, stand, first, last, CLOSE if close else ME))
        wider = {above for one in told for above in self.above[one.experience]}
        return [one for one in told if one.experience not in wider and not self._same_as_mine(one, told)]

    def _stand(self, words: list[str], match: Match, matches: list[Match], cues: list[Cue]) -> str | None:
        if not cues:
            return None
        of = self.vocabulary.experiences[match.experience]
        cues = told_by(cues, match, event=of.event, sobering=of.group == _SUBSTANCES and not of.event)
        return stand_of(words, match, matches, cues)

    def _same_as_mine(self, one: _Told, told: list[_Told]) -> bool:
        """Whether words about someone close are the writer's own too: "the horses, I tell my wife"."""
        mine = [
            other
            for other in told
            if self.vocabulary.experiences[other.experience].when_close == one.experience
        ]
        return any(other.first <= one.last and other.last >= one.first for other in mine if other.about == ME)

    def _judge(self, sentence: Sentence, match: Match, so_far: _SoFar) -> tuple[str, str | None]:
        """Whose it is, and whether it is denied or over."""
        words = sentence.words
        if supposed(sentence, match) or self._died_of_it(words, match, so_far.last):
            return NOBODY, DENIED
        denied = denial(words, match, so_far.denied)
        if denied is None and self.vocabulary.experiences[match.experience].soft:
            denied = OVER if says_stopped(words, match) else None
        whose = self.persons.whose(words, match, so_far.judged, so_far.mention)
        if match.kind == SOFT and denied != OVER and whose != CLOSE and not supported(words, match):
            return NOBODY, DENIED
        return whose, denied

    def _turned(self, experience: str, about: str) -> str | None:
        if about == ME:
            return experience
        known = self.vocabulary.experiences[experience]
        if about == CLOSE:
            if known.when_close in self.vocabulary.experiences:
                return known.when_close
            return experience if experience in self.vocabulary.said_of_someone_close else None
        return None

    def _died_of_it(self, words: list[str], match: Match, earlier: Match | None) -> bool:
        """ "lost my dad to cancer": what somebody died of is not what the writer lives with."""
        group = {one: self.vocabulary.experiences[one.experience].group for one in (match, earlier) if one}
        if earlier is None or group[match] == _LOSS or group[earlier] != _LOSS:
            return False
        between = words[earlier.end + 1 : match.start + 1]
        return (
            len(between) <= _CAUSE_WITHIN
            and bool(DEATH_OF[match.language].intersection(between[-3:]))
            and not FIRST_PERSON[match.language].intersection(words[earlier.end + 1 : match.end + 1])
        )


_IN_BOTH = listed("no me he a has come son sin once todo pie ten van red")
_ONLY = {language: words - _IN_BOTH for language, words in TELLTALE.items()}


@lru_cache(maxsize=8)
def reader_of(vocabulary: Vocabulary) -> _Reader:
    """The one reader of a vocabulary; it compiles each language when that is first met."""
    return _Reader(vocabulary)


def forget_words(vocabulary: Vocabulary) -> None:
    """Lets go of every single word that was remembered while reading: each came from what somebody wrote."""
    for lexicon in reader_of(vocabulary).lexicons.values():
        lexicon.clear()
    tokens.forget_words()


def _refused(sentence: Sentence, following: Sentence) -> bool:
    return sentence.asks and len(sentence.words) <= _BRIEF and following.words[0] in _REFUSALS


def spoken_in(words: Sequence[str], languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages a sentence may be in: one where its small words say so, else all."""
    if len(languages) < 2:
        return languages
    seen = {language: len(_ONLY[language].intersection(words)) for language in languages}
    most = max(seen, key=lambda one: (seen[one], one))
    if seen[most] >= 2 and all(2 * count < seen[most] for one, count in seen.items() if one != most):
        return (most,)
    return tuple(sorted(languages, key=lambda one: -seen[one]))


def spoken_at_large(sentences: Sequence[Sentence], languages: tuple[str, ...]) -> tuple[str, ...]:
    """What a sentence that does not say its language is read in: that of the whole text, where the small
    words of all sentences agree on one, else all."""
    if len(sentences) < 2:
        return languages
    return spoken_in([word for sentence in sentences for word in sentence.words], languages)


def understand(
    words: str, *, vocabulary: Vocabulary, languages: Sequence[str] = LANGUAGES
) -> tuple[Understood, ...]:
    """The experiences that `words` tell of, in the order they are told, each once for oneself and once
    for someone close.

    Denials, suppositions and other people's lives are left out. The same words give the same answer;
    no text raises. Characters beyond `LONGEST` are not read.
    """
    words = words[:LONGEST]
    known = tuple(language for language in LANGUAGES if language in languages)
    reader = reader_of(vocabulary)
    told = reader.read(words, known) if known else []
    if not told:
        return ()
    places = offsets(words)
    kept: dict[tuple[str, str], Understood] = {}
    for one in told:
        key = (one.experience, one.about)
        if key not in kept:
            start, end = places[one.first][0], places[one.last][1]
            kept[key] = Understood(one.experience, one.stand, start, end, one.about)
        elif kept[key].stand is None and one.stand:
            kept[key] = replace(kept[key], stand=one.stand)
    said = {experience for experience, _ in kept}
    return tuple(
        sorted(
            (
                one
                for one in kept.values()
                if not (one.experience in reader.general and said & vocabulary.narrower_of(one.experience))
            ),
            key=lambda one: (one.start, one.end, one.experience, one.about),
        )
    )
