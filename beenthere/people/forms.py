"""What is asked at the doors, and of oneself."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from beenthere.ui.plain import TITLES

from .core.addresses import tidy_address
from .core.names import MOST as LONGEST_NAME
from .core.names import name_fault, tidy_name
from .core.passphrases import passphrase_fault

PASSPHRASE_HINT = _("At least 12 characters. Four or five words that only you would put together are good.")


def password_box(complete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": complete})


class SignInForm(forms.Form):
    """The private sign-in name and the passphrase."""

    sign_in_name = forms.CharField(
        label=_("Your sign-in name"),
        help_text=_("The three words and two digits that we drew for you."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("The sign-in name is missing.")},
    )
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        max_length=1000,
        strip=False,
        widget=password_box("current-password"),
        error_messages={"required": _("The passphrase is missing.")},
    )
    shared = forms.BooleanField(
        label=_("Others use this device too"),
        help_text=_(
            "You are signed out when you close the browser, or after half an hour without a page. Nothing of "
            "yours is kept here."
        ),
        required=False,
    )


class OneTimeForm(forms.Form):
    """The code that an app shows now, or a recovery code in its place."""

    code = forms.CharField(
        label=_("The code"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("The code is missing.")},
    )

    def __init__(self, data=None, *, label: str = "", **options) -> None:
        super().__init__(data, **options)
        if label:
            self.fields["code"].label = label


class CodeForm(forms.Form):
    """One recovery code."""

    code = forms.CharField(
        label=_("One of your recovery codes"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("The code is missing.")},
    )


class ProofForm(forms.Form):
    """The passphrase once more, and the code of who has a second step."""

    passphrase = forms.CharField(
        label=_("Your passphrase"), max_length=1000, strip=False, widget=password_box("current-password")
    )
    code = forms.CharField(
        label=_("The code that your app shows"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, data=None, *, two: bool = False, **options) -> None:
        super().__init__(data, **options)
        self.two = two  # whether they have a second step
        if not two:
            del self.fields["code"]


class PassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = forms.CharField(
        label=_("A new passphrase"),
        help_text=PASSPHRASE_HINT,
        strip=False,
        widget=password_box("new-password"),
    )
    again = forms.CharField(
        label=_("The same once more"), strip=False, widget=password_box("new-password"), required=False
    )
    new_name = forms.BooleanField(label=_("Draw a new sign-in name too"), required=False)

    def __init__(self, data=None, *, name: str, **options) -> None:
        super().__init__(data, **options)
        self.name = name

    def clean_passphrase(self) -> str:
        fault = passphrase_fault(self.cleaned_data["passphrase"], names=(self.name,))
        if fault is not None:
            raise forms.ValidationError(fault.said(gettext))
        return self.cleaned_data["passphrase"]

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if "passphrase" in self.cleaned_data and again != self.cleaned_data["passphrase"]:
            raise forms.ValidationError(
                gettext("The two are not the same. Please type both again; nothing was changed.")
            )
        return again


class OneselfForm(forms.Form):
    """What one is called where nothing else was chosen, language and time zone."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_(
            "You can choose another name for each person you meet. Those who know you keep the old one."
        ),
        error_messages={"required": _("We need something to call you by. Any name will do.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("The language of these pages"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Your time zone"), help_text=_("Nobody is shown it."))

    def __init__(self, data=None, **options) -> None:
        super().__init__(data, **options)
        self.fields["timezone"].choices = [
            (zone, zone.replace("_", " "))
            for zone in sorted(available_timezones())
            if "/" in zone or zone == "UTC"
        ]

    def clean_name(self) -> str:
        fault = name_fault(self.cleaned_data["name"])
        if fault is not None:
            raise forms.ValidationError(fault.said(gettext))
        return tidy_name(self.cleaned_data["name"])


class MailForm(forms.Form):
    """Where mail goes, and under which neutral name it comes."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("The box is empty. Without an address we cannot write.")},
    )
    sender = forms.CharField(
        label=_("Who it seems to come from"),
        help_text=_("A neutral name, in case somebody sees your inbox. “A note” if you leave it empty."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        try:
            return tidy_address(self.cleaned_data["address"])
        except ValueError as fault:
            raise forms.ValidationError(
                gettext("This does not look like an e-mail address. Nothing is lost; please look again.")
            ) from fault

    def clean_sender(self) -> str:
        return tidy_name(self.cleaned_data["sender"])


class QuietForm(forms.Form):
    """From when until when no mail leaves. Both, or none."""

    since = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict:
        given = super().clean()
        if not self.errors and (given["since"] is None) != (given["until"] is None):
            raise forms.ValidationError(gettext("Please say both, from when and until when, or neither."))
        return given

    def prefers(self) -> dict[str, str]:
        """What is kept of it."""
        given = (self.cleaned_data["since"], self.cleaned_data["until"])
        since, until = ("" if one is None else f"{one:%H:%M}" for one in given)
        return {"quiet_since": since, "quiet_until": until}


class LabelForm(forms.Form):
    """What its owner calls a passkey or a token."""

    label = forms.CharField(
        label=_("What you will call it"),
        help_text=_("So that you know it again in the list. Only you see it."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Please give it a name, so that you know it again.")},
    )


class PlainForm(forms.Form):
    """The title that pages stand under, here or wherever one is signed in."""

    title = forms.ChoiceField(
        label=_("What a tab, a list of windows and the history show"),
        choices=[("", _("The name of this place, and what each page is")), *TITLES.items()],
        required=False,
    )
    everywhere = forms.BooleanField(label=_("On every device where I am signed in"), required=False)

    def __init__(self, data=None, *, signed_in: bool, **options) -> None:
        super().__init__(data, **options)
        if not signed_in:
            del self.fields["everywhere"]


class NeverForm(forms.Form):
    """Whom one never wants to meet here, and what one calls them for oneself."""

    whom = forms.CharField(
        label=_("A name or an e-mail address"),
        help_text=_("As they would write it here. Capitals, accents and blanks make no difference."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "autocapitalize": "none"}),
        error_messages={"required": _("The box is empty. Nothing was kept yet.")},
    )
    hint = forms.CharField(
        label=_("What you will call it, if you like"),
        help_text=_("So that you know it again in your list. Only you can read it."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
