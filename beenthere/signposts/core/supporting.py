"""What is said to somebody who stays with a person in crisis."""

from beenthere.foundation.sentences import sentence

# (id, heading, sentences)
PARTS = (
    (
        "first",
        sentence("First, stay"),
        (
            sentence("You do not have to find the right words. Being there is most of it."),
            sentence("Write short and slowly: “I am here. I read every word. What is it like right now?”"),
            sentence("Listen more than you answer. Say back what you understood, in your own words."),
            sentence(
                "Leave out “it will pass” and “think of the others”. They can sound like a door closing."
            ),
        ),
    ),
    (
        "ask",
        sentence("You may ask"),
        (
            sentence("Asking makes nothing worse. For many it is a relief that somebody says the word."),
            sentence("Ask plainly: “Do you think of ending your life?” Then wait for the answer."),
            sentence(
                "If yes: “Tonight? Do you have what you would use near you? Can you put it out of reach?”"
            ),
            sentence(
                "Never ask for ways, and never tell any. What is near, and how soon, is enough to know."
            ),
        ),
    ),
    (
        "now",
        sentence("When it is now"),
        (
            sentence(
                "If they have done something, are about to, or stop answering after saying so: they need "
                "people "
                "at the door. Ask where they are, and ask them to call the emergency number, or somebody "
                "near."
            ),
            sentence(
                "Nobody here knows where anybody is. We cannot send help, and we call nobody on our own. If "
                "you "
                "know where they are, you can call the emergency number yourself. You need no permission."
            ),
            sentence(
                "If it is hard and not now: find a line together, and stay while they call or write to it."
            ),
        ),
    ),
    (
        "secret",
        sentence("No secret that you carry alone"),
        (
            sentence(
                "You cannot promise to tell nobody, and you need not. Say it early: “I will not talk about "
                "you "
                "behind your back. If I fear for your life, I will bring in somebody else, and tell you that "
                "I do.”"
            ),
            sentence(
                "Better two people than one: “Who else could know about tonight? Shall we write to them?”"
            ),
            sentence("Here you can ask a steward to check in with you, without handing over any words."),
        ),
    ),
    (
        "you",
        sentence("And you"),
        (
            sentence("You are not responsible for whether somebody lives. You are one person who cared."),
            sentence(
                "You may stop: “I have to sleep now. I will look in tomorrow at nine. Here is who is awake.”"
            ),
            sentence("If their words stir up your own, Help now is yours as well."),
            sentence(
                "Afterwards talk to somebody: a friend, a line, a steward. Eat something. Go out for a while."
            ),
        ),
    ),
    (
        "yours",
        sentence("If you are the one in crisis"),
        (
            sentence(
                "Say what you need in one line: “Stay with me”, “Ask me questions”, “Help me find a number”."
            ),
            sentence(
                "The other is a member like you, perhaps asleep, perhaps low. Have a second way at hand."
            ),
            sentence("You can say how bad it is. Feelings are never against the rules here."),
        ),
    ),
)
