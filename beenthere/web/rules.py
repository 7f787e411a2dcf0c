"""The rules of the place: `safety` keeps them, for decisions name one by its number."""

from beenthere.safety.queries.rules import default_rules, paragraphs, rules_here

__all__ = ["default_rules", "paragraphs", "rules_here"]
