"""What comes from the page by which one leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 500


class LastWord(forms.Form):
    """A last word for the other, if one wishes."""

    last_word = forms.CharField(
        label=_("Your last word"),
        help_text=_("Up to 500 characters. A thank you is enough."),
        max_length=MOST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "max_length": _("This is longer than 500 characters. Nothing was lost: leave out a part."),
            "null_characters_not_allowed": _("There is a character in it that cannot be kept."),
        },
    )

    def clean_last_word(self) -> str:
        return self.cleaned_data["last_word"].replace("\r\n", "\n").strip()

    def refuse(self, sentence: str) -> None:
        """Afterwards the words stand in the box again, with `sentence` above them."""
        self.add_error("last_word", sentence)
