"""I'm here, for a while; and what I wish for. The other sees both."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core.lamp import LIT_FOR
from ..models import Conversation, Membership
from ..models.talk import WISHES
from .between import held_open


def light_lamp(*, conversation: Conversation, minutes: int, by: Person) -> None:
    """Afterwards the lamp of `by` is on for `minutes` (of LIT_FOR) from now. ValueError for others."""
    if minutes not in LIT_FOR:
        raise ValueError("A lamp is lit for 15, 60 or 120 minutes.")
    _set(conversation, by, here_until=clock.now() + timedelta(minutes=minutes))


def put_out_lamp(*, conversation: Conversation, by: Person) -> None:
    """Afterwards the lamp of `by` is out."""
    _set(conversation, by, here_until=None)


def show_wish(*, conversation: Conversation, wish: str, by: Person) -> None:
    """Afterwards the other sees for a day what `by` wishes for (of WISHES). ValueError for others."""
    if wish not in WISHES:
        raise ValueError("Nobody can show this wish.")
    _set(conversation, by, wish=wish, wish_at=clock.now())


def hide_wish(*, conversation: Conversation, by: Person) -> None:
    """Afterwards `by` shows no wish."""
    _set(conversation, by, wish="", wish_at=None)


def _set(conversation: Conversation, by: Person, **facts) -> None:
    with writing():
        held = held_open(conversation=conversation, by=by)
        Membership.objects.filter(pk=held.mine.pk).update(**facts)
        held.tell_changed()
