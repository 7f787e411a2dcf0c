"""Secrets that live in a file of their own: made once, readable by their owner alone."""

import os
import secrets
from pathlib import Path


def read_or_make_secret(path: Path, *, length: int = 48) -> str:
    """The text of the secret at `path`; a missing file is made first (folder 0700, file 0600).

    Two processes that start together end with the same secret: the file is linked into place
    whole, and who comes second reads it. Raises OSError where the folder cannot be written.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(secrets.token_urlsafe(length))
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return path.read_text().strip()
