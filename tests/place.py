"""A data folder of its own for each run of the tests.

Loaded by `-p` in pyproject.toml, because pytest-django reads the settings before any conftest.
"""

import atexit
import os
import shutil
import sys
import tempfile

from beenthere.matching.core.compiled.key import source_key

FOLDER = tempfile.mkdtemp(prefix="beenthere-tests-")
os.environ["BEENTHERE_DATA"] = FOLDER
os.environ["BEENTHERE_BUS"] = "memory"  # no test waits for a socket that nobody serves
os.mkdir(os.path.join(FOLDER, "static"))  # else whitenoise warns, and a warning fails a test
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# Compiled once for all workers and runs; a change of the engine has a folder of its own.
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(sys.prefix, "cache-numba", source_key()))
