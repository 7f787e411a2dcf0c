"""Programs from Debian's packages: installed as root, or unpacked into a folder of our own."""

import os
import re
import shutil
import stat
from functools import cache
from pathlib import Path

from launch.words import last_lines, watched
from tests.services.found import FETCHED, Missing

QUIETLY = {
    "DEBIAN_FRONTEND": "noninteractive",
    "RUNLEVEL": "1",  # the packages' own servers stay stopped: ours run in private
}


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(*packages: str) -> None:
    """With apt, as root; raises Missing where that is not possible."""
    if not is_root() or not shutil.which("apt-get"):
        raise Missing("apt needs root")
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    doing = f"Installing {' '.join(packages)}"
    code, text = watched(doing, command, QUIETLY)
    if code:  # the list of packages may be old, or not there at all
        watched("Reading the list of packages", ["apt-get", "update"], QUIETLY)
        code, text = watched(doing, command, QUIETLY)
    if code:
        raise Missing(" ".join(last_lines(text)))


def unpack(*packages: str) -> Path:
    """Without root: the packages and what they need that is not installed, in a folder; returns it."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Missing("there is no apt here")
    folder = FETCHED / packages[0]
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("cache/archives/partial", "root"):
        (folder / name).mkdir(parents=True)
    private = [*private_lists(), "-o", f"Dir::Cache={folder}/cache"]
    doing = f"Unpacking {packages[0]}"
    plan = told(doing, ["apt-get", *private, "-s", "--no-install-recommends", "install", *packages])
    names = re.findall(r"^Inst (\S+)", plan, re.MULTILINE) or list(packages)
    told(doing, ["env", "-C", str(folder / "cache"), "apt-get", *private, "download", *names])
    for package in sorted((folder / "cache").glob("*.deb")):
        told(doing, ["dpkg", "-x", str(package), str(folder / "root")])
    return folder / "root"


@cache
def private_lists() -> tuple[str, ...]:
    """The options that make apt use a list of packages of our own, read once."""
    lists = FETCHED / "lists"
    for folder in (lists / "partial", FETCHED / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    options = ("-o", f"Dir::State::lists={lists}", "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=")
    fetched = ("-o", f"Dir::Cache={FETCHED}")
    told("Reading the list of packages", ["apt-get", *options, *fetched, "update"])
    return options


def told(doing: str, command: list[str]) -> str:
    code, text = watched(doing, command, QUIETLY)
    if code:
        raise Missing(" ".join(last_lines(text)))
    return text


def wrapped(program: Path, root: Path, **surroundings: str) -> Path:
    """A script that starts `program` with the libraries under `root`; they are set for it alone."""
    folders = {str(library.parent) for library in root.rglob("lib*.so*")}
    surroundings["LD_LIBRARY_PATH"] = ":".join(sorted(folders))
    settings = "".join(f"export {name}='{value}'\n" for name, value in surroundings.items())
    script = FETCHED / f"{program.name}.sh"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"#!/bin/sh\n{settings}exec '{program}' \"$@\"\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return script
