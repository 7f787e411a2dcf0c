"""Pages in a process of their own, so that making them never stops the event loop of the sockets.

`front` is an ASGI application in the process that holds the port: it hands whole requests over. `back` runs
a WSGI application in threads of the other process. Between them are pairs of sockets: the front makes one
for each request that is under way, and passes its other end to whichever back is there.
"""

from .back import serve_requests
from .front import Front, Unanswered

__all__ = ["Front", "Unanswered", "serve_requests"]
