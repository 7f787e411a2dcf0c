"""The rules of the place, by number: what a decision rests on."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from beenthere.foundation.place import the_place


def default_rules() -> list[str]:
    """One paragraph each, in the reader's language: what a place has until it writes its own."""
    return [
        _("We meet as equals. Nobody here stands above anybody, whatever they have learned or work as."),
        _("We speak of what we have lived ourselves. We ask before we advise, and take no for an answer."),
        _("What someone tells you stays with you. Do not repeat it, copy it or show it to anyone."),
        _("Any feeling may be said here, also the darkest. How to harm oneself is not described here."),
        _("Nobody is urged to harm themselves or anyone else. No insults, no threats, no pressure."),
        _("Nobody sells anything, asks for money, or looks for a date."),
        _("Everyone may pause, leave or block at any time, without giving a reason."),
        _("This place is for adults, and each of us is here as one person."),
    ]


def rules_here() -> list[str]:
    """The place's own paragraphs, else the default ones."""
    return paragraphs(the_place().rules) or default_rules()


def rule_said(number: int, language: str) -> str:
    """The rule `number` (from 1) as it stands now, in `language`. LookupError where there is no such rule."""
    with override(language):
        rules = rules_here()
    if not 1 <= number <= len(rules):
        raise LookupError(number)
    return str(rules[number - 1])


def paragraphs(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]
