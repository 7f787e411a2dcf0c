"""Which text every database and every browser can hold."""


def is_text(value: str) -> bool:
    """No NUL, which PostgreSQL refuses, and no half of a pair of surrogates, which nothing can encode."""
    return not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in value)
