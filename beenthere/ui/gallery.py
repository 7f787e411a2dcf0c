"""What the gallery shows its components with. All of it is made up."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beenthere.foundation.sentences import sentence


class GalleryForm(forms.Form):
    """One field of each kind."""

    country = forms.ChoiceField(
        label=gettext_lazy("Where are you?"),
        choices=[("", gettext_lazy("Choose a country")), ("here", gettext_lazy("Here"))],
        required=False,
    )
    called = forms.CharField(
        label=gettext_lazy("What shall we call you?"),
        help_text=gettext_lazy("Any name that is not the one on your papers."),
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("A few words are enough."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("The box is empty. Nothing was sent.")},
    )
    people = forms.FileField(
        label=gettext_lazy("Your sheet of people"),
        help_text=gettext_lazy("CSV, xlsx or ods. It is read here and forgotten."),
        required=False,
    )


def faults() -> list[dict]:
    """Two faulty cells, as a sheet would have them."""
    return [
        {
            "line": 4,
            "column": "capacity",
            "value": "two",
            "why": sentence("This is not a whole number."),
            "wants": sentence("A whole number from 0, such as 2."),
        },
        {
            "line": 11,
            "column": "ref",
            "value": "",
            "why": sentence("Every person needs a ref."),
            "wants": sentence("A short name or number that nobody else has."),
        },
    ]


def meeting() -> dict:
    """Two people and their common ground."""
    return {
        "pieces_one": [_("Everyone thinks I should be over it by now."), _("I still set two cups out.")],
        "pieces_two": [
            _("After the funeral people asked about the house, not about her."),
            _("What helped was one friend who let me say her name."),
        ],
        "shared": [_("Loss of a parent"), _("Caring for someone")],
    }


def tokens() -> tuple[str, ...]:
    """The colours of tokens.css, for the samples."""
    return ("paper", "sheet", "glow", "ink", "ink-soft", "ember", "lamp", "moss", "line", "edge", "alert")
