"""How to join, or to leave an address."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from beenthere.foundation.place import the_place
from beenthere.people.core.names import name_fault, tidy_name
from beenthere.people.core.passphrases import passphrase_fault
from beenthere.web.told import Told, language

YES, NO = "yes", "no"
MOST_LANGUAGES = 8
# Those that most people speak, offered beneath the ones of the place.
LANGUAGES = tuple(
    """
    am ar bg bn ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu id ig it ja jv km ko
    ku lt lv ml mr ms my nb ne nl or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th ti tr uk ur uz
    vi yo zh zu
    """.split()  # noqa: SIM905 -- codes read better so
)


class JoinForm(forms.Form):
    """All that is asked before the first hello."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_(
            "Any name you like; it need not be the one on your papers. You can choose another one for each "
            "person you meet."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("We need something to call you by. Any name will do.")},
    )
    adult = forms.ChoiceField(
        label=_("Are you 18 or over?"),
        choices=[(YES, _("I am 18 or over")), (NO, _("I am younger"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please tell us: this place is for adults.")},
    )
    passphrase = forms.CharField(
        label=_("A passphrase"),
        help_text=_("At least 12 characters. Four or five words that only you would put together are good."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)
    languages = forms.MultipleChoiceField(
        label=_("Which languages can you talk in?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one, so that you can understand each other.")},
    )
    another = forms.ChoiceField(label=_("Another language"), required=False)
    timezone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("So that times are told in yours. Nobody is shown it.")
    )
    mail = forms.EmailField(
        label=_("E-mail (you can leave this empty)"),
        help_text=_("Only to tell you that something is waiting, never what. We keep it sealed."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This does not look like an e-mail address. It can stay empty.")},
    )
    quotable = forms.BooleanField(
        label=_("My words may be quoted in introductions"),
        help_text=_("One person at a time sees these words, without your name."),
        required=False,
        initial=True,
    )
    invitation = forms.CharField(
        label=_("Your invitation"),
        help_text=_("The code in the link that a member gave you."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data=None, **options) -> None:
        super().__init__(data, **options)
        self.fields["languages"].choices = languages_of_the_place()
        self.fields["another"].choices = [("", _("None")), *other_languages()]
        self.fields["timezone"].choices = zones()
        self.fields["languages"].initial = [language()]
        self.fields["timezone"].initial = "UTC"
        self.fields["invitation"].required = the_place().joining == "invited"
        self.fields["invitation"].error_messages["required"] = _("Joining needs an invitation here.")

    @property
    def is_younger(self) -> bool:
        return self.data.get("adult") == NO

    def answers(self, told: Told) -> dict:
        """What `actions.join_with` asks for."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "prefers": {"language": language(), "timezone": given["timezone"]},
            "passphrase": given["passphrase"] or None,
            "invitation": given["invitation"] or told.invitation,
            "languages": given["languages"][:MOST_LANGUAGES],
            "mail": given["mail"],
            "quotable": given["quotable"],
        }

    def clean_name(self) -> str:
        fault = name_fault(self.cleaned_data["name"])
        if fault is not None:
            raise forms.ValidationError(fault.said(gettext))
        return tidy_name(self.cleaned_data["name"])

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("passkey") and "passphrase" not in self.errors:
            self._check_passphrase(given.get("passphrase") or "")
        if given.get("another") and given["another"] not in given.get("languages", []):
            given["languages"] = [*given.get("languages", []), given["another"]]
            self.errors.pop("languages", None)
        return given

    def _check_passphrase(self, passphrase: str) -> None:
        if not passphrase:
            self.add_error("passphrase", _("Choose a passphrase, so that only you can come back in."))
            return
        fault = passphrase_fault(passphrase, names=(self.cleaned_data.get("name", ""),))
        if fault is not None:
            self.add_error("passphrase", fault.said(gettext))


class AddressForm(forms.Form):
    """Where to write when somebody comes."""

    mail = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("The box is empty. Without an address we cannot write."),
            "invalid": _("This does not look like an e-mail address. Nothing is lost; please look again."),
        },
    )
    adult = forms.ChoiceField(
        label=_("Are you 18 or over?"),
        choices=[(YES, _("I am 18 or over")), (NO, _("I am younger"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please tell us: this place is for adults.")},
    )

    @property
    def is_younger(self) -> bool:
        return self.data.get("adult") == NO


def languages_of_the_place() -> list[tuple[str, str]]:
    """Those of the place and the one of this page, by their own names."""
    here = language()
    return [(code, own_name(code)) for code in dict.fromkeys([*the_place().languages, here])]


def other_languages() -> list[tuple[str, str]]:
    names = Locale.parse((get_language() or "en").replace("-", "_")).languages
    named = [(code, names.get(code, code)) for code in LANGUAGES]
    return sorted(named, key=lambda one: one[1].casefold())


def own_name(code: str) -> str:
    """What a language calls itself."""
    try:
        return (Locale.parse(code.replace("-", "_")).get_language_name() or code).capitalize()
    except (ValueError, LookupError):
        return code


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones by region, and UTC."""
    regions: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(available_timezones()):
        region, slash, city = name.partition("/")
        if slash and region in REGIONS:
            regions.setdefault(region, []).append((name, city.replace("_", " ")))
    return list(regions.items())


REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
