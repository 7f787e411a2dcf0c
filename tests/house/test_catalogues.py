"""Spanish ships complete: every string, every place in it, and the compiled form of just these words."""

from pathlib import Path

import polib
import pytest

from beenthere.cli import strings

CATALOGUES = sorted((strings.PACKAGE / "locale").glob("*/LC_MESSAGES/django.po"))


def test_spanish_is_there():
    assert [path.parts[-3] for path in CATALOGUES] == ["es"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_catalogue_is_complete(path: Path):
    assert strings.faults_of(path) == []


def test_a_missing_a_stale_and_a_broken_string_are_each_found(tmp_path, monkeypatch):
    path = tmp_path / "django.po"
    said = {"One {thing}.": "Una {cosa}.", "Gone.": "Ida.", "Plain.": "Llana."}
    catalogue = polib.POFile()
    catalogue.extend(polib.POEntry(msgid=english, msgstr=spanish) for english, spanish in said.items())
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    found = {(None, text): {"plural": None, "places": []} for text in ("One {thing}.", "Plain.", "New.")}
    monkeypatch.setattr(strings, "gathered", lambda: found)
    assert strings.faults_of(path) == [
        "not in the catalogue: New.",
        "nowhere said any more: Gone.",
        "other places: One {thing}.",
    ]
    path.with_suffix(".mo").write_bytes(b"other words")
    assert strings.faults_of(path)[-1].startswith("the compiled catalogue")


def test_strings_are_found_however_a_template_is_indented(tmp_path, monkeypatch):
    lines = (
        "{% if asked %}",
        "<form>",
        '   {% translate "Three in." %}',
        '  <p>{% translate "Two in, it\'s here." %}</p>',
        "</form>{% else %}",
        "{% blocktranslate trimmed count n=n %}\n     {{ n }} word\n  {% plural %}",
        " {{ n }} words",
        "{% endblocktranslate %}{% endif %}",
    )
    (tmp_path / "page.html").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(strings, "PACKAGE", tmp_path)
    assert {single: told["plural"] for (_, single), told in strings.gathered().items()} == {
        "Three in.": None,
        "Two in, it's here.": None,
        "%(n)s word": "%(n)s words",
    }
