"""`beenthere work`: the worker, in a process of its own."""

import signal
import sys
from typing import Annotated

import typer

from beenthere.cli.place import in_background, open_place_or_end
from beenthere.cli.serve import Folder


def work(
    data: Folder = None,
    tied: Annotated[bool, typer.Option(help="End when standard input ends (used by serve).")] = False,
) -> None:
    """Run the worker alone: tasks and recurring jobs. `serve` starts one by itself."""
    open_place_or_end(data=data)
    from beenthere.foundation.wire import PLUG
    from beenthere.foundation.worker import Worker

    worker = Worker()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: worker.stop())
    if tied:
        in_background(lambda: _until_input_ends(worker), "tied")
    worker.run()
    PLUG.unplug()


def _until_input_ends(worker) -> None:
    while sys.stdin.buffer.raw.read(1024):
        pass
    worker.stop()
