"""The forms of reporting, and of asking for a steward."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import (
    ABOUT_ME,
    CONTACT,
    DANGER,
    HARASSING,
    METHOD,
    OTHER,
    PRETENDING,
    URGING,
)
from . import ROWS, NoteForm

LANE_NAMES = {
    ABOUT_ME: _("It tells who I am, or where I live"),
    DANGER: _("Somebody may be in danger"),
    URGING: _("It urges somebody to harm themself"),
    METHOD: _("It tells a way of harming oneself"),
    CONTACT: _("It draws somebody outside, or is about money"),
    HARASSING: _("It hurts, threatens, or does not stop"),
    PRETENDING: _("Somebody is not who they say they are"),
    OTHER: _("Something else"),
}


class ReportForm(NoteForm):
    """Why somebody reports, and what they add if they wish."""

    field_order = ["lane", "note"]
    lane = forms.ChoiceField(
        label=_("What is it?"),
        choices=list(LANE_NAMES.items()),
        initial=OTHER,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_lane(self) -> str:
        return self.cleaned_data["lane"] or OTHER

    @property
    def told(self) -> dict:
        """What the actions take."""
        return {"lane": self.cleaned_data["lane"], "note": self.cleaned_data["note"].replace("\r\n", "\n")}


class CheckInForm(forms.Form):
    """A few words for the steward, or none."""

    note = forms.CharField(
        label=_("Is there something you would like to say?"),
        help_text=_("You may leave this empty. They come either way."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=ROWS),
    )
