"""Pages for requests that never reach Django: too large, too slow, or while the pages are away. One plain
page, no style."""

from html import escape
from urllib.parse import quote

import structlog
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import trans_real

log = structlog.get_logger(__name__)
MEGA = 1024 * 1024
WHY = {408: "too slow", 413: "too large", 503: "no page came"}
OUTSIDE = "/\\"  # two of these at the beginning would lead to another host


async def refusal(scope: dict, send, *, status: int, most: int) -> None:
    """Answers 408, 413 or 503 and closes the connection; `most` is the limit in bytes."""
    log.warning("refused", why=WHY[status], at="door", method=scope.get("method", ""))
    body = page_for(scope, status=status, most=most)
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def page_for(scope: dict, *, status: int, most: int) -> bytes:
    """The page in the language the browser asks for."""
    language = _language_of(scope)
    with translation.override(language):
        size = f"{most // MEGA} MB" if most >= MEGA else f"{most // 1024} KB"
        if status == 413:
            title = _("This is too much at once")
            said = _("At most %(size)s can be sent here. Nothing was kept.") % {"size": size}
        elif status == 503:
            title = _("This page did not come")
            said = _(
                "Something broke off here. If you sent something, look whether it is there, then try again."
            )
        else:
            title = _("This took too long")
            said = _("Your page did not arrive within ten seconds. Nothing was kept; please send it again.")
        back = _("Go back")
    html = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(said)}</p>"
        f'<p><a href="/{quote(scope["path"].lstrip(OUTSIDE))}">{escape(back)}</a></p></html>'
    )
    return html.encode()


def _language_of(scope: dict) -> str:
    asked = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    for code, _weight in trans_real.parse_accept_lang_header(asked):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return translation.get_language() or "en"
