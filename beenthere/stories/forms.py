"""The form of a piece: its words first, then what they speak of and who may read them.

It works in one page without JavaScript: *Go on* and *Look again* show what the words seem to speak of,
*Keep this piece* keeps it. Nothing is kept before.
"""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from beenthere.experiences.queries import (
    STANDS,
    experience_name,
    find_experience,
    is_experience,
    suggested_in,
)

from .core import LONGEST_NAME, MOST_EXPERIENCES, fault_of_about, fault_of_contacts, fault_of_words
from .models import ANYONE, INTRODUCED, ME, MEMBERS, Piece

KNOWN, OWN = "known:", "own:"
AUDIENCE_NAMES = {
    ME: _("Only me"),
    INTRODUCED: _("People I have met here"),
    MEMBERS: _("Members"),
    ANYONE: _("Anyone with the address"),
}
AUDIENCE_LINES = {
    ME: _("You see it, and nobody else."),
    INTRODUCED: _(
        "Who is in a conversation with you sees it, as long as that conversation lasts. "
        "Somebody who was only proposed to you does not."
    ),
    MEMBERS: _("Everybody who is a member here sees it, without your name."),
    ANYONE: _("Whoever has its address sees it, also without an account, and without your name."),
}


class PieceForm(forms.Form):
    """Words, audience and consent. What it is about is in `experiences`: see `Chosen`."""

    words = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "What happened, what it was like, what helped, what you would tell yourself. One is enough."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off", "dir": "auto"}),
        error_messages={
            "null_characters_not_allowed": _(
                "There is a character in it that we cannot keep. Nothing is lost."
            )
        },
    )
    audience = forms.ChoiceField(
        label=_("Who sees it"), choices=list(AUDIENCE_NAMES.items()), initial=ME, widget=forms.RadioSelect
    )
    listed = forms.BooleanField(label=_("Visitors may also find it in the list of pieces"), required=False)
    quotable = forms.BooleanField(label=_("It may be quoted in an introduction"), required=False)
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES, required=False)

    def __init__(self, data: QueryDict | None = None, *, piece: Piece | None = None) -> None:
        data = _tidied(data)
        super().__init__(data, initial=_told_by(piece))
        self.chosen = Chosen(data, piece)
        language = self.initial["language"]
        if language and language not in dict(settings.LANGUAGES):
            self.fields["language"].choices = [(language, language), *settings.LANGUAGES]

    @classmethod
    def looking(cls, data: QueryDict, *, piece: Piece | None = None) -> "PieceForm":
        """The form as it was sent, with what the words speak of offered. What was offered before stays as
        its author left it. With words that cannot be kept it is the sent form, and says why."""
        tidied = _tidied(data)
        if fault_of_words(tidied["words"]):
            return cls(data, piece=piece)
        form = cls(piece=piece)
        form.chosen = Chosen(tidied, piece)
        form.chosen.suggest(suggested_in(tidied["words"]))
        form.initial = {name: tidied.get(name) for name in form.fields}
        return form

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        if why := fault_of_words(words):
            raise forms.ValidationError(why.said(gettext))
        return words

    def clean(self) -> dict:
        told = super().clean()
        if self.chosen.fault:
            raise forms.ValidationError(self.chosen.fault)
        about = {"experiences": self.chosen.experiences}
        if why := fault_of_about(about, stands=STANDS, is_known=is_experience):
            raise forms.ValidationError(why.said(gettext))
        is_for_many = told.get("audience") in (MEMBERS, ANYONE) and "words" in told
        if is_for_many and (why := fault_of_contacts(told["words"], about)):
            self.add_error("words", why.said(gettext))
        if told.get("quotable") and told.get("audience") == ME:
            self.add_error(
                "audience",
                gettext(
                    "You chose that nobody sees it, and that it may be quoted. Only one of the two can be. "
                    "Nothing was kept yet."
                ),
            )
        return told

    @property
    def kept(self) -> dict:
        """What the actions take."""
        told = self.cleaned_data
        about = {"experiences": self.chosen.experiences, "language": told["language"]}
        return {"about": about, **{name: told[name] for name in ("words", "audience", "listed", "quotable")}}


class Chosen:
    """The experiences of a piece, as the page offers them: each ticked or not, with how it is now."""

    def __init__(self, data: QueryDict | None, piece: Piece | None) -> None:
        self.offered: dict[str, dict] = {}
        self.fault = ""
        if data is None:
            for one in piece.about["experiences"] if piece else ():
                self._offer(one["experience"], one["known"], stand=one["stand"])
            return
        ticked = set(data.getlist("experiences"))
        for value in dict.fromkeys((*data.getlist("offered"), *data.getlist("experiences"))):
            kind, _colon, name = value.partition(":")
            if f"{kind}:" in (KNOWN, OWN) and name:
                stand = data.get(f"stand {value}")
                self._offer(name, f"{kind}:" == KNOWN, stand=stand, ticked=value in ticked)
        self._add(data.get("another", ""))
        if len(self.experiences) > MOST_EXPERIENCES:
            self.fault = gettext("Choose %(most)d experiences at most. Nothing was kept yet.") % {
                "most": MOST_EXPERIENCES
            }

    @property
    def experiences(self) -> list[dict]:
        """What is ticked, as `models.Piece.about` holds it."""
        return [
            {"experience": one["name"], "known": one["known"], "stand": one["stand"]}
            for one in self.offered.values()
            if one["ticked"]
        ]

    @property
    def shown(self) -> list[dict]:
        """What the page shows: `value`, `says` (the name in the reader's language), `ticked`, `stands`."""
        language = get_language() or settings.LANGUAGE_CODE
        return [
            {
                **one,
                "value": value,
                "says": experience_name(one["name"], language) if one["known"] else one["name"],
                "stands": [(stand, said, stand == one["stand"]) for stand, said in STANDS.items()],
            }
            for value, one in self.offered.items()
        ]

    def suggest(self, found: list[tuple[str, str | None]]) -> None:
        for name, stand in found:
            if KNOWN + name not in self.offered:
                self._offer(name, True, stand=stand, ticked=len(self.experiences) < MOST_EXPERIENCES)

    def _add(self, text: str) -> None:
        text = " ".join(text.split())
        if not text:
            return
        if len(text) > LONGEST_NAME or "\0" in text:
            self.fault = gettext("Say the other experience in a few words, please. Nothing was kept yet.")
            return
        known = find_experience(text)
        self._offer(known or text, known is not None)

    def _offer(self, name: str, known: bool, *, stand: str | None = None, ticked: bool = True) -> None:
        self.offered[(KNOWN if known else OWN) + name] = {
            "name": name,
            "known": known,
            "stand": stand if stand in STANDS else None,
            "ticked": ticked,
        }


def _tidied(data: QueryDict | None) -> QueryDict | None:
    if data is None:
        return None
    data = data.copy()
    # Browsers send a line break as two characters; people count one.
    data["words"] = data.get("words", "").replace("\r\n", "\n")
    data.setdefault("audience", ME)
    return data


def _told_by(piece: Piece | None) -> dict:
    if piece is None:
        return {"language": get_language() or settings.LANGUAGE_CODE, "audience": ME}
    facts = {name: getattr(piece, name) for name in ("words", "audience", "listed", "quotable")}
    return {**facts, "language": piece.about.get("language", "")}
