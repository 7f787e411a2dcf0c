"""How the fixed choices of a sheet are said, so that each can be said in the reader's language."""

from beenthere.foundation.sentences import Sentence, sentence

HOPE_SAID: dict[str, Sentence] = {
    "to talk": sentence("to talk"),
    "to write now and then": sentence("to write now and then"),
    "to keep company": sentence("to keep company"),
    "to do something together": sentence("to do something together"),
}
STAND_SAID: dict[str, Sentence] = {
    "in it now": sentence("in it now"),
    "it comes and goes": sentence("it comes and goes"),
    "finding my way": sentence("finding my way"),
    "living with it": sentence("living with it"),
    "behind me for now": sentence("behind me for now"),
}


def counted(number: int) -> str:
    """A large number with narrow spaces: 1,000 is one in Spanish, and 1.000 is one in English."""
    return f"{number:,}".replace(",", "\u202f")
