"""What comes from the pages of conversations."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core import MOST, MOST_MARK, MOST_NOTE


class LinesField(forms.CharField):
    """Text whose lines end as they do in the box, however a form sends them: else each would count twice."""

    def to_python(self, value) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class Words(forms.Form):
    """What somebody wants to say. The mark makes that a form sent twice is said once."""

    words = LinesField(
        max_length=MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": _("There is nothing in the box yet."),
            "max_length": _("This is longer than 4,000 characters. Nothing was lost: send it in two parts."),
            "null_characters_not_allowed": _("There is a character in it that cannot be kept."),
        },
    )
    note = forms.CharField(
        label=_("What it is about"),
        help_text=_(
            "A few words, such as “my mother’s death”. You both see them first, and open the rest when you "
            "like."
        ),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={
            "max_length": _(
                "This note is longer than 80 characters. Nothing was lost: please say it shorter."
            ),
            "null_characters_not_allowed": _("There is a character in it that cannot be kept."),
        },
    )
    mark = forms.CharField(max_length=MOST_MARK, widget=forms.HiddenInput, initial=lambda: str(uuid.uuid4()))

    def __init__(self, *given, **options) -> None:
        super().__init__(*given, **options)
        # Else a browser cuts off what is pasted, without a word.
        for field in ("words", "note"):
            self.fields[field].widget.attrs.pop("maxlength", None)

    def refuse(self, sentence: str) -> None:
        """Afterwards the words stand in the box again, with `sentence` above them."""
        self.add_error("words", sentence)


class NameHere(forms.Form):
    """What one is called in one conversation."""

    name = forms.CharField(
        label=_("What you are called here"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("Only in this conversation. It changes for both of you at once."),
    )


def number_in(given: str | None) -> int | None:
    """The number of a message as a page names it, from 1 on; None for anything else."""
    if given and given.isascii() and given.isdigit() and len(given) < 16:
        return int(given) or None
    return None
