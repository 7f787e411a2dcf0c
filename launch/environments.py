"""The environment beside the checkout: whether it is ready, and making it so."""

import hashlib
import json
import os
import sys
from contextlib import contextmanager

from launch.words import Stop, say


class Environment:
    """One virtual environment: its folder, its interpreter, and the stamp that says what is in it."""

    def __init__(self, folder, interpreter, tag, *, root, tools=None):
        self.folder, self.interpreter, self.tag, self.root = folder, interpreter, tag, root
        self.tools = tools or f"{folder}-tools"
        self.stamp = os.path.join(folder, "beenthere-stamp.json")
        # Beside the environment, not in it, so that it outlives the removal of a broken one.
        self.unfinished = os.path.join(self.tools, f"{os.path.basename(folder)}.unfinished")
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = os.path.join(folder, *inside)

    def lock(self, level):
        return os.path.join(self.root, "requirements", f"{level}.lock")

    def wanted(self, level):
        """The stamp of this environment once `level` is installed in it."""
        with open(self.lock(level), "rb") as content:
            digest = hashlib.sha256(content.read()).hexdigest()
        return {"level": level, "lock": digest, "python": self.tag, "checkout": self.root}

    def stamped(self):
        """What the stamp says; {} where there is none to trust."""
        try:
            with open(self.stamp, encoding="utf-8") as content:
                stamp = json.load(content)
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def level_to_have(self, asked):
        """Tests need all that running needs, so an environment for tests stays one."""
        return "test" if self.stamped().get("level") == "test" else asked

    def is_whole(self):
        """It has an interpreter that is still there, and nothing was killed midway."""
        return os.path.exists(self.python) and not os.path.exists(self.unfinished)

    def is_ready(self, asked):
        return self.is_whole() and self.stamped() == self.wanted(self.level_to_have(asked))

    def can_be_mended(self):
        """Whether a sync suffices: made whole, by this Python version, for this very place."""
        if not self.is_whole():
            return False
        stamp = self.stamped()
        if stamp:
            return (stamp.get("python"), stamp.get("checkout")) == (self.tag, self.root)
        from launch.interpreters import answer_of

        return answer_of(self.python)[5:6] == [self.tag]


def environment_here(root):
    """The environment of this interpreter: where BEENTHERE_ENV says, else `.venv` in the checkout."""
    folder = os.environ.get("BEENTHERE_ENV") or os.path.join(root, ".venv")
    # Where this interpreter is itself in a virtual environment, the one behind it is meant.
    interpreter = getattr(sys, "_base_executable", None) or sys.executable
    folder = os.path.abspath(os.path.expanduser(folder))
    return Environment(folder, interpreter, sys.implementation.cache_tag, root=root)


def prepare(environment, level):
    """Afterwards the environment holds at least `level` ("runtime" or "test"), or Stop was raised.

    Costs two small file reads where nothing is to be done. Safe against a second start at the same
    time, against one that was killed midway, and in a checkout that was moved or copied.
    """
    if environment.is_ready(level):
        return
    try:
        os.makedirs(environment.tools, exist_ok=True)
        with one_at_a_time(os.path.join(environment.tools, "lock")):
            if not environment.is_ready(level):
                fill(environment, environment.level_to_have(level))
    except OSError as problem:
        raise refusal_of(problem, environment) from None


def fill(environment, level):
    from launch.bringing import bring_packages, find_uv, make_environment

    uv = find_uv(environment)
    mend = environment.can_be_mended()
    if not mend:
        clear_folder(environment.folder)
    write(environment.unfinished, "")
    if not mend:
        make_environment(uv, environment)
    if os.path.exists(environment.stamp):
        os.remove(environment.stamp)
    libraries = bring_packages(uv, environment, level)
    write(os.path.join(libraries, "beenthere-checkout.pth"), environment.root + "\n")
    write(environment.stamp, json.dumps(environment.wanted(level)))
    os.remove(environment.unfinished)


def write(path, text):
    """Whole or not at all, also if the machine stops in between."""
    with open(f"{path}.new", "w", encoding="utf-8") as content:
        content.write(text)
    os.replace(f"{path}.new", path)


def clear_folder(folder):
    """Remove an old environment, and nothing that is not one: BEENTHERE_ENV may be mistyped."""
    import shutil

    if not os.path.lexists(folder):
        return
    ours = os.path.isdir(folder) and (
        not os.listdir(folder) or os.path.exists(os.path.join(folder, "pyvenv.cfg"))
    )
    if not ours:
        raise Stop(f"{folder} holds something that is no environment: name a new folder in BEENTHERE_ENV.")
    shutil.rmtree(folder)


@contextmanager
def one_at_a_time(path):
    """Held by one start; given back by the system if that start dies. Nothing is held on Windows."""
    with open(path, "w", encoding="utf-8") as held:
        try:
            import fcntl
        except ImportError:
            fcntl = None
        if fcntl:
            # What is started inside holds it too: an installer outlives a start that is killed.
            os.set_inheritable(held.fileno(), True)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is preparing the environment; waiting for it.")
                fcntl.flock(held, fcntl.LOCK_EX)
        yield


def refusal_of(problem, environment):
    """The sentence for a folder or a disk that would not have the environment."""
    import errno

    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stop(
            "The disk is full: Beenthere's environment needs about 600 MB; free them and start again."
        )
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        place = os.path.dirname(problem.filename or environment.folder)
        return Stop(
            f"The folder {place} cannot be written: choose other places by typing "
            "BEENTHERE_ENV=~/beenthere/env BEENTHERE_DATA=~/beenthere/data python3 run.py demo"
        )
    return Stop(
        f"The environment could not be made ({problem}): remove {environment.folder} and start again."
    )
