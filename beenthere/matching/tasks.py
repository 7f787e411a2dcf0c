"""What the worker does for introductions."""

from django_tasks import task

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE
from beenthere.matching import actions


@every(300, name="introduce people")
def introduce() -> None:
    actions.propose(by=SITE)


@task()
def propose_to(person: str) -> None:
    """Fills the places of `person` (a ref)."""
    actions.propose(person_refs=[person], by=SITE)


@task()
def void_yes(blocker: str, blocked: str) -> None:
    actions.void_answers(blocker=blocker, blocked=blocked, by=SITE)
