"""Where the road engine's programs and what they made lie under the data folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crm.errors import Refused
from crm.text import N_

Profile = Literal["car", "bicycle", "foot"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
PROGRAMS = ("osrm-extract", "osrm-partition", "osrm-customize", "osrm-routed")
PINS = Path(__file__).parent / "engine.txt"
BYTES_A_KB = 1_000
BYTES_A_MB = 1_000_000


class NoEngine(Refused):
    """This machine has no road engine of its own, and cannot get or run one."""


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Programs that were unpacked and run here."""

    folder: Path
    version: str

    def program(self, name: str) -> str:
        """The path of one of its PROGRAMS."""
        return str(self.folder / "bin" / name)

    def profile(self, profile: Profile) -> str:
        """The path of a way of travelling, as `osrm-extract` reads it."""
        return str(self.folder / "profiles" / f"{profile}.lua")


def pinned_version(pins: Path = PINS) -> str:
    """The version that a file of pins names."""
    return pins.read_text("utf-8").split("==")[1].split()[0]


def roads_folder(data_dir: Path) -> Path:
    """Where everything about roads lies."""
    return data_dir / "roads"


def backgrounds_folder(data_dir: Path) -> Path:
    """Where the maps' backgrounds lie that were drawn of extracts."""
    return roads_folder(data_dir) / "backgrounds"


def find_engine(data_dir: Path, *, pins: Path = PINS) -> Engine | None:
    """The engine that was fetched; None: not yet."""
    version = pinned_version(pins)
    folder = roads_folder(data_dir) / f"engine-{version}"
    return Engine(folder=folder.absolute(), version=version) if folder.is_dir() else None


def the_engine(data_dir: Path) -> Engine:
    """The engine that was fetched. Raises NoEngine."""
    if engine := find_engine(data_dir):
        return engine
    raise NoEngine(
        N_("There is no road engine in {folder} yet; run `callcycle roads fetch`."),
        folder=roads_folder(data_dir),
    )
