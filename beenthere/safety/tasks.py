"""The recurring jobs of safety."""

from beenthere.foundation.jobs import every
from beenthere.foundation.refs import SITE

from . import actions


@every(3600, name="forget old reports")
def forget_old_reports() -> None:
    actions.forget_old_reports(by=SITE)
