"""What every page knows of the place it belongs to."""

from django.conf import settings


def place(request) -> dict:
    """`place`: the settings that pages may show."""
    return {"place": settings.PLACE}
