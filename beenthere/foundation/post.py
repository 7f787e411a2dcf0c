"""How mail leaves the place: `BEENTHERE_MAIL` as what Django wants to know."""

from urllib.parse import unquote, urlsplit

SUBMISSION = 587
PORTS = {"smtp": SUBMISSION, "smtps": 465}
SECONDS = 20


def mail_settings(address: str) -> dict:
    """From `smtp://name:word@host:port` (STARTTLS, but for a host of this machine) or `smtps://...` (TLS
    from the start); "" writes mail to the console. ValueError for anything else."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("BEENTHERE_MAIL is smtp://name:word@host:port or smtps://name:word@host:port.")
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SECONDS,
    }
