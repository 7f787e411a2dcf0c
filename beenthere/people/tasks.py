"""What is done later: mail, and letting go of what is over."""

from django_tasks import task

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE

from . import actions

HOUR, DAY = 3600, 24 * 3600


@task()
def tell_waiting(person_ref: str, noted_at: str = "") -> None:
    actions.tell_waiting(person_ref=person_ref, noted_at=noted_at, by=SITE)


@task()
def tell_somebody_came(person_ref: str) -> None:
    actions.tell_somebody_came(person_ref, by=SITE)


@task()
def ask_to_confirm(person_ref: str) -> None:
    actions.ask_to_confirm(person_ref=person_ref, by=SITE)


@every(DAY, name="let addresses go")
def let_addresses_go() -> None:
    actions.let_addresses_go(by=SITE)


@every(HOUR, name="let old sign-ins and invitations go")
def let_old_go() -> None:
    actions.let_old_go(by=SITE)
