"""What is held goes on the eighth day; and a silence is asked about."""

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE

from ..actions.holding import let_holds_go as let_go
from ..actions.parting import ask_about_silences as ask


@every(600, name="let held words go")
def let_holds_go() -> None:
    let_go(by=SITE)


@every(3600, name="ask about silences")
def ask_about_silences() -> None:
    ask(by=SITE)
