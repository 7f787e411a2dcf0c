"""Which Pythons are here, and whether this one will do. Old syntax, see run.py."""

import glob
import os
import subprocess
import sys

from launch.words import Stop

OLDEST = (3, 11)
ASK = (
    "import sys; v = sys.version_info; i = sys.implementation; "
    "print(*v[:4], i.name, i.cache_tag, sys.prefix == sys.base_prefix)"
)


def refuse_wrong_python(version, implementation):
    """Raise Stop, naming a fitting Python if one is present, unless this one fits."""
    wanted = ".".join(map(str, OLDEST))
    if implementation != "cpython":
        raise Stop(
            f"Beenthere needs CPython {wanted} or newer, and this is {implementation}: start it with python3."
        )
    if tuple(version[:2]) >= OLDEST:
        return
    present = released_interpreters(OLDEST)
    if present:
        way = f"one is here, so type: {present[0][1]} run.py demo"
    elif sys.platform == "darwin":
        way = "get it with `brew install python` or from python.org"
    elif os.name == "nt":
        way = "get it from python.org"
    else:
        way = "get it with `apt-get install python3` (Debian 12, Ubuntu 24.04 or later) or from python.org"
    raise Stop(
        f"Beenthere needs Python {wanted} or newer, and this is {'.'.join(map(str, version[:3]))}; {way}."
    )


def released_interpreters(oldest):
    """Released CPythons on this machine from `oldest` on, newest first: (version, path, cache tag).

    Each was run, because a name on PATH may be a shim that leads nowhere.
    """
    seen = {}
    for path in candidates(oldest):
        real = os.path.realpath(path)
        if real not in seen and os.access(path, os.X_OK):
            seen[real] = (path, answer_of(path))
    found = []
    for path, words in seen.values():
        if len(words) == 7 and words[3:5] == ["final", "cpython"] and words[6] == "True":
            version = tuple(map(int, words[:3]))
            if version[:2] >= oldest:
                found.append((version, path, words[5]))
    return sorted(found, key=lambda each: each[0], reverse=True)


def candidates(oldest):
    """Paths that may be Pythons: on PATH, then in the folders of pyenv and of uv."""
    home = os.path.expanduser("~")
    places = [
        os.path.join(os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv"), "versions"),
        os.environ.get("UV_PYTHON_INSTALL_DIR") or os.path.join(home, ".local", "share", "uv", "python"),
    ]
    beside_this = os.path.dirname(sys.base_prefix)
    if os.path.basename(beside_this) in ("versions", "python"):
        places.append(beside_this)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    folders += [folder for place in places for folder in sorted(glob.glob(os.path.join(place, "*", "bin")))]
    names = ["python3"] + [f"python3.{minor}" for minor in range(oldest[1], 30)]
    return [os.path.join(folder, name) for folder in folders for name in names]


def answer_of(path):
    """What this interpreter says of itself, in words; nothing if it does not run."""
    try:
        run = subprocess.run(  # noqa: S603  # a Python found on this machine
            [path, "-I", "-c", ASK],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return run.stdout.decode("utf-8", "replace").split()
