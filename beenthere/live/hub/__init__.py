"""The live hub: raw ASGI websockets, one per open page, over whatever conversations it is given."""

from .door import Admitted, Door, Limits, Outcome
from .hub import Hub

__all__ = ["Admitted", "Door", "Hub", "Limits", "Outcome"]
