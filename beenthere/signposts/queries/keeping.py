"""What a browser keeps of Help now, if its owner wants it to: these addresses and nothing else."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

STYLES = ("ui/tokens.css", "ui/fonts.css", "ui/base.css", "ui/components.css", "signposts/help.css")
SCRIPTS = ("signposts/leave.js", "signposts/keep.js")
FONTS = ("ui/fonts/atkinson-latin.woff2", "ui/fonts/literata-latin.woff2")
SIGNS = ("ui/favicon.svg",)


@dataclass(frozen=True, slots=True)
class Keeping:
    """`pages` are two in each of our languages, the reader's first: Help now, and that there is no network.
    `files` are what they are drawn with."""

    pages: tuple[str, ...]
    files: tuple[str, ...]


def keeping(country: str, language: str) -> Keeping:
    """What is kept of the help in `country` by somebody who reads `language`."""
    tongues = sorted(dict(settings.LANGUAGES), key=lambda one: one != language)
    helps = [kept_address(country, one) for one in tongues]
    return Keeping((*helps, *(no_network_address(one) for one in tongues)), files())


def files() -> tuple[str, ...]:
    return tuple(static(one) for one in (*STYLES, *SCRIPTS, *FONTS, *SIGNS))


def styles() -> tuple[str, ...]:
    return tuple(static(one) for one in STYLES)


def kept_address(country: str, language: str) -> str:
    asked = urlencode({"country": country, "language": language})
    return f"{reverse('signposts:kept')}?{asked}"


def no_network_address(language: str) -> str:
    return f"{reverse('signposts:no_network')}?{urlencode({'language': language})}"
