"""What the first steward tells about the place, and about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from beenthere.foundation.place import ASKING, INVITED, OPEN
from beenthere.web.rules import default_rules, paragraphs

from .coming import JoinForm, other_languages

LONGEST_RULES = 8000


class FirstForm(JoinForm):
    """The place, then the first steward's own joining."""

    place_name = forms.CharField(
        label=_("What is this place called?"),
        help_text=_("It stands at the top of every page."),
        max_length=80,
        error_messages={"required": _("The place needs a name. You can change it later.")},
    )
    place_rules = forms.CharField(
        label=_("Rules"),
        help_text=_("A start that you can change. An empty line begins a new rule."),
        max_length=LONGEST_RULES,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        error_messages={"required": _("A few rules help everyone. The ones we suggest are below.")},
    )
    joining = forms.ChoiceField(
        label=_("Who may join?"),
        widget=forms.RadioSelect,
        initial=OPEN,
        choices=[
            (OPEN, _("Any adult who comes")),
            (INVITED, _("Whoever has an invitation of a member")),
            (ASKING, _("Whoever asks, when a steward has said yes")),
        ],
    )
    place_languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken here?"),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        error_messages={"required": _("Please choose at least one language.")},
    )
    hours = forms.CharField(
        label=_("When are stewards here?"),
        help_text=_("In words, such as: every day 18:00 to 22:00. Leave it empty if you do not know yet."),
        required=False,
        max_length=200,
    )

    def __init__(self, data=None, **options) -> None:
        super().__init__(data, **options)
        self.fields["place_languages"].choices = other_languages()
        self.fields["place_languages"].initial = self.fields["languages"].initial
        self.fields["place_rules"].initial = "\n\n".join(default_rules())
        self.fields["invitation"].required = False
        self.fields["languages"].required = False

    def place(self) -> dict:
        """What `tell_place` asks for."""
        given = self.cleaned_data
        return {
            "name": given["place_name"],
            "rules": self.rules(),
            "joining": given["joining"],
            "languages": tuple(given["place_languages"]),
            "hours": given["hours"],
        }

    def rules(self) -> str:
        """The place's own rules; "" when the default ones were left as they are."""
        own = paragraphs(self.cleaned_data["place_rules"])
        return "" if own == default_rules() else "\n\n".join(own)

    def clean(self) -> dict:
        given = super().clean()
        given["languages"] = given.get("languages") or given.get("place_languages") or []
        return given
