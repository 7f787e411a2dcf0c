"""What every page knows of the place it belongs to."""

from django.conf import settings

from beenthere.foundation.place import name_at_hand

from .plain import plain_title


def place(request) -> dict:
    """`place`: the settings that pages may show; `place_name`: what the place is called; `plain_title`: the
    neutral title that was chosen, ""; `on_shared_device`: whether nothing is to be kept here."""
    sign_in = getattr(request, "sign_in", None)
    return {
        "place": settings.PLACE,
        "place_name": name_at_hand(),
        "plain_title": plain_title(request),
        "on_shared_device": bool(sign_in and sign_in.shared),
    }
