"""`beenthere match` on a machine in trouble: a full disk, Ctrl+C, a terminal of few letters, no folder."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from beenthere.cli import folders
from beenthere.cli.progress import shown_progress
from beenthere.foundation.sentences import sentence
from beenthere.matching.queries import pairing

ROOT = Path(__file__).parents[2]


def command(place, *options: object, **more) -> subprocess.Popen:
    """The command as a process of its own, with a data folder of its own."""
    environment = {**os.environ, "BEENTHERE_DATA": str(place.folder / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "beenthere", "match", *map(str, options)],
        cwd=place.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | more.pop("env", {}),
        **more,
    )


def ended(process: subprocess.Popen) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def stopped(process: subprocess.Popen) -> tuple[int, bytes, bytes]:
    """Ctrl+C, and again if it fell into the gap between Python's look at its signals and the
    kernel's read, where the first is noticed only when the read returns."""
    for _ in range(6):
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            continue
        return process.returncode, out, err
    process.kill()
    return ended(process)


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_the_machine_refuses_a_file_half_way(place):
    """The report is larger than this process may write: the kernel stops it as a full disk would."""
    code, out, err = ended(command(place, "people.csv", "--out", "new/out", preexec_fn=small_files))
    assert (code, out) == (1, b"")
    assert b"new/out cannot be written: File too large. Nothing was changed there." in err
    assert b"Traceback" not in err
    assert not (place.folder / "new").exists()


def test_a_full_disk_leaves_what_was_there(place, monkeypatch):
    place.paired()
    before = {path.name: path.read_bytes() for path in place.out.iterdir()}

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folders.os, "fsync", full)
    answer = place.match("--out", place.out, "--force", "--floor", "0", "--nearest", "1")
    assert (answer.code, answer.err) == (
        1,
        f"{place.out} cannot be written: No space left on device. Nothing was changed there.\n",
    )
    assert {path.name: path.read_bytes() for path in place.out.iterdir()} == before


def test_ctrl_c_while_the_sheet_is_read(place):
    pipe = place.folder / "pipe.csv"
    os.mkfifo(pipe)
    process = command(place, pipe, "--out", "out")
    with pipe.open("wb", buffering=0) as writing:  # waits until the command has it open
        writing.write(b"ref\n")
        answer = stopped(process)
    assert answer == (130, b"", b"Stopped. Nothing was written.\n")
    assert not place.out.exists()


@pytest.mark.parametrize("where", ["prepare_people", "plan_people"])
def test_ctrl_c_while_pairing(place, monkeypatch, where):
    def stop(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pairing, where, stop)
    answer = place.match("--out", place.out)
    assert (answer, place.out.exists()) == ((130, "", "Stopped. Nothing was written.\n"), False)


def test_ctrl_c_while_writing_leaves_nothing(place, monkeypatch):
    def stop(number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders.os, "fsync", stop)
    assert (place.match("--out", place.out / "deep" / "er").code, place.out.exists()) == (130, False)


def test_ctrl_c_while_files_take_their_places_waits(tmp_path, monkeypatch):
    real = os.replace

    def struck(source, target):
        signal.raise_signal(signal.SIGINT)
        real(source, target)

    monkeypatch.setattr(folders.os, "replace", struck)
    folders.write_files(tmp_path / "out", {"a": b"1", "b": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {"a": b"1", "b": b"2"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("letters", ["ascii", "cp437"])
def test_a_terminal_of_few_letters(place, letters):
    place.write("people.csv", "ref,words\na,José lost his dog: “Bär”.\nb,José lost his dog.\n".encode())
    env = {"PYTHONIOENCODING": letters}
    code, out, err = ended(command(place, "people.csv", "--json", env=env))
    assert (code, "“" in json.loads(out.decode("ascii"))["pairs"][0]["reason"]) == (0, True)
    code, out, err = ended(command(place, "people.csv", "--why", "a", "b", env=env))
    assert (code, b"lost his dog" in out, b"Traceback" in err) == (0, True, False)


def test_no_folder_for_what_is_kept(place):
    place.write("taken", "a file")
    code, out, err = ended(command(place, "people.csv", "--json", "--data", "taken/data"))
    assert (code, out) == (1, b"")
    assert err.decode().startswith("The folder ")
    assert "cannot be written" in err.decode()
    assert err.decode().count("\n") == 1


def test_other_processes_give_the_same_bytes(place):
    answers = [
        ended(command(place, "people.csv", "--out", f"out{n}", env={"PYTHONHASHSEED": n})) for n in "01"
    ]
    assert [code for code, *_ in answers] == [0, 0]
    one, other = (
        {path.name: path.read_bytes() for path in (place.folder / f"out{n}").iterdir()} for n in "01"
    )
    assert one == other


def test_files_are_for_their_owner_alone(place):
    assert ended(command(place, "people.csv", "--out", "out"))[0] == 0
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in [place.out, *place.out.iterdir()]}
    assert modes == {
        "out": "0o700",
        "pairs.csv": "0o600",
        "unmatched.csv": "0o600",
        "report.html": "0o600",
    }


def test_what_was_said_early_is_shown_when_it_is_time(capsys):
    with shown_progress(str, quiet=0.01) as progress:
        progress(0, 0, sentence("The engine is being prepared"))
        for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
            timer.join(60)
        progress(1, 2, sentence("Looking"))
    assert capsys.readouterr().err == "The engine is being prepared\nLooking 1/2\n"


def test_what_is_quick_says_nothing(capsys):
    with shown_progress(str, quiet=600) as progress:
        progress(1, 2, sentence("Looking"))
    assert capsys.readouterr().err == ""
