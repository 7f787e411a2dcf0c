"""V1: dangerous calls are where they are known to be, and nowhere else. A new one has to enter its list."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.asvs.code import ROOT, calling, calls, importing, scripts, templates
from tests.asvs.engine import pairs

# What is put into SQL that is not a constant: names of our own, never a value.
SQL_PUT_TOGETHER = {
    ("foundation/asking.py", "statement.sql"),  # Django's own SQL; values go beside it
    ("foundation/asking.py", "kept[connection]"),
    ("foundation/keys/apps.py", "f'CREATE SCHEMA IF NOT EXISTS {settings.KEY_SCHEMA}'"),
    ("foundation/keys/copies.py", "f'SELECT ref, wrapped FROM {Key._meta.db_table}'"),
    ("foundation/keys/copies.py", "f'VACUUM {Key._meta.db_table}'"),
    ("foundation/pragmas.py", "f'PRAGMA {name}'"),
    ("live/bus/postgresql.py", "f'LISTEN {CHANNEL}'"),
}
PATTERNS_OF_OURS = {
    ("cli/audit/walled.py", "f'\\\\b(?:{ENGLISH}|{SPANISH})\\\\b'"),
    ("signposts/core/lint_rules.py", "pattern.encode()"),
    ("signposts/core/rules.py", "filled(pattern).encode()"),
}
SAFE = {
    "matching/templates/matching/report/report.html": ["{{ style_hash|safe }}", "{{ style|safe }}"],
}


def test_every_value_goes_beside_the_sql():
    found = {
        (place, ast.unparse(node.args[0]))
        for place, name, node in calls()
        if name.endswith((".execute", ".executemany")) and not isinstance(node.args[0], ast.Constant)
    }
    assert found == SQL_PUT_TOGETHER
    assert calling("raw", "extra", "RawSQL", "executescript") == set()


def test_the_system_is_called_with_lists_of_our_own():
    """No shell, and only this very Python."""
    assert importing("subprocess") == {"cli/companion.py", "cli/pages.py"}
    begun = [node for _, name, node in calls() if name.startswith("subprocess.")]
    assert [isinstance(node.args[0], ast.List) for node in begun] == [True] * len(begun)
    assert {ast.unparse(node.args[0].elts[0]) for node in begun} == {"sys.executable"}
    assert [one.arg for node in begun for one in node.keywords if one.arg == "shell"] == []
    assert calling("os.system", "os.popen", "os.execv", "os.execvp", "os.spawnv", "pty.spawn") == set()
    assert importing("shlex", "pty", "pexpect", "commands") == set()


def test_nothing_that_was_sent_becomes_code():
    assert {place for place, name, _ in calls() if name in ("eval", "exec", "compile", "__import__")} == set()
    assert importing("code", "codeop", "runpy", "imp") == set()
    text = re.compile(r"\beval\s*\(|\bFunction\s*\(|set(?:Timeout|Interval)\s*\(\s*[\"'`]|import\s*\(\s*\w")
    assert {place: text.findall(script) for place, script in scripts().items() if text.search(script)} == {}


def test_no_template_is_made_of_what_was_sent():
    """Templates are files; nothing builds one from text, or chooses one by what was sent."""
    assert calling("from_string", "Template", "TemplateResponse") == set()
    chosen = {
        ast.unparse(node.args[1])
        for _, name, node in calls()
        if name == "render" and not isinstance(node.args[1], ast.Constant)
    }
    assert [one for one in chosen if "request" in one or "POST" in one or "GET" in one] == []


def test_pages_escape_but_where_the_text_is_ours():
    found = {}
    for place, text in templates().items():
        marks = re.findall(r"{{[^}]*\|\s*safe\b[^}]*}}|{%\s*autoescape\s+off[^%]*%}", text)
        if marks:
            found[place] = marks
    assert found == SAFE
    assert calling("mark_safe", "format_html", "SafeString") == {
        "people/views/second.py",  # the square that a camera reads, drawn by segno: lines alone
        "ui/templatetags/ui.py",
    }


def test_scripts_put_text_and_never_markup():
    """`innerHTML` and its kin are in no script; what comes as text stays text."""
    markup = re.compile(
        r"\.(?:inner|outer)HTML\s*[+]?=[^=]|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc"
    )
    assert {place: markup.findall(text) for place, text in scripts().items() if markup.search(text)} == {}


def test_bytes_become_objects_only_where_they_are_our_own():
    """The cache of the vocabulary, in a folder of its owner alone, and the line to our own fork."""
    assert importing("pickle", "marshal") == {"experiences/core/keeping.py", "live/pages/parts.py"}
    assert importing("shelve", "dill", "cloudpickle", "jsonpickle", "joblib", "yaml") == set()
    assert calling("pickle.loads", "pickle.load") == {"experiences/core/keeping.py"}
    assert calling("marshal.loads", "marshal.load") == {"live/pages/parts.py"}


def test_nothing_is_cached_in_another_process():
    """No memcache, and none of Django's caches is asked."""
    assert settings.CACHES == {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert importing("django.core.cache", "memcache", "pymemcache", "pylibmc", "bmemcached") == set()


def test_xml_is_read_in_one_place():
    assert importing("xml", "lxml", "defusedxml", "bs4", "html5lib", "xmltodict") == {
        "matching/core/sheet/extents.py"
    }


def test_patterns_are_ours_and_never_put_together():
    """A pattern built of what somebody typed would be read as signs of its own. Ours come from our tables."""
    name_of = re.compile(r"(?:re|re2)\.(?:compile|match|search|fullmatch|sub|split|findall|finditer)")
    built = {
        (place, ast.unparse(node.args[0]))
        for place, name, node in calls()
        if name_of.fullmatch(name) and not isinstance(node.args[0], ast.Constant)
    }
    assert {one for one in built if not one[1].isupper()} == PATTERNS_OF_OURS


def test_no_page_and_no_form_takes_a_picture():
    """Nothing of members is a file, so no picture with scripts in it can come in."""
    file = re.compile(r'type="file"|multipart/form-data')
    taking = {place.split("/")[0] for place, text in templates().items() if file.search(text)}
    assert taking <= {"matching", "ui"}
    assert calling("FileField", "ImageField", "FileInput") == {"matching/forms.py", "ui/gallery.py"}


ENGINE = """
import json, sys
sys.path.insert(0, {root!r})
from tests.asvs.engine import pairs
print(json.dumps(pairs()))
"""


def test_the_engine_stays_within_its_arrays():
    """The compiled code looks at no bounds. The same code, run as Python with every index looked at, gives
    the same pairs and never steps over one."""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", ENGINE.format(root=str(ROOT))],
        env={"NUMBA_DISABLE_JIT": "1", "HOME": str(Path.home())},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(pairs()) > 100
    assert json.loads(ran.stdout) == json.loads(json.dumps(pairs()))
