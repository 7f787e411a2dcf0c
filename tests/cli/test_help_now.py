"""`beenthere help-now` says on the terminal what the page says."""

from typer.testing import CliRunner

from beenthere.cli.commands import app


def told(*arguments: str) -> str:
    ran = CliRunner().invoke(app, ["help-now", *arguments])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_help_in_spain():
    lines = told("--country", "ES").splitlines()
    assert lines[:2] == ["Spain", "  Emergency: call 112"]
    assert "    Call 024" in lines


def test_an_unverified_row_never_shows():
    assert "1190" not in told("--country", "KE")


def test_without_a_country_it_says_what_works_nearly_everywhere():
    assert told().startswith("We are not sure of the emergency number there. 112 works on most mobile phones")


def test_an_unknown_country_is_named():
    assert told("--country", "Atlantis").startswith("We do not know a country called Atlantis.")


def test_names_and_days_in_spanish():
    lines = told("--country", "Alemania", "--language", "es").splitlines()
    assert lines[0] == "Alemania"
    assert "22 de noviembre de 2026" in "".join(lines)


def test_a_language_we_do_not_have():
    ran = CliRunner().invoke(app, ["help-now", "--language", "xx"])
    assert ran.exit_code == 2
