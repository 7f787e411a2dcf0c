"""Which text every database and every browser can hold."""


def is_text(value: str) -> bool:
    """No NUL, which PostgreSQL refuses, and no half of a pair of surrogates, which nothing can encode."""
    if "\0" in value:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
