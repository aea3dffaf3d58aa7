"""The scripts and styles that every map carries inside it. Nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LEAFLET = "vendor/leaflet/leaflet"


class AssetMissingError(RuntimeError):
    """The package was not built; the message says how."""


def scripts(*names: str) -> tuple[str, ...]:
    """Leaflet and our scripts of these names, in order."""
    return tuple(_read(f"{name}.js") for name in (LEAFLET, *names))


def styles(*names: str) -> str:
    """Leaflet's style sheet and ours of these names in one; a script need not have one."""
    return own_styles(LEAFLET, *(n for n in names if (FOLDER / f"{n}.css").is_file()))


def own_styles(*names: str) -> str:
    """Our style sheets of these names, for pages without a map."""
    return "\n".join(_read(f"{name}.css") for name in names)


@cache
def _read(name: str) -> str:
    path = FOLDER / name
    if not path.is_file():
        raise AssetMissingError(
            f"{path} is missing: it comes into the package when it is installed. "
            "Run: pip install --no-deps -e ."
        )
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        # Leaflet's own pictures (layer switch, pin) are not used by any map of ours.
        return re.sub(r"url\(images/[^)]*\)", "none", text)
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
