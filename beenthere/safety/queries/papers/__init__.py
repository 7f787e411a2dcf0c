"""What a place has to be able to show: a privacy notice, terms, what is kept, what a court would get, what to
do after a breach, and two assessments to fill in. Built from what this place really is set to; none of it is
legal advice."""

from .assessing import childrens_access, risks
from .breach import after_a_breach
from .facts import Facts, facts_here
from .kept import what_is_kept
from .notice import privacy_notice
from .sheets import Blank, Paper, Part, Table, as_markdown
from .terms import terms
from .yields import what_a_court_gets

PAPERS = {
    "privacy": privacy_notice,
    "terms": terms,
    "kept": what_is_kept,
    "court": what_a_court_gets,
    "breach": after_a_breach,
    "risks": risks,
    "children": childrens_access,
}

__all__ = [
    "PAPERS",
    "Blank",
    "Facts",
    "Paper",
    "Part",
    "Table",
    "as_markdown",
    "facts_here",
    "papers_here",
]


def papers_here() -> dict[str, Paper]:
    """Every paper by its name, as this place is set today."""
    facts = facts_here()
    return {name: paper(facts) for name, paper in PAPERS.items()}
