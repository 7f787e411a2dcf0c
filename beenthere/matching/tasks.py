"""What the worker does for introductions."""

from django_tasks import task

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE
from beenthere.matching import actions
from beenthere.matching.actions.vouching import vouch_for_pairs


@every(300, name="introduce people")
def introduce() -> None:
    actions.propose(by=SITE)


@every(6 * 3600, name="see who has come to be known")
def see_who_is_known() -> None:
    vouch_for_pairs(by=SITE)


@task()
def propose_to(person: str) -> None:
    """Fills the places of `person` (a ref)."""
    actions.propose(person_refs=[person], by=SITE)


@task()
def void_yes(blocker: str, blocked: str) -> None:
    actions.void_answers(blocker=blocker, blocked=blocked, by=SITE)


@task()
def part_by_never(person: str) -> None:
    actions.part_by_never(person_ref=person, by=SITE)
