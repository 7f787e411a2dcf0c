"""Every address with a ref, and what each of seven gets there: one module for each app.

What visitor, Ana, Ben, Cleo, Dev, Eli, Sol get; one word where all get the same. A visitor is led to the
door (302). Boundaries can be drawn after the end too. A steward is a stranger, but for reports.
"""

from . import conversations, matching, papers, people, safety, stories, web

ROOMS = (conversations, matching, papers, people, safety, stories, web)
PAGES = {row: got for room in ROOMS for row, got in room.PAGES.items()}
API = {row: got for room in ROOMS for row, got in room.API.items()}
