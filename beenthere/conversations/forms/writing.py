"""Muted words, what is looked for, and what is said of words that lead outside."""

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ..core import stopped

# By the kinds of signposts.core.outside.
OUTSIDE_SENTENCES = {
    "link": _("This looks like a link."),
    "image": _("This looks like an image."),
    "phone": _("This looks like a phone number."),
    "mail": _("This looks like an e-mail address."),
    "handle": _("This looks like a name on another service."),
    "address": _("This looks like a postal address."),
    "meeting": _("This looks like a place and a time to meet."),
}

# By the codes of STOPPED; `when` is a day and an hour.
STOPPED_SENTENCES = {
    "slowed": _(
        "You have sent 20 messages in this hour, which is the most for you until %(when)s. Your words are "
        "still here: please wait a little. Safety says by which rule, and how to see it otherwise."
    ),
    "circles": _(
        "You write in circles only until %(when)s. Your words are still here. Safety says by which rule, and "
        "how to see it otherwise."
    ),
    "looked_at": _(
        "Stewards are looking at this conversation: nobody writes here until %(when)s at the latest. Your "
        "words are still here."
    ),
}


def why_stopped(code: str) -> str | None:
    """The sentence for a code of `core.stopped_code`, in the reader's time; None for any other."""
    told = stopped(code)
    if told is None:
        return None
    when = date_format(localtime(told[1]), "DATETIME_FORMAT")
    return str(STOPPED_SENTENCES[told[0]]) % {"when": when}


class MutedWords(forms.Form):
    """The words that somebody does not want to meet unprepared, one on a line."""

    words = forms.CharField(
        label=_("Words that you would rather be warned of"),
        help_text=_(
            "One on each line. “Hospital” also stands for “hospitals”. Several words on a line count where "
            "all of them stand in a message."
        ),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )

    def lines(self) -> list[str]:
        return self.cleaned_data["words"].splitlines()


class Search(forms.Form):
    """What is looked for. Sent by POST, so that it stands in no address, no history and no log."""

    words = forms.CharField(
        label=_("What do you remember of it?"),
        help_text=_("A word or a few, up to five. Other endings of a word are found too."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "type": "search"}),
        error_messages={"required": _("There is no word in the box yet.")},
    )
