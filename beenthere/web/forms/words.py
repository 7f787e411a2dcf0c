"""What may be written into the box of the first screen."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


class FewWords(forms.Form):
    """A few words of one's own. Nothing here keeps them."""

    words = forms.CharField(
        label=_("In your own words"),
        # Not `max_length`: its attribute makes browsers cut what is pasted, without a word.
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
        error_messages={
            "required": _("The box is empty. A few words are enough: “I look after my father” will do."),
            "max_length": _(
                "That is more than we can read at once: %(show_value)d characters, "
                "and %(limit_value)d is the most. Nothing is lost, it still stands in the box. "
                "Leave out a part, and try again."
            ),
            "null_characters_not_allowed": _(
                "There is a character in it that we cannot read. Nothing is lost."
            ),
        },
    )

    def __init__(self, data=None, **options) -> None:
        if data is not None and "words" in data:
            # Browsers send a line break as two characters; people count one.
            data = {"words": data["words"].replace("\r\n", "\n")}
        super().__init__(data, **options)
