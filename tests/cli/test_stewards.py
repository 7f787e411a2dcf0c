"""`beenthere steward` and `beenthere log`."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from beenthere.cli.commands import app
from beenthere.people.actions.joining import join
from beenthere.safety.access import is_steward
from beenthere.safety.models import PublicAct

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(*words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, [*words])
    assert not ran.exception or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.output


def test_a_steward_is_named_by_the_private_sign_in_name_for_a_term():
    joined = join(name="Ana", prefers={}, passphrase="a walk along the canal", passkey=None)
    code, said = told("steward", joined.sign_in_name, "--days", "90")
    assert (code, said.startswith("They look after this place until ")) == (0, True)
    assert is_steward(joined.person)
    assert joined.person.ref in told("steward")[1]
    assert "1 in term. With fewer than three" in told("steward")[1]
    assert told("steward", joined.sign_in_name, "--end") == (0, "Their term is over.\n")
    assert not is_steward(joined.person)


def test_nobody_by_that_name():
    code, said = told("steward", "no-such-name")
    assert (code, said.startswith("No member signs in by that name.")) == (1, True)


def test_the_log_names_rules_and_nobody():
    assert told("log") == (0, "Stewards have decided nothing so far.\n")
    for review in ("", "stands", "stands"):
        PublicAct.objects.create(week=date(2026, 3, 2), kind="limited", rule_number=5, review=review)
    code, said = told("log")
    assert (code, said.splitlines()) == (
        0,
        [
            "Week of 2026-03-02",
            "  1 × somebody limited for a while, rule 5, the second look waits",
            "  2 × somebody limited for a while, rule 5, it stands",
        ],
    )
    (week,) = json.loads(told("log", "--json")[1])
    assert (week["monday"], len(week["lines"])) == ("2026-03-02", 2)
