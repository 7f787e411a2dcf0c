"""The forms of safety."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from beenthere.conversations.forms import number_in

ROWS = {"rows": 5, "autocomplete": "off", "dir": "auto"}


class NoteForm(forms.Form):
    """What the reporter adds, if they wish."""

    note = forms.CharField(
        label=_("What would you like to say about it?"),
        help_text=_("You may leave this empty."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=ROWS),
    )


class AppealForm(forms.Form):
    note = forms.CharField(
        label=_("Why do you see it otherwise?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=ROWS),
    )


def numbers_in(data: QueryDict) -> set[int]:
    """The messages that are ticked."""
    return {number for text in data.getlist("chosen") if (number := number_in(text)) is not None}
