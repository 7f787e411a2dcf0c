"""Mail addresses: what is written to, and what is looked up."""

import unicodedata

MOST = 254


def tidy_address(typed: str) -> str:
    """The address as mail is sent to it. ValueError where it can be none."""
    text = unicodedata.normalize("NFKC", typed).strip()
    name, at, host = text.rpartition("@")
    broken = any(sign.isspace() or unicodedata.category(sign)[0] == "C" or sign in '<>,;"()' for sign in text)
    if not (name and at and "." in host.strip(".") and "@" not in name) or broken or len(text) > MOST:
        raise ValueError("This is no address.")
    return f"{name}@{host.encode('idna').decode()}" if not host.isascii() else f"{name}@{host}"


def folded_address(address: str) -> str:
    """One form for all the ways of writing an address."""
    return tidy_address(address).casefold()
