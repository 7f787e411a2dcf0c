"""The forms of the stewards' desk."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..core import LIMITED, Step
from ..models import REASONS
from ..queries.rules import rules_here

ROWS = {"rows": 5, "autocomplete": "off", "dir": "auto"}
REASONS_SAID = {
    "first": _("To look at it for the first time"),
    "deciding": _("To decide or answer"),
    "second": _("To take a second look at what another steward did"),
    "appeal": _("Because somebody sees a decision otherwise"),
    "asked": _("Because I was asked to look at it again"),
}
# What can be done, as one choice; a limit is chosen by its own name.
DONE_SAID = {
    "ended": _("End the conversation"),
    "removed": _("Remove it: what was reported shows to nobody any more"),
    "cleared": _("It may stay: show it again, and let no report hide it by itself"),
    "let_go": _("Let the held piece go: it shows where its author chose"),
    "slow": _("Slow down: 20 messages an hour, one new introduction at a time"),
    "no_introductions": _("No new introductions"),
    "circle_only": _("Circles only: no introductions, and no writing in pairs"),
    "away": _("Away from this place"),
}
THINGS = ("ended", "removed", "cleared", "let_go")


class OpenForm(forms.Form):
    """Why a steward opens a report."""

    reason = forms.ChoiceField(
        label=_("Why do you open it?"),
        choices=[("", _("Choose one")), *((one, REASONS_SAID[one]) for one in REASONS)],
    )


class AnswerForm(forms.Form):
    """What a steward tells the reporter."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The one who reported reads it, and nobody else. It closes the report."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=ROWS),
    )


class DecisionForm(forms.Form):
    """What a steward does, by which rule, for how long. `possible`: names of DONE_SAID."""

    done = forms.ChoiceField(label=_("What do you do?"))
    rule = forms.ChoiceField(
        label=_("By which rule?"),
        help_text=_("Whom it concerns reads it, word for word."),
        required=False,
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_("For a limit: 1 to 90. Away: 7 to 365. It ends by itself."),
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("A word for the second steward"),
        help_text=_("Only where two decide. You may leave this empty."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={**ROWS, "rows": 2}),
    )

    def __init__(self, *given, possible=(), **named) -> None:
        super().__init__(*given, **named)
        self.fields["done"].choices = [("", _("Choose")), *((one, DONE_SAID[one]) for one in possible)]
        numbered = enumerate(rules_here(), 1)
        told = [(number, f"{number}. {Truncator(rule).chars(90)}") for number, rule in numbered]
        self.fields["rule"].choices = [("", _("Choose")), *told]

    @property
    def step(self) -> Step:
        """What was chosen. After `is_valid`."""
        done, days = self.cleaned_data["done"], self.cleaned_data.get("days") or 0
        return Step(done) if done in THINGS else Step(LIMITED, done, days)

    @property
    def rule_number(self) -> int:
        """The number of the rule, 0 for none."""
        return int(self.cleaned_data.get("rule") or 0)


class DebriefForm(forms.Form):
    words = forms.CharField(
        label=_("For yourself alone"),
        help_text=_("Nobody else ever reads it. It goes after a year, or when you take it away."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs=ROWS),
    )
