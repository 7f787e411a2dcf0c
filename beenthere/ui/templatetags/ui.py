"""Template tags of the look: slots, and components that hold other markup."""

from django import template
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from beenthere.foundation.sentences import Sentence
from beenthere.ui.slots import fillings_of

register = template.Library()

NOTICES = ("plain", "kept", "wrong")


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str) -> SafeString:
    """What upper apps put into the slot `name`, rendered with the page's own context."""
    shown = []
    for filling in fillings_of(name):
        brought = filling.brings(context.get("request")) if filling.brings else {}
        with context.push(**brought):
            shown.append(get_template(filling.template).template.render(context))
    return mark_safe("".join(shown))  # noqa: S308 -- each part escaped itself when it was rendered


@register.simple_block_tag
def sheet(content: str, label: str = "") -> str:
    """A card. With `label` it is a region of that name."""
    return render_to_string("ui/components/sheet.html", {"content": content, "label": label})


@register.simple_block_tag
def notice(content: str, title: str = "", kind: str = "plain", live: bool = False) -> str:
    """A few lines set apart; `kind` is plain, kept (done, agreed) or wrong. `live` reads it out."""
    if kind not in NOTICES:
        raise template.TemplateSyntaxError(f"A notice is one of {', '.join(NOTICES)}, not {kind}.")
    told = {"content": content, "title": title, "kind": kind, "live": live}
    return render_to_string("ui/components/notice.html", told)


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False) -> str:
    """Something that opens when one asks for it; works without JavaScript."""
    told = {"content": content, "summary": summary, "open": open}
    return render_to_string("ui/components/disclosure.html", told)


@register.filter
def said(value: object) -> object:
    """A `Sentence` of a core in the reader's language; anything else as it is."""
    return value.said(gettext) if isinstance(value, Sentence) else value
