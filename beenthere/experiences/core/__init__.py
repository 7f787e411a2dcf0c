"""What people say about what they have lived through, understood: pure, with its data beside it."""

from .lint import lint
from .understanding import Understood, forget_words, understand
from .vocabulary import Experience, Vocabulary, load_vocabulary

__all__ = ["Experience", "Understood", "Vocabulary", "forget_words", "lint", "load_vocabulary", "understand"]
