#!/usr/bin/env python3
"""The only thing a fresh machine needs: `python3 run.py demo`, `test`, or any command of Beenthere.

It makes an environment beside itself (`.venv`, or where BEENTHERE_ENV says) from the locked
requirements, and hands over to it. Standard library only, here and in `launch`. This file and what it
imports first keep to old syntax: an old Python has to get as far as the sentence it is told.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))


def main(arguments):
    """Replace this process by the command; return an exit code only when that cannot be done."""
    sys.path.insert(0, ROOT)  # it is not there under PYTHONSAFEPATH
    from launch.interpreters import refuse_wrong_python
    from launch.words import Stop, say

    try:
        refuse_wrong_python(sys.version_info, sys.implementation.name)
        from launch.environments import environment_here, prepare

        environment = environment_here(ROOT)
        testing = arguments[:1] == ["test"]
        prepare(environment, "test" if testing else "runtime")
        module = ["tests.whole_run"] + arguments[1:] if testing else ["beenthere"] + arguments
        # -P: a file of the folder one stands in must never be imported in place of a library.
        return become([environment.python, "-P", "-m"] + module)
    except Stop as stop:
        say("\n".join((stop.sentence,) + tuple("  " + line for line in stop.lines)))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start picks up from here.")
        return 130


def become(command):
    """Hand the process over, so that signals and the exit code are the command's own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  # there is nothing for a shell to do
    # On Windows exec returns to the shell at once. This path is untested.
    import subprocess

    return subprocess.call(command)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
