"""What pages read of experiences."""

import os
from contextlib import suppress

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .core import keeping
from .core.understanding import understand
from .core.vocabulary import Vocabulary, load_vocabulary

STANDS: dict[str, str | Promise] = {
    "in it now": _("in it now"),
    "it comes and goes": _("it comes and goes"),
    "finding my way": _("finding my way"),
    "living with it": _("living with it"),
    "behind me for now": _("behind me for now"),
}


def vocabulary_at_hand() -> Vocabulary:
    """The vocabulary, ready to read with: its compiled form comes from the cache folder of the place, or is
    made now and kept there. A cache that cannot be read or written only costs a second."""
    vocabulary = load_vocabulary()
    if any(one is vocabulary for one in _ready):
        return vocabulary
    path = settings.DATA / "cache" / "words" / keeping.source_key()
    try:
        taken = keeping.use_compiled(vocabulary, path.read_bytes())
    except OSError:
        taken = False
    if not taken:
        content = keeping.compiled(vocabulary)
        keeping.use_compiled(vocabulary, content)
        _keep(path, content)
    _ready.append(vocabulary)
    return vocabulary


_ready: list[Vocabulary] = []


def _keep(path, content: bytes) -> None:
    own = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        own.touch(mode=0o600)
        own.write_bytes(content)
        os.replace(own, path)
    except OSError:
        with suppress(OSError):
            own.unlink()


def understood_in(words: str, language: str) -> list[tuple[str, str | Promise]]:
    """What `words` speak of: each experience once, by its name in `language`, in the order of the
    words, with how it is now where they say so (else an empty text). An experience is left out where
    a narrower one was understood too."""
    return [
        (experience_name(one, language), STANDS[stand] if stand else "") for one, stand in suggested_in(words)
    ]


def suggested_in(words: str) -> list[tuple[str, str | None]]:
    """What `words` speak of, for whoever keeps it: ids, each once, in the order of the words, with one of
    the keys of STANDS where they say how it is now. Broader ones are left out as in `understood_in`."""
    vocabulary = vocabulary_at_hand()
    stands: dict[str, str | None] = {}
    for one in understand(words, vocabulary=vocabulary):
        stands[one.experience] = stands.get(one.experience) or one.stand
    broader = {above for one in stands for above in vocabulary.broader_of(one)}
    return [(one, stand) for one, stand in stands.items() if one not in broader]


def is_experience(id: str) -> bool:
    return id in load_vocabulary().experiences


def find_experience(text: str) -> str | None:
    """The id of the experience that `text` names (by id or name, in any language)."""
    return load_vocabulary().find(text)


def experience_name(id: str, language: str) -> str:
    """How the experience is called in `language` (else in English); one's own words stay as they are."""
    vocabulary = load_vocabulary()
    return vocabulary.name(id, language) if id in vocabulary.experiences else id
