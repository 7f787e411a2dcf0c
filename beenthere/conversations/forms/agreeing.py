"""What two people settle between them, as a page sends it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..core import OUTSIDE, TOO_LONG, UNREADABLE
from ..core.agreeing import MOST_AGREED, PARTS, SILENCE, SILENCES, STANDS

LONG = _("This is longer than 300 characters. Nothing was lost: please say it shorter.")
STRANGE = _("There is a character in it that cannot be kept.")
SAID = {
    TOO_LONG: LONG,
    UNREADABLE: STRANGE,
    STANDS: _("The other proposed something too, and was first. Answer that; your words are still here."),
    OUTSIDE: _(
        "This looks like a link, a number or an address. It is held back until both of you open the door to "
        "the outside. Nothing was lost: your words are here to change."
    ),
}


def part(label: str, hint: str, first: str = "") -> forms.CharField:
    """A box of a few lines; `first` stands in it as a draft."""
    return forms.CharField(
        label=label,
        help_text=hint,
        initial=first,
        required=False,
        max_length=MOST_AGREED,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
        error_messages={"max_length": LONG, "null_characters_not_allowed": STRANGE},
    )


def silence(days: int) -> str:
    """What is said of a number of days."""
    if not days:
        return _("never")
    return ngettext("after %(days)d day", "after %(days)d days", days) % {"days": days}


class ToAgree(forms.Form):
    """A proposal: the words of each part, and after how many days of silence both are asked."""

    pace = part(
        _("Pace"),
        _("How fast, how often, at what times."),
        _("No hurry: each of us answers when there is room for it"),
    )
    leave_out = part(_("We leave out"), _("What neither of us wants to talk about here. It may stay empty."))
    crisis = part(
        _("If one of us is in crisis"),
        _("What you would want the other to do, and what not."),
        _("We say so, and whoever it is looks for help that is there now. Neither of us carries it alone."),
    )
    ending = part(
        _("How we end"),
        _("What would make an ending good."),
        _("Either of us may end without a reason"),
    )
    silence_days = forms.TypedChoiceField(
        label=_("If it gets quiet here, we are asked about it"),
        help_text=_("Asked quietly, each for themselves. Nobody has to answer."),
        coerce=int,
        initial=SILENCE,
        choices=lambda: [(days, silence(days)) for days in SILENCES],  # in the language of who looks
    )

    def told(self) -> dict:
        """The proposal as `propose_agreement` takes it."""
        return {one: self.cleaned_data[one] for one in (*PARTS, "silence_days")}

    def refuse(self, part: str, why: str) -> None:
        """Afterwards the words stand in the boxes again, with what is wrong above them."""
        self.add_error(part or None, SAID.get(why, STRANGE))
