"""The place that `benchmarks.hostile` attacks: as `benchmarks.members`, with pieces, tokens of the API, and
every address there is.

    python -m benchmarks.hostile_place FOLDER COUNT
"""

import json
import sys

from benchmarks.members import make


def make_more(count: int) -> dict:
    made = make(count)
    from django.conf import settings

    from beenthere.foundation.place import tell_place
    from beenthere.foundation.refs import SITE
    from beenthere.people.access import sign_in_of_token
    from beenthere.people.actions import make_access_token
    from beenthere.stories.actions import write_piece
    from tests.web.hostile import every_address

    tell_place(name="The Lamp", languages=("en", "es"), by=SITE)
    people = [sign_in_of_token(token).person for _, tokens in made["rooms"] for token in tokens[:3]]
    about = {"experiences": [], "language": "en"}
    pieces = [write_piece(words="Two cups.", about=about, audience="members", by=one).ref for one in people]
    tokens = [make_access_token(label="", by=one)[1] for one in people]
    return {
        **made,
        "csrf": settings.CSRF_COOKIE_NAME,
        "pieces": pieces,
        "tokens": tokens,
        "addresses": every_address(),
    }


if __name__ == "__main__":
    print(json.dumps(make_more(int(sys.argv[2]))))
