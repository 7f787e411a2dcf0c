"""What is said of a line and around it: the same on the page and on the terminal."""

from beenthere.foundation.sentences import Sentence, sentence

from .lines import AS_NOTED, Emergency, Line

ELSEWHERE = "https://findahelpline.com/"

KINDS = {
    "crisis": sentence("A crisis line"),
    "text": sentence("A line you write text messages to"),
    "listening": sentence("Someone to talk to in hard hours of any sort"),
    "warmline": sentence("A warmline: someone to talk to before it is a crisis"),
    "chat": sentence("A chat"),
    "young": sentence("For people under 18"),
}

IF_NOBODY_ANSWERS = (
    sentence("Lines are often busy. It is not you. Try again, or take another way."),
    sentence("If you may not be safe, call the emergency number, or go to the nearest hospital."),
    sentence("Go where people are: a neighbour, a café, a station. You need not explain."),
    sentence("Write to one person you trust: “Can you stay with me for a while?”"),
)

WHICH_IS_WHICH = (
    (
        sentence("The emergency number"),
        sentence("When someone may die or be badly hurt now. It sends people to you."),
    ),
    (
        sentence("A crisis line"),
        sentence(
            "When it is too much, or you think of ending your life. A trained person talks with you. "
            "You may stay nameless. Some lines send help when they believe a life is in danger; you may ask "
            "them at the start."
        ),
    ),
    (
        sentence("A warmline"),
        sentence("When it is hard and not a crisis. Often people who have been there themselves answer."),
    ),
    (
        sentence("A doctor"),
        sentence(
            "When body or mind need looking at: sleep, pain, medicine, or something new that scares you."
        ),
    ),
    (
        sentence("Therapy"),
        sentence("When you want to work on something with a trained person, week by week."),
    ),
    (
        sentence("A peer group"),
        sentence(
            "When you want to be understood by people who lived something similar. That is what this "
            "place is for. We are members, not professionals, and not always awake."
        ),
    ),
    (
        sentence("A line for people under 18"),
        sentence("When you are a child or a teenager, about anything at all. Nothing is too small for them."),
    ),
)

GROUNDING = (
    sentence("Sit down, or lean on something. Let it carry you."),
    sentence("Look for five things of one colour. Say what they are, aloud if you can."),
    sentence("Touch four things near you. Which is the coldest? Which is the softest?"),
    sentence("Listen for three sounds. One near, one far, one you had not noticed."),
    sentence("Find two smells: your sleeve, soap, the air at a window."),
    sentence("Take one sip of water, slowly. Feel it go down."),
    sentence("Breathe out longer than you breathe in, three times. Look at the clock: time has passed."),
)


def hours_of(line: Line) -> Sentence:
    """When somebody answers, or that we do not know it."""
    if line.hours == "24/7":
        return sentence("Day and night, every day")
    if line.hours == AS_NOTED:
        return sentence("At set hours")
    if line.hours:
        opens, closes = line.hours.split("-")
        return sentence("Every day, {opens} to {closes}", opens=opens, closes=closes)
    return sentence("Hours not confirmed")


def texting(line: Line) -> Sentence:
    """What to write, and to which number."""
    if line.sms_word:
        return sentence("Text {word} to {number}", word=line.sms_word, number=line.sms)
    return sentence("Text {number}", number=line.sms)


def numbers_of(emergency: Emergency) -> tuple[tuple[Sentence, str], ...]:
    """What to call in an emergency: each button's words and its number."""
    if emergency.one:
        return ((sentence("Emergency: call {number}", number=emergency.one), emergency.one),)
    return (
        (sentence("Ambulance: call {number}", number=emergency.ambulance), emergency.ambulance),
        (sentence("Police: call {number}", number=emergency.police), emergency.police),
    )


def without_number() -> Sentence:
    """What is true where we know no emergency number."""
    return sentence(
        "We are not sure of the emergency number there. 112 works on most mobile phones, in most countries. "
        "Anyone near you can tell you the local number."
    )


def checked_on(day: str, *, stale: bool) -> Sentence:
    """How fresh the lines are; `day` as one writes it in the reader's language."""
    if stale:
        return sentence(
            "We last read these numbers on {day}, more than half a year ago. One may have changed: if it "
            "does not connect, take the next way.",
            day=day,
        )
    return sentence(
        "A line may have changed since we checked on {day}. We read its own or another public page; we did "
        "not call. If it does not connect, take the next way.",
        day=day,
    )
