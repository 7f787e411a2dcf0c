"""What comes from the pages of conversations."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core import MOST, MOST_MARK


class Words(forms.Form):
    """What somebody wants to say. The mark makes that a form sent twice is said once."""

    words = forms.CharField(
        max_length=MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": _("There is nothing in the box yet."),
            "max_length": _("This is longer than 4,000 characters. Nothing was lost: send it in two parts."),
            "null_characters_not_allowed": _("There is a character in it that cannot be kept."),
        },
    )
    mark = forms.CharField(max_length=MOST_MARK, widget=forms.HiddenInput, initial=lambda: str(uuid.uuid4()))

    def clean_words(self) -> str:
        return self.cleaned_data["words"].replace("\r\n", "\n")

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
