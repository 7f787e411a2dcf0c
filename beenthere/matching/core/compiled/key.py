"""A name for the compiled code, found without importing anything that compiles."""

from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent


def source_key() -> str:
    """Sixteen characters that change with every change of what is compiled, and by what: numba itself
    looks only at the file of the outermost function, and would run an old inner one."""
    import platform
    from importlib.metadata import version

    said = sha256(f"{version('numba')} {platform.python_version()} {platform.machine()}".encode())
    for path in sorted([*HERE.glob("*.py"), HERE.parent / "fit.py", HERE.parent / "weights.py"]):
        said.update(path.read_bytes())
    return said.hexdigest()[:16]
