"""The start: what it refuses and how it says so, and when it leaves the environment alone."""

import ast
import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import run
from launch import bringing, environments, interpreters, words
from launch.environments import (
    Environment,
    clear_folder,
    environment_here,
    one_at_a_time,
    prepare,
    refusal_of,
)
from launch.words import Stop

ROOT = Path(run.__file__).parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


@pytest.fixture(autouse=True)
def became(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What this process would have been replaced by; a test that errs must not turn into a server."""
    became: list[list[str]] = []
    monkeypatch.setattr(run, "become", became.append)
    return became


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A checkout with locks and an environment that was made whole."""
    (tmp_path / "requirements").mkdir()
    for level in ("runtime", "test", "uv"):
        (tmp_path / "requirements" / f"{level}.lock").write_text(f"{level}==1\n")
    made = Environment(str(tmp_path / ".venv"), sys.executable, "cpython-311", root=str(tmp_path))
    Path(made.python).parent.mkdir(parents=True)
    Path(made.python).write_text("")
    Path(made.folder, "pyvenv.cfg").write_text("")
    Path(made.stamp).write_text(json.dumps(made.wanted("runtime")))
    return made


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch, environment: Environment) -> list[str]:
    """What would have been fetched: `prepare` runs, but uv is not asked."""
    asked: list[str] = []

    def make(uv: str, made: Environment) -> None:
        asked.append("environment")
        Path(made.python).parent.mkdir(parents=True)
        Path(made.python).write_text("")
        Path(made.folder, "pyvenv.cfg").write_text("")

    def bring(uv: str, made: Environment, level: str) -> str:
        asked.append(level)
        return made.folder

    monkeypatch.setattr(bringing, "find_uv", lambda made: "uv")
    monkeypatch.setattr(bringing, "make_environment", make)
    monkeypatch.setattr(bringing, "bring_packages", bring)
    return asked


# Refusals: one sentence each, exit code 1, no traceback


@pytest.mark.parametrize("present", [[], [((3, 13, 0), "/opt/python3.13", "cpython-313")]])
def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys, present):
    monkeypatch.setattr(interpreters, "released_interpreters", lambda oldest: present)
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    monkeypatch.setattr(sys, "platform", "linux")
    ways = {
        0: "get it with `apt-get install python3` (Debian 12, Ubuntu 24.04 or later) or from python.org",
        1: "one is here, so type: /opt/python3.13 run.py demo",
    }
    assert run.main(["demo"]) == 1
    said = f"Beenthere needs Python 3.11 or newer, and this is 3.8.18; {ways[len(present)]}.\n"
    assert capsys.readouterr().err == said


def test_another_implementation_is_told_so():
    with pytest.raises(Stop, match=r"^Beenthere needs CPython 3\.11 or newer, and this is pypy: "):
        interpreters.refuse_wrong_python((3, 12, 1), "pypy")


def test_what_an_old_python_reads_is_old_syntax():
    for name in ("run.py", "launch/interpreters.py", "launch/words.py"):
        ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_folder_that_cannot_be_written_names_another_place(tmp_path, monkeypatch, capsys):
    # Root may write anywhere, so the refusal is given by hand.
    def refuse(path, **_):
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setenv("BEENTHERE_ENV", str(tmp_path / "env"))
    monkeypatch.setattr(os, "makedirs", refuse)
    assert run.main(["demo"]) == 1
    assert capsys.readouterr().err == (
        f"The folder {tmp_path} cannot be written: choose other places by typing "
        "BEENTHERE_ENV=~/beenthere/env BEENTHERE_DATA=~/beenthere/data python3 run.py demo\n"
    )


def test_a_full_disk_is_named(environment):
    said = refusal_of(OSError(errno.ENOSPC, "No space left on device"), environment).sentence
    assert said == "The disk is full: Beenthere's environment needs about 600 MB; free them and start again."


@pytest.mark.parametrize(
    ("words_of_uv", "sentence"),
    [
        (
            "a\nb\nerror: Failed to fetch\n  error sending request for url\n  dns error",
            "The first start needs the network once, and it could not be reached: connect and start again.",
        ),
        (
            "x\nNo space left on device (os error 28)",
            "The disk is full: Beenthere's environment needs about 600 MB; free them and start again.",
        ),
        (
            "no such wheel",
            "Installing failed; the lines below say why, and starting again is safe.",
        ),
    ],
)
def test_what_uv_says_becomes_one_sentence(monkeypatch, environment, words_of_uv, sentence):
    monkeypatch.setattr(bringing, "watched", lambda *_: (1, words_of_uv))
    with pytest.raises(Stop) as stop:
        bringing.fetch("Installing", ["uv"], environment)
    assert stop.value.sentence == sentence
    if "disk" not in sentence:
        assert list(stop.value.lines) == words_of_uv.splitlines()[-3:]


def test_a_python_without_venv_gets_one_line_to_type(monkeypatch):
    monkeypatch.setattr(bringing.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    package = f"python3.{sys.version_info[1]}-venv"
    with pytest.raises(Stop) as stop:
        bringing.install_venv()
    said = f"This Python has no venv module; type this, and start again: sudo apt-get install -y {package}"
    assert stop.value.sentence == said


def test_a_mistyped_folder_is_not_removed(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(Stop, match="holds something that is no environment"):
        clear_folder(str(tmp_path))
    assert os.listdir(tmp_path) == ["letters.txt"]


# The stamp: when nothing is to be done, and when something is


def test_a_second_start_does_nothing(environment, brought):
    prepare(environment, "runtime")
    assert (brought, os.path.exists(environment.tools)) == ([], False)


def test_an_environment_for_tests_serves_all_commands_and_stays_one(environment, brought):
    prepare(environment, "test")
    prepare(environment, "runtime")
    assert brought == ["test"]
    Path(environment.lock("test")).write_text("changed==2\n")
    prepare(environment, "runtime")
    assert brought == ["test", "test"]


def test_a_changed_lock_is_synced_in_place(environment, brought):
    Path(environment.lock("runtime")).write_text("changed==2\n")
    prepare(environment, "runtime")
    prepare(environment, "runtime")
    assert brought == ["runtime"]


@pytest.mark.parametrize("spoiled", ["killed midway", "moved", "another Python", "no interpreter"])
def test_a_spoiled_environment_is_made_afresh(environment, brought, spoiled):
    if spoiled == "killed midway":
        os.makedirs(environment.tools)
        Path(environment.unfinished).write_text("")
    elif spoiled == "no interpreter":
        os.remove(environment.python)
    else:
        part = {"moved": {"checkout": "/elsewhere"}, "another Python": {"python": "cpython-310"}}[spoiled]
        Path(environment.stamp).write_text(json.dumps({**environment.wanted("runtime"), **part}))
    prepare(environment, "runtime")
    prepare(environment, "runtime")
    assert brought == ["environment", "runtime"]
    assert Path(environment.folder, "beenthere-checkout.pth").read_text() == f"{environment.root}\n"


def test_a_failed_start_is_not_taken_for_a_finished_one(environment, brought, monkeypatch):
    def fail(*_):
        raise Stop("no network")

    Path(environment.lock("runtime")).write_text("changed==2\n")
    with monkeypatch.context() as patch:
        patch.setattr(bringing, "bring_packages", fail)
        with pytest.raises(Stop):
            prepare(environment, "runtime")
    assert not environment.is_ready("runtime")
    prepare(environment, "runtime")
    assert brought == ["environment", "runtime"]


def test_another_place_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BEENTHERE_ENV", str(tmp_path / "here"))
    assert environment_here("/checkout").folder == str(tmp_path / "here")
    monkeypatch.delenv("BEENTHERE_ENV")
    assert environment_here("/checkout").folder == "/checkout/.venv"


def test_two_starts_take_turns(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    said = []
    monkeypatch.setattr(environments, "say", said.append)
    lock = str(tmp_path / "lock")
    waits = []
    real = fcntl.flock

    def flock(file, how):
        waits.append(how)
        if how == fcntl.LOCK_EX:
            return None  # here the second start would wait; the test need not
        return real(file, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with one_at_a_time(lock), one_at_a_time(lock):
        assert said == ["Another start is preparing the environment; waiting for it."]
    assert waits == [fcntl.LOCK_EX | fcntl.LOCK_NB] * 2 + [fcntl.LOCK_EX]


# Handing over


def test_all_words_reach_the_command(monkeypatch, environment, brought, became):
    monkeypatch.setattr(environments, "environment_here", lambda root: environment)
    run.main(["match", "people.csv", "--out", "x"])
    run.main(["test", "-k", "pairs"])
    start = [environment.python, "-P", "-m"]
    assert became == [
        [*start, "beenthere", "match", "people.csv", "--out", "x"],
        [*start, "tests.whole_run", "-k", "pairs"],
    ]


def test_what_takes_long_says_so(monkeypatch, capsys):
    monkeypatch.setattr(words, "SILENT_SECONDS", 0)
    code, text = words.watched("Counting", [sys.executable, "-c", "import time; time.sleep(0.2); print(7)"])
    assert (code, text) == (0, "7\n")
    assert capsys.readouterr().err == "Counting ... 0 s\nCounting: 0 s    \n"


def test_ci_runs_the_command_of_the_readme():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-1] == "exec python3 run.py test"


# The locks


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_carries_hashes_and_no_addresses(lock):
    text = lock.read_text(encoding="utf-8")
    assert re.findall(r"\w+://\S+", text) == []
    pins = [
        line for line in text.replace("\\\n", " ").splitlines() if line.strip() and line.lstrip()[0] != "#"
    ]
    pinned = re.compile(r"[a-z0-9._-]+==[^\s;]+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [pin for pin in pins if not pinned.fullmatch(pin)] == []


def test_tests_run_on_the_very_versions_that_run():
    def pins(level: str) -> set[str]:
        text = (ROOT / "requirements" / f"{level}.lock").read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9._-]+==[^\s\\]+", text, re.MULTILINE))

    assert pins("runtime") - pins("test") == set()


def test_uv_is_pinned():
    pins = re.findall(r"^(\S+)==\S+", (ROOT / "requirements" / "uv.lock").read_text(), re.MULTILINE)
    assert pins == ["uv"]


def test_no_module_of_the_start_needs_a_package():
    """Everything `run.py` imports is in the standard library: -S leaves no packages to find."""
    names = [
        "run",
        *(f"launch.{path.stem}" for path in (ROOT / "launch").glob("*.py") if path.stem != "__init__"),
    ]
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nimport {', '.join(sorted(names))}"
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
