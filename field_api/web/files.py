"""The scripts, styles and pictures of the pages, each under an address that says its contents.

All of them lie under `/static/<release>/`, where the release is a digest of all files: what is
loaded once is kept for good, and a new release is another address.
"""

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from field_api.wording import LANGUAGES, Language, say
from maps.assets import own_styles

FOLDER = Path(__file__).parent / "static"
SAID = re.compile(r"""\b(?:t|mark)\(\s*("(?:[^"\\]|\\.)*")""")  # a text in a script
SCRIPT = "text/javascript; charset=utf-8"
TYPES = {".js": SCRIPT, ".json": "application/json", ".svg": "image/svg+xml"}
SMALLEST_PACKED = 512  # bytes; less is not worth packing
RELEASE_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class PageFile:
    """A file as it is sent; `packed` is gzip, None where packing gains nothing."""

    content: bytes
    media_type: str
    packed: bytes | None


@cache
def all_files() -> dict[str, PageFile]:
    """The files by their path, such as `phone/main.js`."""
    found = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    found["style/colours.css"] = own_styles("colours").encode()
    for page in ("desk", "phone"):
        scripts = [text.decode() for name, text in found.items() if _is_script_of(page, name)]
        for language in LANGUAGES:
            found[f"texts/{page}-{language}.json"] = _texts(language, scripts)
    return {name: _file(name, content) for name, content in sorted(found.items())}


@cache
def release() -> str:
    """A digest of all files and templates: another one, and phones fetch them anew."""
    digest = hashlib.sha256()
    for name, file in all_files().items():
        digest.update(name.encode() + b"\0" + file.content + b"\0")
    for template in sorted((Path(__file__).parent / "templates").rglob("*.html")):
        digest.update(template.read_bytes() + b"\0")
    return digest.hexdigest()[:RELEASE_LENGTH]


def address(name: str) -> str:
    """Where a file is fetched from. Raises `KeyError` for one that is not there."""
    all_files()[name]
    return f"/static/{release()}/{name}"


def _is_script_of(page: str, name: str) -> bool:
    """Whether a script says texts on the desk, or on the phone and where people log in."""
    if not name.endswith(".js") or name.startswith("vendor/"):
        return False
    return name.startswith("desk/") == (page == "desk")


def _file(name: str, content: bytes) -> PageFile:
    suffix = Path(name).suffix
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(content, mtime=0) if len(content) >= SMALLEST_PACKED else content
    worth = len(packed) < len(content)
    return PageFile(content=content, media_type=media_type, packed=packed if worth else None)


def _texts(language: Language, scripts: list[str]) -> bytes:
    """What the scripts say in a language, by the English text, where it is another."""
    said = {json.loads(text) for script in scripts for text in SAID.findall(script)}
    told = {text: say(language, text) for text in sorted(said)}
    other = {text: words for text, words in told.items() if words != text}
    return json.dumps(other, ensure_ascii=False).encode()
