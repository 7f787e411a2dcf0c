"""The worker is killed in the middle of a task: another is begun, and nothing is lost.

A short form: two kills of the worker, one of the serving process. The tasks of this test are read from a
folder that only it knows.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

from beenthere.foundation import heartbeats
from tests.cli.served import environment_for, serving, wait_until

TASKS = """
import os, time
from django_tasks import task

@task()
def write_line(folder: str, name: str) -> None:
    with open(os.path.join(folder, "begun"), "a") as begun:
        begun.write(name + "\\n")
    if name.startswith("slow") and not os.path.exists(os.path.join(folder, "go")):
        time.sleep(3600)
    with open(os.path.join(folder, "done"), "a") as done:
        done.write(name + "\\n")
"""
ENQUEUE = """
import sys, django
django.setup()
from beenthere.foundation.jobs import enqueue
from killed_errands import write_line
for name in sys.argv[2:]:
    enqueue(write_line, sys.argv[1], name)
"""


def lines(path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def test_killed_in_the_middle_of_a_task_nothing_is_lost(tmp_path):
    code, folder = tmp_path / "code", tmp_path / "lines"
    code.mkdir()
    folder.mkdir()
    (code / "killed_errands.py").write_text(TASKS)
    paths = os.pathsep.join([environment_for(tmp_path)["PYTHONPATH"], str(code)])

    def enqueue(*names: str) -> None:
        environment = environment_for(
            tmp_path / "place", PYTHONPATH=paths, DJANGO_SETTINGS_MODULE="beenthere.settings"
        )
        subprocess.run([sys.executable, "-c", ENQUEUE, str(folder), *names], env=environment, check=True)

    with serving(tmp_path / "place", PYTHONPATH=paths) as place:
        enqueue("quick1", "slow", "quick2")
        for kill in (1, 2):
            wait_until(lambda kill=kill: lines(folder / "begun").count("slow") == kill, "it never began")
            if kill == 2:
                (folder / "go").touch()  # the third one will not be killed
            os.kill(place.worker_pid(), signal.SIGKILL)
        wait_until(lambda: len(lines(folder / "done")) == 3, "something was lost")
        assert sorted(lines(folder / "done")) == ["quick1", "quick2", "slow"]
        assert place.get("/").status == 200

        # The serving process is killed: its worker must not stay behind, alone.
        worker = place.worker_pid()
        os.kill(place.process.pid, signal.SIGKILL)
        wait_until(lambda: not runs(worker), "a worker stayed behind")
        enqueue("meanwhile")
    with serving(tmp_path / "place", PYTHONPATH=paths):
        wait_until(
            lambda: lines(folder / "done")[3:] == ["meanwhile"], "what was handed in meanwhile was lost"
        )
    with closing(sqlite3.connect(tmp_path / "place" / "beenthere.sqlite3")) as database:
        states = database.execute(
            "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY 1"
        )
        assert states.fetchall() == [("SUCCESSFUL", 4)]


def runs(pid: int) -> bool:
    return heartbeats._runs(pid)
