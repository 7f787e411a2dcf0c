"""`beenthere papers` writes every paper, whole or not at all."""

import pytest
from typer.testing import CliRunner

from beenthere.cli import place
from beenthere.cli.commands import app
from beenthere.safety.queries.papers import PAPERS

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _open(monkeypatch):
    """Django is up already, on the databases of the tests."""
    monkeypatch.setattr(place, "open_place", lambda: None)
    monkeypatch.setattr(place, "prepare_databases", lambda: None)


def papers(*options):
    answer = CliRunner().invoke(app, ["papers", *map(str, options)])
    return answer.exit_code, answer.stdout, answer.stderr


def test_all_of_them_are_written(tmp_path):
    out = tmp_path / "papers"
    code, said, wrong = papers("--out", out)
    assert (code, wrong) == (0, "")
    assert said == f"7 papers are in {out}. Fill in the blanks before you need them.\n"
    assert sorted(one.name for one in out.iterdir()) == sorted(f"{name}.md" for name in PAPERS)
    assert all(one.read_text().startswith("# ") for one in out.iterdir())


def test_nothing_is_written_over_what_was_filled_in(tmp_path):
    (tmp_path / "risks.md").write_text("Filled in.")
    code, said, wrong = papers("--out", tmp_path)
    assert (code, said, wrong) == (1, "", f"{tmp_path} is not empty. Name another folder, or add --force.\n")
    assert [one.name for one in tmp_path.iterdir()] == ["risks.md"]
    assert papers("--out", tmp_path, "--force")[0] == 0
