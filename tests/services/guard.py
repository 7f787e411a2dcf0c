"""Starts one server, ends it when stdin ends, and removes its folder. Run as a script of its own.

The pipe on stdin ends with the tests however they end: even a killed process closes its files.
"""

import json
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path


def keep(order: dict) -> int:
    folder = Path(order["folder"])
    with open(folder / "log", "ab") as log:
        server = subprocess.Popen(
            order["command"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, **order["account"]
        )

    def end_with_owner() -> None:
        sys.stdin.buffer.read()
        server.send_signal(getattr(signal, order["ending"]))
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)

    owner = threading.Thread(target=end_with_owner)
    owner.daemon = True  # a server that failed by itself must not leave the guard waiting
    owner.start()
    code = server.wait()
    if code == 0 or code < 0:
        owner.join()
    return abs(code)


if __name__ == "__main__":
    sys.exit(keep(json.loads(sys.argv[1])))
