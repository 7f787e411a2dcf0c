"""Every table says whose its rows are, what an export shows of them, how long they stay and how they go."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from beenthere.foundation.registry import (
    ERASURES,
    TABLES,
    WITH_THE_OWNER,
    needless_declarations,
    undeclared_tables,
)

from .world import World


def findings(world: World) -> list[str]:
    """Tables without a rule, with half of one, or with one that cannot be."""
    found = [f"{label}: nobody said how long it stays" for label in undeclared_tables()]
    found += [f"{label}: declared, and not there" for label in needless_declarations()]
    for model in apps.get_models(include_auto_created=True):
        rule = TABLES.get(model._meta.label_lower)
        if rule is None:
            continue
        if not rule.retention.strip():
            found.append(f"{model._meta.label}: nobody said how long it stays")
        if rule.erasure not in ERASURES:
            found.append(f"{model._meta.label}: goes in a way that is none of ours")
        if rule.erasure == WITH_THE_OWNER and not rule.owner:
            found.append(f"{model._meta.label}: goes with its owner, and has none")
        if rule.owner and not _leads_somewhere(model, rule.owner):
            found.append(f"{model._meta.label}: no way {rule.owner} leads to its owner")
    return found


def _leads_somewhere(model, path: str) -> bool:
    *steps, last = path.split(".")
    for step in steps:
        try:
            model = model._meta.get_field(step).related_model
        except FieldDoesNotExist:
            return False
        if model is None:
            return False
    return any(field.name == last for field in model._meta.get_fields())
