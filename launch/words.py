"""What a start says: progress, and the one sentence when it cannot go on. Old syntax, see run.py."""

import os
import subprocess
import sys
import tempfile
import time

SILENT_SECONDS = 2  # whatever takes longer says that it is going on
EVERY_SECONDS = 15  # and again so often, where the output is no terminal


class Stop(Exception):
    """A start that cannot go on: one sentence with a way out, and lines that show why."""

    def __init__(self, sentence, lines=()):
        super().__init__(sentence)
        self.sentence = sentence
        self.lines = tuple(lines)


def say(line):
    """Progress and refusals go to stderr: stdout belongs to the command."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def watched(doing, command, surroundings=None):
    """Run quietly and return (exit code, all it said); say that it goes on when it takes long."""
    with tempfile.TemporaryFile() as output:
        try:
            child = subprocess.Popen(  # noqa: S603  # our own commands, never a shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                close_fds=False,  # the lock of launch.environments goes along
                env=dict(os.environ, **(surroundings or {})),
            )
        except OSError as problem:
            return 127, str(problem)
        wait_for(child, doing)
        output.seek(0)
        return child.returncode, output.read().decode("utf-8", "replace")


def wait_for(child, doing):
    """Until `child` ends. If this process is interrupted meanwhile, the child is ended too."""
    started, live, said = time.monotonic(), sys.stderr.isatty(), 0
    try:
        while child.poll() is None:
            time.sleep(0.02)
            passed = time.monotonic() - started
            if passed >= (said + (1 if live else EVERY_SECONDS) if said else SILENT_SECONDS):
                sys.stderr.write(f"\r{doing} ... {passed:.0f} s" if live else f"{doing} ... {passed:.0f} s\n")
                sys.stderr.flush()
                said = passed
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
        if said:
            say(("\r" if live else "") + f"{doing}: {time.monotonic() - started:.0f} s    ")


def last_lines(text, count=3):
    """The lines that most likely name the cause."""
    return [line.rstrip() for line in text.splitlines() if line.strip()][-count:]
