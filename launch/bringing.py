"""Bringing uv, and with it the locked packages. What may need the network is here."""

import importlib.util
import os
import shutil
import sys

from launch.environments import clear_folder, refusal_of, write
from launch.words import Stop, last_lines, watched

# Older ones know no `pip sync --require-hashes --python`; the pinned one is brought instead.
OLDEST_UV = (0, 5)
NO_NETWORK = (
    "error sending request",
    "dns error",
    "failed to lookup address",
    "name resolution",
    "name or service not known",
    "connection refused",
    "connection reset",
    "network is unreachable",
    "failed to establish a new connection",
    "connection broken",
    "timed out",
    "tunnel error",
)


def find_uv(environment):
    """The path of uv: the one on PATH, else the pinned one, brought by pip into a place of its own."""
    present = shutil.which("uv")
    if present:
        words = watched("Asking uv for its version", [present, "--version"])[1].split()
        numbers = words[1].split(".")[:2] if len(words) > 1 else []
        if len(numbers) == 2 and all(map(str.isdigit, numbers)) and tuple(map(int, numbers)) >= OLDEST_UV:
            return present
    return bring_uv(environment)


def bring_uv(environment):
    folder = os.path.join(environment.tools, "uv")
    inside, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    uv = os.path.join(folder, inside, f"uv{ending}")
    lock, pinned = environment.lock("uv"), os.path.join(folder, "pinned")
    with open(lock, encoding="utf-8") as content:
        wanted = content.read()
    if os.path.exists(uv) and os.path.exists(pinned):
        with open(pinned, encoding="utf-8") as content:
            if content.read() == wanted:
                return uv
    clear_folder(folder)
    bring = ["-m", "pip", "install", "--disable-pip-version-check", "--retries", "2"]
    bring += ["--require-hashes", "--only-binary", ":all:", "-r", lock]
    if not has_modules("venv", "ensurepip") and has_modules("pip"):
        os.makedirs(folder)
        write(os.path.join(folder, "pyvenv.cfg"), "")  # marks the folder as ours, see clear_folder
        fetch("Bringing uv", [sys.executable, *bring, "--target", folder], environment)
    else:
        if not has_modules("venv", "ensurepip"):
            install_venv()
        fetch("Making a place for uv", [sys.executable, "-m", "venv", folder], environment)
        fetch("Bringing uv", [os.path.join(folder, inside, f"python{ending}"), *bring], environment)
    write(pinned, wanted)
    return uv


def has_modules(*names):
    return all(map(importlib.util.find_spec, names))


def install_venv():
    """Debian and Ubuntu ship Python without the modules that make environments."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    line = f"apt-get install -y {package}"
    if not shutil.which("apt-get"):
        raise Stop(
            "This Python has no venv module: install it with your system's packages, or uv, and start again."
        )
    if os.geteuid() != 0:
        raise Stop(f"This Python has no venv module; type this, and start again: sudo {line}")
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    code, text = watched(f"Installing {package}", line.split(), quietly)
    if code:
        watched("Reading the list of packages", ["apt-get", "update"], quietly)
        code, text = watched(f"Installing {package}", line.split(), quietly)
    if code:
        raise Stop(f"This Python has no venv module, and this did not bring it: {line}", last_lines(text))


def make_environment(uv, environment):
    """An empty environment of exactly this interpreter."""
    command = [uv, "venv", "--no-project", "--python", environment.interpreter, environment.folder]
    fetch("Making the environment", command, environment)


def bring_packages(uv, environment, level):
    """Install what the lock names and nothing else; returns the folder of the libraries."""
    lock = environment.lock(level)
    with open(lock, encoding="utf-8") as content:
        count = sum("==" in line and not line.startswith((" ", "#")) for line in content)
    sync = [uv, "pip", "sync", "--require-hashes", "--python", environment.python, lock]
    fetch(f"Installing {count} packages", sync, environment)
    ask = [environment.python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    libraries = watched("Looking for the libraries", ask)[1].strip()
    # Not left to the first import: some machines are told never to write bytecode, and would read
    # every library anew at each start. That this fails is no reason to stop.
    places = [libraries, os.path.join(environment.root, "beenthere")]
    compile_all = [environment.python, "-m", "compileall", "-q", "-j", "0", "-x", r"[/\\]tests?[/\\]"]
    watched("Making the next start fast", compile_all + places)
    return libraries


def fetch(doing, command, environment):
    """Run what may need the network; Stop with the likeliest reason if it fails."""
    surroundings = {"UV_PYTHON_DOWNLOADS": "never"}
    if not os.access(os.path.expanduser("~"), os.W_OK):  # an account without a home
        surroundings["UV_CACHE_DIR"] = os.path.join(environment.tools, "cache")
    code, text = watched(doing, command, surroundings)
    if code and "invalid peer certificate" in text:
        # A network that signs for itself (an office, a school): the system's certificates know it.
        surroundings.update(UV_SYSTEM_CERTS="1", UV_NATIVE_TLS="1")
        code, text = watched(doing, command, surroundings)
    if not code:
        return
    said = text.lower()
    if "no space left" in said or "quota exceeded" in said:
        import errno

        raise refusal_of(OSError(errno.ENOSPC, doing), environment)
    if any(sign in said for sign in NO_NETWORK):
        raise Stop(
            "The first start needs the network once, and it could not be reached: connect and start again.",
            last_lines(text),
        )
    raise Stop(f"{doing} failed; the lines below say why, and starting again is safe.", last_lines(text))
