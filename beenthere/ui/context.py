"""What every page knows of the place it belongs to."""

from django.conf import settings

from beenthere.foundation.place import name_at_hand


def place(request) -> dict:
    """`place`: the settings that pages may show; `place_name`: what the place is called."""
    return {"place": settings.PLACE, "place_name": name_at_hand()}
