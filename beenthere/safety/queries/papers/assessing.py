"""Two assessments that the law of some countries asks for. What the software does is filled in; what only the
group knows is blank."""

from beenthere.foundation.sentences import Sentence, sentence

from .facts import Facts
from .sheets import Blank, Paper, Part, Table

HEADS = (
    sentence("What could happen"),
    sentence("What the software does"),
    sentence("How likely here, and why"),
)
TO_FILL = ""
RISKS: tuple[tuple[Sentence, Sentence], ...] = (
    (
        sentence("Somebody urges another to harm themselves"),
        sentence("Words that urge are held or covered; reports of it come first; two stewards decide."),
    ),
    (
        sentence("Somebody shares ways of harming oneself"),
        sentence("Such words are held or covered. Feelings are never held."),
    ),
    (
        sentence("Somebody seeks out people to use them"),
        sentence(
            "Nobody can write before both said yes. Three introductions at once, no directory, ways outside "
            "stay shut until both open them."
        ),
    ),
    (
        sentence("Somebody stalks or threatens"),
        sentence(
            "Blocks hold both ways at once and look like absence. Other names in each talk. “Never "
            "introduce me to”."
        ),
    ),
    (
        sentence("Somebody makes public who another is"),
        sentence("A report “about me” hides it at once, everywhere."),
    ),
    (
        sentence("Somebody sells, defrauds or poses as a professional"),
        sentence("Links and numbers are held back; names of professions cannot be taken."),
    ),
    (
        sentence("Images of abuse"),
        sentence("No image and no file can be sent here."),
    ),
    (
        sentence("Somebody under 18 joins"),
        sentence("Who joins says that they are 18 or over; under 18 leads to other help."),
    ),
)


def risks(facts: Facts) -> Paper:
    """The assessment of risks of illegal content and harm."""
    return Paper(
        sentence("Risks at {name}: our assessment", name=facts.name),
        sentence(
            "For the group that runs the place. The law of the United Kingdom asks for it, whatever the "
            "size; it is worth doing anywhere."
        ),
        (
            Part(
                sentence("About us"),
                (
                    facts.joining,
                    _hours(facts),
                    Blank(sentence("How many people are here, and from which countries?")),
                    Blank(sentence("Who is responsible for this assessment, by name and role?")),
                    Blank(sentence("On which day was it written, and when is it looked at again?")),
                ),
            ),
            Part(sentence("What could happen"), (Table(HEADS, tuple((*row, TO_FILL) for row in RISKS)),)),
            Part(
                sentence("Reporting and complaints"),
                (
                    sentence(
                        "Everything can be reported in two steps. The reporter is told what came of it."
                    ),
                    sentence("Every decision can be appealed, and another steward decides."),
                    Blank(
                        sentence("Within how many hours do our stewards look, and who stands in for them?")
                    ),
                ),
            ),
            Part(
                sentence("What remains"),
                (
                    Blank(sentence("Which risks are left, and what do we do about each?")),
                    Blank(sentence("What will we change, and by when?")),
                ),
            ),
        ),
    )


def childrens_access(facts: Facts) -> Paper:
    """Whether children are likely to come, as the law asks."""
    return Paper(
        sentence("Can children get in? Our assessment for {name}", name=facts.name),
        sentence("For the group that runs the place."),
        (
            Part(
                sentence("What keeps children out"),
                (
                    sentence("This place is for adults, and says so before anything is asked."),
                    sentence(
                        "Who joins says that they are 18 or over. That is their word; nothing checks it."
                    ),
                    sentence("Under 18 leads to help for young people, and nothing is kept."),
                    facts.joining,
                    sentence(
                        "There is no picture, no game, no ad and nothing else that draws children in "
                        "particular."
                    ),
                ),
            ),
            Part(
                sentence("What only you know"),
                (
                    Blank(
                        sentence(
                            "Are many of those who come here under 18, as far as we can see? What do we go "
                            "by?"
                        )
                    ),
                    Blank(sentence("Is what people talk about here likely to draw young people?")),
                    Blank(
                        sentence(
                            "Does the law of our country ask for a stronger check of age than somebody's "
                            "word?"
                        )
                    ),
                    Blank(sentence("Our conclusion, the day, and who drew it:")),
                ),
            ),
        ),
    )


def _hours(facts: Facts) -> Sentence:
    if facts.hours:
        return sentence("Stewards are here: {hours}.", hours=facts.hours)
    return sentence("When stewards are here was not told yet.")
