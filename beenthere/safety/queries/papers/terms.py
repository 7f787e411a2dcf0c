"""The terms, in plain words."""

from beenthere.foundation.sentences import Sentence, sentence

from ..rules import rules_here
from .facts import Facts
from .sheets import Paper, Part


def terms(facts: Facts) -> Paper:
    """What we promise each other."""
    return Paper(
        sentence("What we promise each other at {name}", name=facts.name),
        sentence("For everybody who joins."),
        (
            Part(
                sentence("Who may be here"),
                (
                    sentence("This place is for adults. Who joins says that they are 18 or over."),
                    facts.joining,
                    sentence("Each of us is here as one person."),
                ),
            ),
            Part(sentence("The rules"), tuple(_as_said(rule) for rule in rules_here())),
            Part(
                sentence("What this place is not"),
                (
                    sentence(
                        "It is no treatment, no advice and no emergency service. We are members, not "
                        "professionals."
                    ),
                    sentence("Nobody is always awake here. When it is urgent, “Help now” says who is."),
                    sentence("Nobody calls anybody for you. We do not know where you are."),
                ),
            ),
            Part(
                sentence("When a rule is broken"),
                (
                    sentence(
                        "Whoever sees it can report it, block, mute, pause or leave, without giving a reason."
                    ),
                    sentence("Stewards decide by the rules above, and name the one they rest on."),
                    sentence(
                        "You are told what was decided about you, until when it holds, and how to appeal."
                    ),
                    sentence("Another steward looks at every decision. Grave ones need two from the start."),
                    sentence("What was decided stands, without names, in the public log."),
                ),
            ),
            Part(
                sentence("Your words stay yours"),
                (
                    sentence("We show them to whom you chose, and do nothing else with them."),
                    sentence("You may leave at any time and take them along."),
                    sentence("The software is free and comes without a warranty."),
                ),
            ),
        ),
    )


def _as_said(rule: str) -> Sentence:
    """The place's own words, as they are."""
    return Sentence("{rule}", {"rule": rule})
