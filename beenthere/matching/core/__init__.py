"""The engine: plain values in, pairs with reasons out. Imports no Django.

`prepare` works out what is compared, `plan_rounds` pairs, `why_not` explains two people. They are
fetched when first asked for, so that reading a sheet needs no arrays and no compiler.
"""

from importlib import import_module

_PLACES = {
    "prepare": "prepare",
    "Prepared": "prepare",
    "plan_rounds": "rounds",
    "kept_faults": "keeping",
    "KeptFault": "keeping",
    "why_not": "why",
    "Why": "why",
    "Preferred": "why",
    "fit_text": "plan",
    "rounded_text": "plan",
    "least_fit": "plan",
    "Plan": "plan",
    "Pair": "plan",
    "Near": "plan",
    "Unmatched": "plan",
    "Measures": "plan",
    "Group": "plan",
    "fit_between": "between",
    "source_key": "compiled.key",
}


def __getattr__(name: str):
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"beenthere.matching.core.{_PLACES[name]}"), name)
