"""What only the Unix socket has: a file, its rights, its length, and what a dead process left."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from beenthere.live.bus import unix
from beenthere.live.bus.unix import LONGEST, AlreadyServed, UnixBus, UnixListener, socket_path

ROOT = Path(__file__).resolve().parents[2]


def test_only_its_owner_can_open_it(tmp_path):
    path = socket_path(tmp_path)
    bus = UnixListener(path)
    try:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    finally:
        bus.close()
    assert not path.exists()


def test_a_long_folder_gets_a_short_path_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    paths = [socket_path(deep), socket_path(deep), socket_path(deep / "other")]
    assert paths[0] == paths[1] != paths[2]
    assert all(len(os.fsencode(path)) <= LONGEST for path in paths)
    bus = UnixListener(paths[0])
    bus.close()


def test_a_runtime_folder_that_is_too_long_is_left_for_tmp(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("r" * 100)))
    path = socket_path(tmp_path / ("d" * 100))
    assert (path.parent, path.suffix) == (Path(f"/tmp/beenthere-{os.getuid()}"), ".sock")


def test_a_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "beenthere").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(PermissionError):
        socket_path(tmp_path / ("d" * 100))
    monkeypatch.setattr(unix.os, "getuid", lambda: 4242)
    with pytest.raises(PermissionError):
        socket_path(tmp_path)


def test_two_cannot_listen_for_one_place(tmp_path):
    bus = UnixListener(socket_path(tmp_path))
    with pytest.raises(AlreadyServed):
        UnixListener(socket_path(tmp_path))
    bus.close()
    UnixListener(socket_path(tmp_path)).close()


def test_what_a_killed_process_left_is_no_hindrance(tmp_path):
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from beenthere.live.bus.unix import UnixListener, socket_path\n"
        "UnixListener(socket_path(Path(sys.argv[1]))); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=environment, check=False)
    path = socket_path(tmp_path)
    assert path.is_socket(), "a dead process leaves its socket file"
    UnixListener(path).close()


def test_who_sends_no_messages_is_cut_off_and_harms_nobody(tmp_path):
    path = socket_path(tmp_path)
    listener = UnixListener(path)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.settimeout(20)
        stranger.connect(str(path))
        stranger.sendall(b"no message\n")
        assert stranger.recv(10) == b""
    bus = UnixBus(path)
    heard = []
    listener.subscribe("topic", heard.append)
    listener.publish("topic", "a")
    assert heard == ["a"]
    bus.close()
    listener.close()


def test_publishing_without_anyone_listening_loses_the_message_alone(tmp_path):
    bus = UnixBus(socket_path(tmp_path))
    heard = []
    bus.subscribe("topic", heard.append)
    bus.publish("topic", "a")
    assert heard == ["a"]
    bus.close()
