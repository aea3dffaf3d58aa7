"""Brings the road engine: OSRM's own programs out of the wheel `osrm-bindings`.

The wheel is for Python 3.12 and later, but the programs in it ask for no Python at all; so it is
downloaded like any package, with its hash, and unpacked instead of installed.
"""

import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from crm.text import N_
from field_api.roads.engine import (
    PINS,
    PROGRAMS,
    Engine,
    NoEngine,
    find_engine,
    pinned_version,
    roads_folder,
)

WHEELS_FOR = "3.12"  # the oldest Python that the wheel is made for
PROGRAMS_IN_WHEEL = PurePosixPath("osrm/bin")
PROFILES_IN_WHEEL = PurePosixPath("osrm/share/profiles")
EXECUTABLE = 0o755
PATIENCE_S = 600  # with a registry; the wheel is 21 MB


def fetch_engine(data_dir: Path, *, pins: Path = PINS) -> Engine:
    """The engine, downloaded unless it is there. It appears whole or not at all.

    `pins` is a requirements file of one line, with hashes. Raises NoEngine when no registry that
    pip knows has it for this machine, or when its programs do not run here.
    """
    if engine := find_engine(data_dir, pins=pins):
        return engine
    roads = roads_folder(data_dir)
    roads.mkdir(parents=True, exist_ok=True)
    version = pinned_version(pins)
    with tempfile.TemporaryDirectory(dir=roads, prefix=".part-") as part:
        wheel = _download(pins, Path(part) / "wheel")
        fresh = Engine(folder=(Path(part) / "engine").absolute(), version=version)
        _unpack(wheel, fresh.folder)
        _try(fresh)
        target = roads / f"engine-{version}"
        try:
            fresh.folder.rename(target)
        except OSError:
            if not target.is_dir():  # another process that fetched it too was first
                raise
    return Engine(folder=target.absolute(), version=version)


def _download(pins: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--python-version", WHEELS_FOR]
    command += ["--require-hashes", "--requirement", str(pins), "--dest", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  (our own words)
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise _not_had(pins, f"no answer within {PATIENCE_S} s") from None
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        complaints = [line for line in done.stderr.splitlines() if "ERROR" in line]
        raise _not_had(pins, (complaints or done.stderr.splitlines() or ["?"])[-1].strip())
    return wheels[0]


def _not_had(pins: Path, cause: str) -> NoEngine:
    return NoEngine(
        N_(
            "The road engine {version} cannot be had for this machine ({machine}): {cause}. "
            "Check that pip reaches a registry, or run OSRM elsewhere and name its address."
        ),
        version=pinned_version(pins),
        machine=f"{sys.platform} {platform.machine()}",
        cause=cause,
    )


def _unpack(wheel: Path, folder: Path) -> None:
    """The programs, the profiles with what they include, and the licences; nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            if member.is_dir() or ".." in path.parts:
                continue
            if path.parent == PROGRAMS_IN_WHEEL and path.name in PROGRAMS:
                target = folder / "bin" / path.name
            elif path.is_relative_to(PROFILES_IN_WHEEL):
                target = folder / "profiles" / path.relative_to(PROFILES_IN_WHEEL)
            elif "licenses" in path.parts:
                target = folder / path.name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, target.open("wb") as file:
                shutil.copyfileobj(packed, file)
            if target.parent.name == "bin":
                target.chmod(EXECUTABLE)


def _try(engine: Engine) -> None:
    for name in PROGRAMS:
        try:
            done = subprocess.run(  # noqa: S603
                [engine.program(name), "--version"], capture_output=True, text=True, check=False
            )
        except OSError as error:
            raise _does_not_run(engine, name, str(error.strerror)) from error
        if done.returncode != 0:
            raise _does_not_run(engine, name, (done.stderr.splitlines() or ["?"])[-1])


def _does_not_run(engine: Engine, name: str, cause: str) -> NoEngine:
    return NoEngine(
        N_(
            "The road engine {version} was downloaded, but {name} does not run on this machine: "
            "{cause}. Run OSRM elsewhere and name its address."
        ),
        version=engine.version,
        name=name,
        cause=cause,
    )
