"""A string that no catalogue can gather."""


def told(one):
    return sentence("One thing." if one else "Another thing.")  # noqa: F821
