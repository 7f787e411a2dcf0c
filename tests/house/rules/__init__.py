"""The rules of the house. Each module holds `findings(root)`: a list of sentences, empty when the
tree below `root` keeps the rule. Every rule has a planted violation in tests/house/planted."""

from types import ModuleType

from . import (
    contracts,
    gates,
    inline,
    keys_point_down,
    names,
    outside,
    patterns,
    settings_told,
    shown_words,
    sizes,
    templates_floors,
    traces,
    translated,
    writes,
)

RULES: dict[str, ModuleType] = {
    module.__name__.rsplit(".", 1)[-1]: module
    for module in (
        contracts,
        gates,
        inline,
        keys_point_down,
        names,
        outside,
        patterns,
        settings_told,
        shown_words,
        sizes,
        templates_floors,
        traces,
        translated,
        writes,
    )
}
