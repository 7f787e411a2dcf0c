"""The vocabulary compiled for matching, as bytes that a caller may keep: compiling takes a second."""

import pickle
import sys
from hashlib import sha256
from pathlib import Path

from .lexicon import Lexicon
from .understanding import reader_of
from .vocabulary import LANGUAGES, OWN_FOLDER, Vocabulary

HERE = Path(__file__).resolve().parent


def source_key() -> str:
    """Sixteen characters that change with every change of our vocabulary, of this code and of Python."""
    said = sha256(sys.version.encode())
    for path in sorted([*HERE.glob("*.py"), *OWN_FOLDER.iterdir()]):
        if path.is_file():
            said.update(path.name.encode() + path.read_bytes())
    return said.hexdigest()[:16]


def compiled(vocabulary: Vocabulary) -> bytes:
    """The compiled form of every language. No word that was read from anybody is in it."""
    lexicons = {language: Lexicon(vocabulary, language) for language in LANGUAGES}
    return pickle.dumps(lexicons, protocol=5)


def use_compiled(vocabulary: Vocabulary, content: bytes) -> bool:
    """Takes up what `compiled` gave for the same `source_key`. False, and nothing taken, when it is
    damaged. The bytes must come from a folder that only its owner can write: they are unpickled."""
    try:
        lexicons = pickle.loads(content)  # noqa: S301  # our own, kept beside the keys' own folder
    except Exception:
        return False
    whole = isinstance(lexicons, dict) and set(lexicons) == set(LANGUAGES)
    if not whole or not all(isinstance(one, Lexicon) for one in lexicons.values()):
        return False
    reader_of(vocabulary).lexicons.update(lexicons)
    return True
