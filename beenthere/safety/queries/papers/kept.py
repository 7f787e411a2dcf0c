"""What is kept, table by table: made from the same declarations by which it is deleted."""

from django.apps import apps

from beenthere.foundation.registry import (
    BY_AGE,
    NOBODYS,
    REFS_ONLY,
    TABLES,
    WITH_THE_OWNER,
)
from beenthere.foundation.registry import (
    Table as Declared,
)
from beenthere.foundation.sentences import Sentence, sentence

from .facts import Facts
from .sheets import Paper, Part, Table

GOES = {
    WITH_THE_OWNER: sentence("deleted with its owner"),
    BY_AGE: sentence("deleted by age"),
    REFS_ONLY: sentence("stays: holds random signs and times, no words"),
    NOBODYS: sentence("holds nothing of anybody's"),
}
HEADS = (
    sentence("Table"),
    sentence("Sealed"),
    sentence("Kept"),
    sentence("How it goes"),
    sentence("In your own data"),
)
NOTHING = sentence("nothing")


def what_is_kept(facts: Facts) -> Paper:
    """Every table there is, by the app that has it."""
    return Paper(
        sentence("What is kept, and how it goes"),
        sentence(
            "For whoever wants to know exactly. Made from the declarations by which the rows are deleted."
        ),
        (
            Part(sentence("Every table"), (Table(HEADS, rows()),)),
            Part(
                sentence("Beside the tables"),
                (
                    sentence(
                        "The keys that open sealed words lie in a store of their own. When somebody leaves, "
                        "their key is destroyed, also in the two copies of that store, within a day."
                    ),
                    sentence(
                        "Logs hold random signs, times and what kind of thing happened. They hold no words, "
                        "no "
                        "names and no addresses."
                    ),
                    sentence(
                        "On a device lies only what its owner chose there; the page “This device” lists it."
                    ),
                ),
            ),
        ),
    )


def rows() -> tuple[tuple[Sentence | str, ...], ...]:
    """A line for each table that the apps declare, in the order of their names."""
    models = sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.label)
    return tuple(_row(model, TABLES[model._meta.label_lower]) for model in models)


def _row(model, rule: Declared) -> tuple[Sentence | str, ...]:
    sealed = [
        field.name for field in model._meta.get_fields() if type(field).__name__.startswith("Encrypted")
    ]
    export = Sentence(rule.export) if rule.export else NOTHING
    return model._meta.label, ", ".join(sealed), Sentence(rule.retention), GOES[rule.erasure], export
