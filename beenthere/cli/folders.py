"""Files written whole or not at all."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from beenthere.foundation.sentences import Sentence, sentence


def refuse_folder(folder: Path, *, force: bool, names: Iterable[str] = ()) -> Sentence | None:
    """Why files of these names cannot be written to `folder`, or None. An empty or missing one can be."""
    try:
        if folder.exists() and not folder.is_dir():
            return sentence("{folder} is a file, not a folder.", folder=str(folder))
        if folder.exists() and any(folder.iterdir()) and not force:
            return sentence("{folder} is not empty. Name another folder, or add --force.", folder=str(folder))
        for name in names:
            if (folder / name).is_dir():
                return sentence("{path} is a folder. Name another with --out.", path=str(folder / name))
        nearest = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        may = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    except OSError:
        may = False
    if not may:
        return sentence("{folder} cannot be written to. Name another folder.", folder=str(folder))
    return None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file stands in `folder` whole afterwards, and other files there are as they were; until all
    are written, none has changed. Raises OSError (a full disk), and then leaves nothing of its own."""
    made = [one for one in reversed((folder.absolute(), *folder.absolute().parents)) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as apart:
            for name, content in files.items():
                with open(Path(apart) / name, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            with _undisturbed():
                for name in files:
                    os.replace(Path(apart) / name, folder / name)
    except BaseException:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl+C waits: half of the files would be new and half of them old."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
