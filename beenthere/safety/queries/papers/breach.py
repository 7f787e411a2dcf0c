"""What to do when somebody got in who should not."""

from beenthere.foundation.sentences import sentence

from .facts import Facts
from .sheets import Blank, Paper, Part

FIRST_HOUR = Part(
    sentence("The first hour"),
    (
        sentence("Write down what you see and when. Change nothing on the disk that you do not have to."),
        sentence(
            "Stop the place: “beenthere serve” ends with Ctrl+C. Members see that it is away; "
            "nothing is lost."
        ),
        sentence("Take the wrapping key off the machine if somebody may still be on it."),
        sentence("Run “beenthere doctor”: it says whether the ledger was changed, and from which row."),
        Blank(sentence("Who can stop the machine at night, and how are they reached?")),
    ),
)


MAY_HAVE_BEEN_READ = Part(
    sentence("What may have been read"),
    (
        sentence("Only the database or a backup: no words. How many people there are, and when. Say so."),
        sentence("The database and the keys: take it that all was read that was there that day."),
        sentence("A steward's sign-in: only the reports which the ledger says were opened. Look there."),
        sentence("A member's device: what that member could read."),
    ),
)


AFTERWARDS = Part(
    sentence("Afterwards"),
    (
        sentence(
            "Make a new wrapping key, sign everybody out, and set the machine up anew from a clean one."
        ),
        sentence(
            "Tell the members, in plain words, what was read and what was not. Do not wait "
            "until you know all."
        ),
        sentence(
            "Tell the data protection office. In the European Union and the United Kingdom: within 72 hours."
        ),
        sentence("In the United States, health breach rules may ask you to tell the trade commission too."),
        Blank(sentence("Which office is ours, and what is its form?")),
        Blank(sentence("Who writes to the members, and where, when the place itself is away?")),
        Blank(sentence("Who looks after those for whom this is heavy?")),
    ),
)


def after_a_breach(facts: Facts) -> Paper:
    """The first hour, the first days, and what to tell whom."""
    return Paper(
        sentence("When something got out"),
        sentence(
            "For the group that runs {name}. Print it, and fill in the blanks before you need it.",
            name=facts.name,
        ),
        (
            FIRST_HOUR,
            MAY_HAVE_BEEN_READ,
            AFTERWARDS,
        ),
    )
