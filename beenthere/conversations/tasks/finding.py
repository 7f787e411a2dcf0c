"""Marks, by which words are found again, are made here and not when something is sent."""

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE

from ..actions import finding


@every(60, name="mark new words")
def mark_new_words() -> None:
    finding.mark_new_words(by=SITE)


@every(3600, name="mark all words")
def mark_all_words() -> None:
    finding.mark_all_words(by=SITE)
