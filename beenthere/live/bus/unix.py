"""The bus between the processes of one host: a Unix socket that its owner alone can open.

The serving process listens, the worker and commands connect. A message goes to the listener, which
passes it on to all others.
"""

import fcntl
import hashlib
import json
import os
import socket
import struct
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from .subscriptions import MOST, ConnectedBus, MemoryBus, message_of

# The kernel takes 108 bytes (104 on some systems), with the zero at the end.
LONGEST = 100
# Who reads this slowly is cut off and connects again; else one stuck process would stop all.
PATIENCE = struct.pack("ll", 1, 0)


class AlreadyServed(RuntimeError):
    """Another process of this host listens for this place already."""


def socket_path(folder: Path) -> Path:
    """Where the socket of the place in `folder` lives; a short name elsewhere if that is too long."""
    path = folder / "run" / "bus.sock"
    if len(os.fsencode(path)) <= LONGEST:
        _private(path.parent)
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    short = _private(_runtime_folder()) / f"{name}.sock"
    if len(os.fsencode(short)) > LONGEST:
        short = _private(Path("/tmp") / f"beenthere-{os.getuid()}") / f"{name}.sock"  # noqa: S108
    return short


def _runtime_folder() -> Path:
    given = os.environ.get("XDG_RUNTIME_DIR")
    return Path(given) / "beenthere" if given else Path(tempfile.gettempdir()) / f"beenthere-{os.getuid()}"


def _private(folder: Path) -> Path:
    """The folder, made for its owner alone. Raises OSError when it belongs to somebody else: in a
    shared folder anyone could have put it there first."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if found.st_uid != os.getuid() or folder.is_symlink():
        raise PermissionError(f"{folder} belongs to somebody else.")
    folder.chmod(0o700)
    return folder


class UnixBus(ConnectedBus):
    """The connecting end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None
        self._sending = threading.Lock()
        super().__init__()

    def _connect(self) -> None:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            made.connect(str(self._path))
        except OSError:
            made.close()
            raise
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, PATIENCE)
        self._socket = made

    def _listen(self) -> None:
        made = self._socket
        try:
            for message in messages_from(made):
                self.hear(message)
        finally:
            with self._sending:
                self._socket = None
            made.close()

    def _send(self, message: str) -> None:
        with self._sending:
            if self._socket is None:
                raise ConnectionError("nobody listens")
            try:
                self._socket.sendall(message.encode() + b"\n")
            except OSError:
                shut(self._socket)  # half a line may be out: only a new connection is sound
                raise

    def _disconnect(self) -> None:
        with self._sending:
            if self._socket is not None:
                shut(self._socket)


class UnixListener(MemoryBus):
    """The listening end, in the serving process."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._ends: dict[socket.socket, threading.Lock] = {}
        self._threads: list[threading.Thread] = []
        self._closing = False
        self._lock_file = path.with_suffix(".lock").open("w")
        try:
            # Held as long as this process lives: a socket file without it was left by a dead one.
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            self._lock_file.close()
            raise AlreadyServed("Another process listens for this place.") from taken
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            self._socket.bind(str(path))
        finally:
            os.umask(before)
        self._socket.listen(64)
        self._begin(self._accept)

    def publish(self, topic: str, ref: str = "") -> None:
        message = message_of(topic, ref)
        self.deliver(topic, ref)
        self._pass_on(message, None)

    def close(self) -> None:
        self._closing = True
        self._path.unlink(missing_ok=True)
        shut(self._socket)
        self._socket.close()
        for end in list(self._ends):
            shut(end)
        for thread in self._threads:
            thread.join(timeout=5)
        self._lock_file.close()
        super().close()

    def _begin(self, work, *given) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=work, args=given, name="bus", daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while not self._closing:
            try:
                end, _ = self._socket.accept()
            except OSError:
                return
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, PATIENCE)
            self._ends[end] = threading.Lock()
            self._begin(self._hear_from, end)

    def _hear_from(self, end: socket.socket) -> None:
        try:
            for message in messages_from(end):
                topic, ref, _origin = json.loads(message)
                self._pass_on(message, end)
                self.deliver(topic, ref)
        except (OSError, ValueError):
            pass  # cut off, or no message: it connects again
        finally:
            self._ends.pop(end, None)
            end.close()

    def _pass_on(self, message: str, origin: socket.socket | None) -> None:
        for end, lock in list(self._ends.items()):
            if end is origin:
                continue
            try:
                with lock:
                    end.sendall(message.encode() + b"\n")
            except OSError:
                shut(end)


def messages_from(end: socket.socket):
    """The lines that come, until the other side ends. Raises OSError."""
    rest = b""
    while part := end.recv(65536):
        *lines, rest = (rest + part).split(b"\n")
        if len(rest) > MOST:
            raise ConnectionError("a line without end")
        for line in lines:
            yield line.decode()


def shut(end: socket.socket) -> None:
    """Ends both directions, so that a thread waiting on it wakes."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
