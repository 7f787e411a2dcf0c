"""The forms of the local page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from beenthere.matching.core.sheet import read_pairs
from beenthere.matching.core.sheet.columns import COLUMNS
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.models import OpenSheet, Two
from beenthere.matching.queries.pairing import is_floor
from beenthere.matching.queries.speaking import speaking_here

LARGEST = 50 * 1024 * 1024


class Upload(forms.Form):
    """The sheet itself."""

    sheet = forms.FileField(
        label=_("The sheet"),
        help_text=_("A .csv, .xlsx or .ods file with a header. Only the column ref is required."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_sheet(self):
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("This file is larger than 50 MB. Leave out columns that are not needed.")
            )
        return file


class WishesForm(forms.Form):
    """What is asked of the pairing. `wishes` holds it once the form is valid; who has met stays from one
    run to the next, because a browser never fills in a file a second time."""

    rounds = forms.IntegerField(
        label=_("Rounds"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("In several rounds nobody meets anybody twice."),
    )
    floor = forms.CharField(
        label=_("Least fit"),
        initial="0.15",
        max_length=12,
        help_text=_("From 0 to 1. Lower brings more pairs with less in common."),
    )
    on = forms.DateField(
        label=_("Today"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For hours and waiting. Left empty, the latest day in the column since."),
    )
    seed = forms.IntegerField(
        label=_("Seed"), initial=0, help_text=_("Decides between equals. The same seed gives the same pairs.")
    )
    nearest = forms.IntegerField(
        label=_("Nearest people"),
        min_value=0,
        max_value=50,
        initial=0,
        help_text=_("Also a table with so many of the best peers for everyone, to choose by hand."),
    )
    met = forms.FileField(
        label=_("Who has met before"),
        required=False,
        help_text=_("An earlier pairs.csv: these two are not introduced again."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        allow_empty_file=True,
    )
    forget_met = forms.BooleanField(label=_("Let them meet again"), required=False)

    def __init__(self, *args, sheet: OpenSheet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.before = sheet
        if sheet.wishes.met:
            self.fields["met"].help_text = ngettext_lazy(
                "%(count)d pair from %(name)s has met before and still counts. Another file replaces it.",
                "%(count)d pairs from %(name)s have met before and still count. Another file replaces them.",
                len(sheet.wishes.met),
            ) % {"count": len(sheet.wishes.met), "name": sheet.met_name}
        else:
            del self.fields["forget_met"]

    def clean_floor(self) -> str:
        text = self.cleaned_data["floor"].strip().replace(",", ".")
        if not is_floor(text):
            raise forms.ValidationError(_("Write a number from 0 to 1, such as 0.15."))
        return text

    def clean_met(self) -> tuple[Two, ...] | None:
        file = self.cleaned_data["met"]
        if not file:
            return None
        pairs, faults = read_pairs(file.read(), name=file.name)
        if faults:
            translate = speaking_here()
            raise forms.ValidationError(
                [f"{one.line}, {one.column}: {one.why.said(translate)}" for one in faults[:20]]
            )
        return tuple(pairs)

    @property
    def wishes(self) -> Wishes:
        told = self.cleaned_data
        names = ("rounds", "floor", "seed", "nearest", "on")
        return Wishes(**{name: told[name] for name in names}, met=self._met)

    @property
    def met_name(self) -> str:
        file = self.files.get("met")
        return file.name if file else self.before.met_name if self._met else ""

    @property
    def _met(self) -> tuple[Two, ...]:
        if self.cleaned_data["met"] is not None:
            return self.cleaned_data["met"]
        return () if self.cleaned_data.get("forget_met") else self.before.wishes.met


class ColumnsForm(forms.Form):
    """One choice for each column of the sheet: which of ours it is, or none."""

    def __init__(self, *args, sheet: OpenSheet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.theirs = dict(enumerate(sheet.sheet.columns))
        ours_of = {theirs: ours for ours, theirs in sheet.sheet.used.items()}
        choices = [("", _("(leave out)")), *((name, name) for name in COLUMNS)]
        for number, theirs in self.theirs.items():
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=theirs, choices=choices, required=False, initial=ours_of.get(theirs, "")
            )

    @property
    def renames(self) -> dict[str, str]:
        return {theirs: self.cleaned_data[f"column-{number}"] for number, theirs in self.theirs.items()}
