"""Language tags: well formed (RFC 5646, section 2.1), and of a language that exists."""

from functools import cache

import re2

from beenthere.foundation.sentences import Sentence, sentence

from .spoken import plain

TAG = re2.compile(
    r"(?i)(?P<primary>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
)
# ISO 639-1 as it stands, retired codes left out. Kept here so that the sheets of most communities are
# read without loading babel's tables.
ISO_639_1 = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
    ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
    rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
TWO_LETTERS = frozenset(ISO_639_1.split())
# Whose own name for their language is looked up too: loading every locale would take seconds.
OWN_NAMES = """
    ar bg bn ca cs da de el et eu fa fi fr gl he hi hr hu id it ja ko lt lv nl nb pl pt ro ru sk sl sr
    sv tr uk ur vi zh
"""
NO_LANGUAGE = {"und", "mul", "zxx", "mis", "root"}


def language_trouble(tag: str) -> tuple[Sentence, Sentence] | None:
    """Why `tag` names no language, and what would; nothing where it does."""
    matched = TAG.fullmatch(tag)
    primary = matched["primary"].lower() if matched else ""
    if primary in TWO_LETTERS:
        return None
    newer = _replaced(primary) if primary else None
    if newer:
        return (
            sentence("The tag {tag} has been replaced.", tag=primary),
            sentence("The tag {tag}.", tag=newer + tag[len(primary) :]),
        )
    if primary in _languages():
        return None
    named = _tags_by_name().get(plain(tag))
    if named:
        return (
            sentence("This is the name of a language, not its tag."),
            sentence("The tag {tag}.", tag=named),
        )
    hyphened = tag.replace("_", "-")
    if hyphened != tag and language_trouble(hyphened) is None:
        return (
            sentence("The parts of a language tag are joined by hyphens."),
            sentence("The tag {tag}.", tag=hyphened),
        )
    return (
        sentence("No language has this tag."),
        sentence("Language tags such as en, es or pt-BR, separated by semicolons."),
    )


def _replaced(primary: str) -> str | None:
    """The tag that a retired or three-letter code gave way to: two people who speak one language must
    not miss each other over eng and en."""
    from babel.core import get_global

    newer = get_global("language_aliases").get(primary)
    return newer.partition("_")[0] if newer else None


@cache
def _languages() -> frozenset[str]:
    from babel import Locale
    from babel.core import get_global

    likely = {tag.partition("_")[0] for tag in get_global("likely_subtags")}
    return frozenset((likely | set(Locale("en").languages)) - NO_LANGUAGE)


@cache
def _tags_by_name() -> dict[str, str]:
    """Names in English, in Spanish and some in the language itself -> tag."""
    from babel import Locale

    tags = {plain(Locale(own).languages.get(own, own)): own for own in OWN_NAMES.split()}
    for known_in in ("es", "en"):
        for code, name in Locale(known_in).languages.items():
            tags[plain(name)] = code.replace("_", "-")
    return {name: tag for name, tag in tags.items() if tag not in NO_LANGUAGE}
