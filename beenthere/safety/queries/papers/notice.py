"""The privacy notice, in plain words."""

from beenthere.foundation.sentences import sentence

from .facts import Facts
from .sheets import Paper, Part

KEPT = Part(
    sentence("What we keep, and why"),
    (
        sentence(
            "That you are here may tell something about your health or your life. We keep it "
            "only "
            "because you joined by your own choice, and you can take that back at any time."
        ),
        sentence("What you tell of what you lived through: to introduce you to people who may understand."),
        sentence("What you write to others: so that they can read it."),
        sentence("A way to sign in: a passkey, or a passphrase that we keep only as a fingerprint of it."),
        sentence("An e-mail address, only if you give one. It is sealed."),
        sentence("We do not keep the address of your device, where you are, or what you looked at."),
    ),
)


YOU_CAN = Part(
    sentence("What you can do"),
    (
        sentence("Take all of yours along, as a file: “My data”."),
        sentence("Change or take back each thing you wrote."),
        sentence("Delete yourself, at once, without a reason: “Delete me”. Backups cannot bring you back."),
        sentence(
            "Ask the stewards, appeal a decision, or complain to the data protection office of your country."
        ),
    ),
)


def privacy_notice(facts: Facts) -> Paper:
    """What is known of somebody here, why, who sees it and what they can do."""
    return Paper(
        sentence("What {name} knows of you", name=facts.name),
        sentence("For everybody who comes here. Read it before you join."),
        (
            Part(sentence("Who is responsible"), (_who(facts), *_where(facts))),
            KEPT,
            Part(
                sentence("Who sees it"),
                (
                    sentence("The people whom you chose to show it to."),
                    sentence(
                        "Stewards see what was reported to them, and nothing else. Each time is written down."
                    ),
                    _of_the_machine(facts),
                    *_of_mail(facts),
                    sentence(
                        "Nobody else. Nothing is sold, given away, counted for ads or used to train a "
                        "machine."
                    ),
                    sentence(
                        "Numbers about all of us are shown only where at least {k} people stand behind them.",
                        k=facts.k,
                    ),
                ),
            ),
            YOU_CAN,
            Part(
                sentence("How long"),
                (sentence("The page “What is kept, and how it goes” says it for every single table."),),
            ),
        ),
    )


def _who(facts: Facts):
    return sentence("The group that started {name} at {address}.", name=facts.name, address=facts.address)


def _where(facts: Facts) -> tuple:
    if facts.has_tls:
        return (sentence("What travels between you and this place is encrypted on the way."),)
    return (
        sentence(
            "This place is reached without encryption on the way. That is right on one machine, and wrong "
            "anywhere else."
        ),
    )


def _of_the_machine(facts: Facts):
    if facts.on_postgresql:
        return sentence(
            "Whoever runs the machine and the database server, with the keys, could read what is there. No "
            "software "
            "can prevent that."
        )
    return sentence(
        "Whoever runs the machine, with the keys, could read what is there. No software can prevent that."
    )


def _of_mail(facts: Facts) -> tuple:
    if not facts.mail_host:
        return (sentence("This place sends no mail."),)
    return (
        sentence(
            "If you gave an e-mail address: {host} carries the mail. It says that something is waiting, "
            "never what.",
            host=facts.mail_host,
        ),
    )
