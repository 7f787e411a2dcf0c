"""Sentences whose facts stand apart, so that pure code can speak and the edge can translate.

A core never imports Django and so cannot call gettext. It returns a `Sentence`; the page, the
command or the report says it in the reader's language. `sentence` is also the keyword by which
the catalogue of strings is gathered, so its first argument must be a literal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentence:
    """English text with `{named}` places, and the facts that fill them.

    A fact is a plain value, another `Sentence` (said in the same language), or a list or tuple of
    either (joined with `, `).
    """

    text: str
    facts: dict = field(default_factory=dict, hash=False)

    def said(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate` (gettext, or `str` for English)."""
        told = {name: _told(fact, translate) for name, fact in self.facts.items()}
        return translate(self.text).format_map(told)

    def __str__(self) -> str:
        return self.said()


def sentence(text: str, /, **facts: object) -> Sentence:
    """A `Sentence`; `text` is the English original and the key of its translation."""
    return Sentence(text, facts)


def joined(parts: Iterable[Sentence], translate: Callable[[str], str] = str) -> str:
    """Several sentences as one paragraph."""
    return " ".join(part.said(translate) for part in parts)


def _told(fact: object, translate: Callable[[str], str]) -> object:
    if isinstance(fact, Sentence):
        return fact.said(translate)
    if isinstance(fact, list | tuple):
        return ", ".join(str(_told(one, translate)) for one in fact)
    return fact
