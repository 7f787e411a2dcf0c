"""The words of pure code in the reader's language."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation.trans_real import translation

from beenthere.experiences.core import load_vocabulary


def speaking(language: str) -> Callable[[str], str]:
    """Translates what `Sentence` says: names of experiences by the vocabulary, all else by the catalogue.
    Each text is looked up once: a round of thousands says the same few sentences again and again."""
    if language == "en":
        return str  # what pure code says
    known, catalogue = _names(language), translation(language)

    def translate(text: str) -> str:
        if text not in known:
            known[text] = catalogue.gettext(text) if text else text
        return known[text]

    return translate


def _names(language: str) -> dict[str, str]:
    """English names of experiences to those of `language`, as titles and inside a sentence."""
    from beenthere.matching.core.held import in_a_sentence

    vocabulary = load_vocabulary()
    titles = {vocabulary.name(one): vocabulary.name(one, language) for one in vocabulary.experiences}
    return {in_a_sentence(name): in_a_sentence(theirs) for name, theirs in titles.items()} | titles


def speaking_here() -> Callable[[str], str]:
    """The same, in the language of the page that is being made."""
    return speaking(get_language() or "en")
