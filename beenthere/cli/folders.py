"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from beenthere.foundation.sentences import Sentence, sentence


def refuse_folder(folder: Path, *, force: bool) -> Sentence | None:
    """Why `folder` cannot be written to, or None. An empty or missing one can."""
    if folder.exists() and not folder.is_dir():
        return sentence("{folder} is a file, not a folder.", folder=str(folder))
    if folder.exists() and any(folder.iterdir()) and not force:
        return sentence("{folder} is not empty. Name another folder, or add --force.", folder=str(folder))
    nearest = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        return sentence("{folder} cannot be written to. Name another folder.", folder=str(folder))
    return None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file stands in `folder` whole afterwards; until all are written, none has changed.

    Raises OSError (a full disk), and then leaves nothing of its own behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as apart:
        for name, content in files.items():
            (Path(apart) / name).write_bytes(content)
        for name in files:
            os.replace(Path(apart) / name, folder / name)
