"""The words that stand for one side of a pair, the names of fields that would turn a life into a file
(docs/concepts.md), and what of a template reaches a reader. Pure: the tests of the house read them too."""

import re

ENGLISH = (
    r"clients?|patients?|service[ _-]users?|users?|mentees?|mentors?|seekers?|helpers?|listeners?|supporters?"
    r"|counsell?ors?|providers?"
)
SPANISH = r"clientes?|pacientes?|usuari[oa]s?|consultantes?|orientador(?:es|as?)?|mentor(?:es|as?)?"
LABEL = re.compile(rf"\b(?:{ENGLISH}|{SPANISH})\b", re.IGNORECASE)
CLINICAL = re.compile(r"diagnos|symptom|risk_?score|medication|severity|phq|gad7|clinical", re.IGNORECASE)
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
QUOTED = re.compile(r"""{%\s*(?:translate|trans)\s+["'](.*?)["']""")


def shown_in(template: str) -> str:
    """What of a template reaches a reader."""
    return MARKUP.sub(" ", template) + " " + " ".join(QUOTED.findall(template))
