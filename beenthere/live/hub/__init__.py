"""The live hub: raw ASGI websockets, one per open page, over whatever conversations it is given."""

from .door import HERE, READ, TYPING, Admitted, Door, Limits, Outcome, Signs
from .hub import Hub

__all__ = ["HERE", "READ", "TYPING", "Admitted", "Door", "Hub", "Limits", "Outcome", "Signs"]
