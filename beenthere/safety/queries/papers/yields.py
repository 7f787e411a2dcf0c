"""What somebody would get who comes with an order of a court; or with a stolen disk."""

from beenthere.foundation.sentences import sentence

from .facts import Facts
from .sheets import Paper, Part

FROM_THE_DATABASE = Part(
    sentence("From the database alone, or a backup without its keys"),
    (
        sentence("How many people, pairs and pieces there are, and when rows came."),
        sentence("Random signs that say which rows belong together. They name nobody."),
        sentence("No word, no name, no address and no experience: they are sealed."),
    ),
)


NOBODY_CAN = Part(
    sentence("What nobody can hand over"),
    (
        sentence(
            "Addresses of devices: they are not kept. Limits hold a keyed count of them, two days at most."
        ),
        sentence("What was deleted: the key is gone, in the copies too, after a day at most."),
        sentence("Who opened which page, and who looked at Help now."),
        sentence("That somebody's words sounded like a crisis: it is not kept anywhere."),
        sentence("Passphrases: only a fingerprint is there that costs much to try."),
    ),
)


def what_a_court_gets(facts: Facts) -> Paper:
    """What can be handed over, and what cannot because it is not there."""
    return Paper(
        sentence("What an order of a court would yield"),
        sentence(
            "For members who want to know what they trust, and for the group when somebody comes with an "
            "order."
        ),
        (
            FROM_THE_DATABASE,
            Part(
                sentence("From the running machine, with its keys"),
                (
                    sentence(
                        "What is there today: words, names, experiences, and an e-mail address where one "
                        "was given."
                    ),
                    sentence(
                        "Whom somebody talks with, and when they were last here to within five minutes."
                    ),
                    sentence("The browsers in which somebody is signed in, as they call themselves."),
                ),
            ),
            NOBODY_CAN,
            Part(
                sentence("When somebody comes with an order"),
                (
                    sentence("Ask for it in writing, and ask a lawyer before you answer."),
                    sentence("Give no more than it names. Tell the members, unless the order forbids it."),
                    *_apart(facts),
                ),
            ),
        ),
    )


def _apart(facts: Facts) -> tuple:
    if facts.keys_apart:
        return (
            sentence(
                "Here the keys lie in another folder than the data. An order about one is not one about both."
            ),
        )
    return (
        sentence(
            "Here the keys lie beside the data. They can lie elsewhere: see the guide to running a place."
        ),
    )
