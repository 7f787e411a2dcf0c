"""The rules of the house. Each module holds `findings(root)`: a list of sentences, empty when the
tree below `root` keeps the rule. Every rule has a planted violation in tests/house/planted."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

RULES: dict[str, ModuleType] = {
    found.name: import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)
}
