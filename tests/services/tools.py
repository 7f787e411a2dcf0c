"""strace, which sees what reaches the disk and can make the disk fail for one program."""

import shutil
from pathlib import Path

from tests.services import debian
from tests.services.found import runs


def find() -> Path | None:
    program = shutil.which("strace")
    return Path(program) if program and runs(program, "-e", "trace=none", "true") else None


def from_debian() -> Path | None:
    debian.install("strace")
    return find()


def from_unpacking() -> Path | None:
    root = debian.unpack("strace")
    script = debian.wrapped(root / "usr" / "bin" / "strace", root)
    return script if runs(script, "-e", "trace=none", "true") else None


WAYS = {"apt": from_debian, "Debian's package, unpacked": from_unpacking}
