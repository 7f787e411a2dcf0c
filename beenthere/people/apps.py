import logging

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "beenthere.people"

    def ready(self) -> None:
        from beenthere.foundation.registry import OWNERS, Owners
        from beenthere.ui.slots import fill

        from . import actions, queries

        logging.getLogger("fido2").setLevel(logging.WARNING)  # it tells ids of passkeys
        OWNERS["person"] = Owners(
            queries.living, queries.everyone, lambda ref: actions.forget_person(ref=ref)
        )
        fill("foot", "people/sign_out.html", order=90)
