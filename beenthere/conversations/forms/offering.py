"""What comes from the pages of what is offered: I've been there, a breather, a line, how one felt."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from beenthere.signposts.core.outside import heard
from beenthere.stories.core import LONGEST

from ..core import MOST, MOST_MARK
from ..core.clearing import MOST_LINE
from ..core.felt import NO, PARTLY, YES
from .talk import LinesField

NOT_KEPT = {"null_characters_not_allowed": _("There is a character in it that cannot be kept.")}
TOO_LONG = {
    "max_length": _("This is longer than 4,000 characters. Nothing was lost: make it a little shorter.")
}
EMPTY = {"required": _("There is nothing in the box yet."), **NOT_KEPT}
CHOSEN, WRITTEN = "own:", "written"
# A breather: one of these, or one's own words.
BREATHERS = (
    _("I need a breather. I am still here."),
    _("This is a lot for me just now. I will write again when I can."),
    _("I read every word. I need some time before I answer."),
    _("Let us stay here quietly for a while."),
)
FELT_PARTS = {
    "voice": _("Could you say what you wanted to say?"),
    "attention": _("Did the other person stay with what you said?"),
    "empathy": _("Did you feel understood?"),
    "respect": _("Were you taken as you are?"),
    "ground": _("Did you find something in common?"),
}
FELT_ANSWERS = {YES: _("Yes"), PARTLY: _("Partly"), NO: _("No")}


class Sent(forms.Form):
    """Words that go as a message of their own kind. The mark makes that a form sent twice is said once.
    `not_kept`: the place could not keep them just now."""

    not_kept = False

    words = LinesField(
        label=_("What you say"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
        error_messages={**EMPTY, **TOO_LONG},
    )
    mark = forms.CharField(max_length=MOST_MARK, widget=forms.HiddenInput, initial=lambda: str(uuid.uuid4()))

    def __init__(self, *given, **options) -> None:
        super().__init__(*given, **options)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def refuse(self, sentence: str) -> None:
        """Afterwards the words stand in the box again, with `sentence` above them."""
        self.add_error("words", sentence)


class Breather(Sent):
    """A breather, in words that one may change."""


class BeenThere(Sent):
    """I've been there, and what goes along: nothing, a piece (`own:` and its ref), or what is written now."""

    carry = forms.CharField(required=False, max_length=64)
    written = LinesField(
        label=_("What it was like for me"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
        error_messages={**NOT_KEPT, **TOO_LONG},
    )

    def again_with(self, piece: str) -> "BeenThere":
        """The same form, with that piece chosen: what was written is kept in it by now."""
        given = self.data.copy()
        given["carry"], given["written"] = CHOSEN + piece, ""
        again = BeenThere(given)
        again.is_valid()
        return again

    @property
    def goes_along(self) -> dict[str, str]:
        """What the action takes. Words that were written go along, whatever else was chosen."""
        carry, written = self.cleaned_data["carry"], self.cleaned_data["written"].strip()
        if written and carry in ("", WRITTEN):
            return {"written": written}
        return {"piece": carry.removeprefix(CHOSEN)} if carry.startswith(CHOSEN) else {}

    def refuse(self, sentence: str) -> None:
        """As `Sent.refuse`; where what was written on the spot leads outside, above that."""
        written = self.cleaned_data.get("written", "")
        at_fault = "written" if heard(written) and not heard(self.cleaned_data.get("words", "")) else "words"
        self.add_error(at_fault, sentence)


class Line(forms.Form):
    """A line about what became clear."""

    not_kept = False

    words = LinesField(
        label=_("What became clear, in one line"),
        max_length=MOST_LINE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            **EMPTY,
            "max_length": _(
                "This is longer than 500 characters. Nothing was lost: make it a little shorter."
            ),
        },
    )

    def __init__(self, *given, **options) -> None:
        super().__init__(*given, **options)
        self.fields["words"].widget.attrs.pop("maxlength", None)

    def refuse(self, sentence: str) -> None:
        self.add_error("words", sentence)


class HeardThere(forms.Form):
    """Did you feel heard? All of it may be skipped."""

    def __init__(self, *given, **options) -> None:
        super().__init__(*given, **options)
        for part, asks in FELT_PARTS.items():
            choices = list(FELT_ANSWERS.items())
            self.fields[part] = forms.ChoiceField(
                label=asks, choices=choices, required=False, widget=forms.RadioSelect
            )
