"""What pages read of experiences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .core.understanding import understand
from .core.vocabulary import load_vocabulary

STANDS: dict[str, str | Promise] = {
    "in it now": _("in it now"),
    "it comes and goes": _("it comes and goes"),
    "finding my way": _("finding my way"),
    "living with it": _("living with it"),
    "behind me for now": _("behind me for now"),
}


def understood_in(words: str, language: str) -> list[tuple[str, str | Promise]]:
    """What `words` speak of: each experience once, by its name in `language`, in the order of the
    words, with how it is now where they say so (else an empty text). An experience is left out where
    a narrower one was understood too."""
    vocabulary = load_vocabulary()
    stands: dict[str, str | None] = {}
    for one in understand(words, vocabulary=vocabulary):
        stands[one.experience] = stands.get(one.experience) or one.stand
    broader = {above for one in stands for above in vocabulary.broader_of(one)}
    return [
        (vocabulary.name(one, language), STANDS[stand] if stand else "")
        for one, stand in stands.items()
        if one not in broader
    ]
