"""A file that appears complete or not at all."""

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the name, then take the name. Raises OSError with nothing left behind."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
