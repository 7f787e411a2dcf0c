"""The recurring jobs of safety, and what is done soon after something happened."""

from django_tasks import task

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE

from . import actions

MINUTES_5, HOUR, DAY = 300, 3600, 86400


@every(HOUR, name="forget old reports")
def forget_old_reports() -> None:
    actions.forget_old_reports(by=SITE)


@every(MINUTES_5, name="end limits that are over")
def end_limits() -> None:
    actions.end_limits_that_are_over(by=SITE)


@every(MINUTES_5, name="let proposals lapse")
def let_proposals_lapse() -> None:
    actions.let_proposals_lapse(by=SITE)


@every(DAY, name="forget old grants and debriefs")
def forget_what_is_old() -> None:
    actions.forget_old_grants(by=SITE)
    actions.forget_old_debriefs(by=SITE)


@task()
def bring_held_piece(ref: str) -> None:
    actions.bring_held_piece(ref=ref, by=SITE)
