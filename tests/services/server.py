"""One server in a temporary folder, kept by a guard that ends it when the tests are gone."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.debian import is_root

PATIENCE = 60  # seconds until a server that does not answer counts as broken


def lowered() -> dict:
    """Arguments of subprocess that give up root, which PostgreSQL refuses; {} for everyone else."""
    if not is_root():
        return {}
    names = {account.pw_name: account for account in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def belongs_to_account(path: Path) -> None:
    """Whatever this process lets others read: a command run in it may have made its files its own alone."""
    account = lowered()
    if account:
        os.chown(path, account["user"], account["group"])


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder of the account that the server will run as. Short, since it may hold a socket."""
    folder = Path(tempfile.mkdtemp(prefix="bt-"))
    try:
        belongs_to_account(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def kept(command: list[str], folder: Path, *, answers: Callable[[], bool], ending: str) -> Iterator[None]:
    """The server runs inside the block and is gone after it, also when this process is killed.

    `answers` tells whether it is ready; `ending` is the signal it ends on. Raises RuntimeError with
    its last words if it does not come up.
    """
    order = {"command": command, "folder": str(folder), "ending": ending, "account": lowered()}
    guard = subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).with_name("guard.py")), json.dumps(order)],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in the terminal is ours to hear, not the server's
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers():
            if guard.poll() is not None or time.monotonic() > deadline:
                log = folder / "log"
                words = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                raise RuntimeError(f"{command[0]} did not start:\n{words}")
            time.sleep(0.02)
        yield
    finally:
        guard.stdin.close()
        guard.wait(PATIENCE)
