"""Every power of a steward is behind one gate, and is never used without a line in the ledger."""

import ast
from pathlib import Path

from beenthere.foundation.writing import undone
from beenthere.safety.access.powers import POWERS, NotASteward, Unrecorded, power

from .world import World

PACKAGE = Path(__file__).resolve().parents[2]
# The rooms from which stewards act; what they call of the actions of safety must be a power.
DESKS = ("safety/views/desk", "safety/views/stewards", "api/desk")
# Of the steward alone, over nobody: reading their own desk, resting, writing for themselves.
QUESTIONS = ("is_", "may_", "has_")
OWN = frozenset({"keep_debrief", "forget_debrief", "rest", "rest_no_more"})


def findings(world: World) -> list[str]:
    """Powers that open to a stranger, a gate that lets an unrecorded step through, steps of the desk that are
    no power."""
    found = [] if POWERS else ["there are no powers at all: this audit looks in the wrong place"]
    for name, one in sorted(POWERS.items()):
        for who in ("stranger", "one"):
            found += _opens_to(world, name, one.run, who)
    return [*found, *_unrecorded(world), *_beside_the_gate()]


def _opens_to(world: World, name: str, run, who: str) -> list[str]:
    """The gate comes before anything else is looked at, also before what the power is about."""
    try:
        with undone():
            run(by=world.people[who])
    except NotASteward:
        return []
    except Exception as other:  # whatever comes instead, it came before the gate
        return [f"the power “{name}” asks for its gate too late: {type(other).__name__}"]
    return [f"the power “{name}” is open to somebody who is no steward"]


def _unrecorded(world: World) -> list[str]:
    """Whether the gate notices a step that leaves no line."""

    def silent(*, by):
        yield
        yield

    probe = power("audit", opened=False)(silent)
    try:
        with undone():
            probe(by=world.people["steward"])
    except Unrecorded:
        return []
    finally:
        POWERS.pop("audit", None)
    return ["a power can be used without a line in the ledger"]


def _beside_the_gate() -> list[str]:
    names = {one.run.__name__ for one in POWERS.values()} | OWN
    found, rooms = [], 0
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        if where.startswith(DESKS):
            rooms += 1
            called = {name for name in actions_called(path) if not name.startswith(QUESTIONS)}
            found += [f"{where}: {name} is no power" for name in sorted(called - names)]
    return found if rooms else ["no desk was found: this audit looks in the wrong place"]


def actions_called(path: Path) -> set[str]:
    """The actions of safety that a module calls or hands on: `actions.name`, or a name taken from there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_of_actions(node.module or ""):
            found |= {one.name for one in node.names if one.name[0].islower()}
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "actions"
        ):
            found |= {node.attr} if node.attr[0].islower() else set()
    return found


def _is_of_actions(module: str) -> bool:
    return module == "actions" or module.startswith("actions.") or "safety.actions" in module
