"""Where and with what a figure was measured."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")


def machine() -> str:
    """The processor, its cores and the system."""
    model = platform.processor() or platform.machine()
    if CPU_INFO.is_file():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                model = value.strip()
                break
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def versions(packages: Iterable[str]) -> str:
    """Python's and the packages' versions; one that is not installed is left out."""
    found = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def provenance(today: date, packages: Iterable[str]) -> str:
    """The sentence under a table."""
    return f"Measured on {today} with {versions(packages)} on one thread of {machine()}."
