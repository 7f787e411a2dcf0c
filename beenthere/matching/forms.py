"""The forms of the local page, and of what a member tells for introductions."""

from functools import cached_property

from django import forms
from django.conf import global_settings, settings
from django.utils.translation import get_language, gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from beenthere.experiences.core import load_vocabulary
from beenthere.experiences.queries import STANDS, experience_name, find_experience, is_experience
from beenthere.matching.core.people import HOPES
from beenthere.matching.core.reading import CLOSER, SOON
from beenthere.matching.core.sheet import read_pairs
from beenthere.matching.core.sheet.columns import COLUMNS
from beenthere.matching.core.telling import LONGEST, Untellable, told
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.models import OpenSheet, Two
from beenthere.matching.queries.pairing import is_floor
from beenthere.matching.queries.seen import language_name
from beenthere.matching.queries.speaking import speaking_here
from beenthere.people.core.names import MOST, name_fault, tidy_name

LARGEST = 50 * 1024 * 1024
PLAIN, PACKED = (".csv", ".tsv", ".txt"), (".xlsx", ".ods")  # by how the content begins


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
        kinds = PACKED if file.read(2) == b"PK" else PLAIN
        file.seek(0)
        if not file.name.lower().endswith(kinds):
            raise forms.ValidationError(_("This is neither a CSV file nor an .xlsx or .ods spreadsheet."))
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


HOPES_SAID = dict(
    zip(
        HOPES,
        (_("to talk"), _("to write now and then"), _("to keep company"), _("to do something together")),
        strict=True,
    )
)


class TellingForm(forms.Form):
    """What a member tells for introductions. `told` holds it once the form is valid, as in `Telling.held`."""

    add = forms.CharField(
        label=_("Add something you have lived through"),
        help_text=_("By its name, or in your own words."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"list": "every", "autocomplete": "off", "dir": "auto"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can talk in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    another = forms.ChoiceField(label=_("Another language"), required=False)
    hopes = forms.MultipleChoiceField(
        label=_("What you would like"),
        required=False,
        choices=list(HOPES_SAID.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    wish = forms.ChoiceField(
        label=_("Whom you would like to meet"),
        choices=[
            (CLOSER, _("Someone closer to what I lived")),
            (SOON, _("Someone soon, even if we share less")),
        ],
        widget=forms.RadioSelect,
    )
    leave = forms.CharField(
        label=_("Add something to leave out"),
        help_text=_(
            "Somebody who has lived through it is not introduced to you, nor you to them. Nobody is told why."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"list": "every", "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args, held: dict, **kwargs) -> None:
        self.held = held
        spoken = held.get("languages", [])
        initial = {"languages": spoken, "hopes": held.get("hopes", []), "wish": held.get("wish") or CLOSER}
        super().__init__(*args, initial=initial, **kwargs)
        shown = list(dict.fromkeys([*spoken, *dict(settings.LANGUAGES)]))
        self.fields["languages"].choices = [(tag, language_name(tag)) for tag in shown]
        others = [tag for tag in dict(global_settings.LANGUAGES) if tag not in shown]
        rest = sorted((language_name(tag), tag) for tag in others)
        self.fields["another"].choices = [("", _("none")), *((tag, name) for name, tag in rest)]
        for at, one in enumerate(held.get("experiences", [])):
            self.fields[f"stand-{at}"] = forms.ChoiceField(
                label=_("How it is now"),
                choices=[("", _("how it is now")), *STANDS.items()],
                required=False,
                initial=one["stand"] or "",
            )

    @property
    def chips(self) -> list[dict]:
        """What was told, each with its name, its field and the name of what takes it out."""
        return [
            {"name": self._name(one), "field": self[f"stand-{at}"], "out": f"out-{at}"}
            for at, one in enumerate(self.held.get("experiences", []))
        ]

    @property
    def left_out(self) -> list[dict]:
        return [
            {"name": self._name(one), "out": f"let-{at}"}
            for at, one in enumerate(self.held.get("leave_out", []))
        ]

    @cached_property
    def every(self) -> list[str]:
        """The names of all experiences, for suggestions."""
        vocabulary, language = load_vocabulary(), get_language() or "en"
        return sorted((vocabulary.name(one, language) for one in vocabulary.experiences), key=str.casefold)

    def clean(self) -> dict:
        cleaned = super().clean()
        try:
            self.told = told(self._held(cleaned), is_known=is_experience, find=find_experience)
        except Untellable as beyond:
            raise forms.ValidationError(beyond.why.said(speaking_here())) from None
        return cleaned

    def _held(self, cleaned: dict) -> dict:
        experiences = [
            {**one, "stand": cleaned.get(f"stand-{at}") or None}
            for at, one in enumerate(self.held.get("experiences", []))
            if f"out-{at}" not in self.data
        ]
        leave_out = [
            one for at, one in enumerate(self.held.get("leave_out", [])) if f"let-{at}" not in self.data
        ]
        another = [cleaned["another"]] if cleaned.get("another") else []
        return {
            "experiences": experiences + _own(cleaned.get("add")),
            "languages": [*cleaned.get("languages", []), *another],
            "timezone": self.held.get("timezone", ""),
            "hopes": cleaned.get("hopes", []),
            "leave_out": leave_out + _own(cleaned.get("leave")),
            "wish": cleaned.get("wish") or CLOSER,
        }

    @staticmethod
    def _name(one: dict) -> str:
        return (
            experience_name(one["experience"], get_language() or "en") if one["known"] else one["experience"]
        )


def _own(words: str | None) -> list[dict]:
    return [{"experience": words, "known": False, "stand": None}] if words else []


class CalledForm(forms.Form):
    """What one is called with one person alone."""

    called = forms.CharField(
        label=_("Call me something else with this person"),
        help_text=_("Only the two of you see it, if both say yes. Left empty, you are called as everywhere."),
        required=False,
        max_length=MOST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def clean_called(self):
        name = tidy_name(self.cleaned_data["called"])
        fault = name_fault(name) if name else None
        if fault is not None:
            raise forms.ValidationError(fault.said(gettext))
        return name
