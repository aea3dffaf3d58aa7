"""Photos as they are kept: decoded and written anew, so that nothing is left of what a phone adds
(place, device, owner, a second picture, a file of another kind behind the first)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from crm.text import N_
from field_api.errors import HttpRefusal

MOST_PIXELS = 64_000_000  # 192 MB decoded
SMALL_PIXELS = 480  # the longer side of a thumbnail
SMALL_QUALITY = 82
WEBP_QUALITY = JPEG_QUALITY = 90
AT_ONCE = 2  # photos decoded, for each takes a lot of memory
PATIENCE_S = 10.0
LOSSLESS_WEBP = b"VP8L"
OPENED = ("JPEG", "PNG", "WEBP", "HEIF")  # as far as this machine's Pillow reads them
WRITTEN = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "HEIF": "JPEG"}
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_slots = threading.BoundedSemaphore(AT_ONCE)


class NotAPhoto(HttpRefusal):
    """Bytes that are no picture of a kind that is taken in."""

    status = 415
    code = "not_a_photo"

    def __init__(self) -> None:
        super().__init__(N_("This is no photo that can be read; send a whole JPEG, PNG or WebP."))


class TooManyPixels(HttpRefusal):
    """A picture that is small as a file and huge in memory."""

    status = 422
    code = "too_many_pixels"

    def __init__(self) -> None:
        text = N_("The photo has more than {most} pixels; send a smaller one.")
        super().__init__(text, most=MOST_PIXELS)


class PhotosBusy(HttpRefusal):
    """More photos come in at once than can be decoded."""

    status = 503
    code = "photos_busy"

    def __init__(self) -> None:
        text = N_("Many photos are coming in; send this one again in a moment.")
        super().__init__(text, headers={"Retry-After": "5"})


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo as it is kept; width and height in pixels, upright."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        """Of a file's name."""
        return ENDINGS[self.media_type]


def cleaned(sent: bytes) -> Photo:
    """A photo turned upright, without anything but its pixels. A JPEG keeps its own tables of
    quality, PNG and lossless WebP lose nothing. Raises `NotAPhoto`, `TooManyPixels`,
    `PhotosBusy`."""
    with _slot():
        try:
            with Image.open(BytesIO(sent), formats=_readable()) as opened:
                _refuse_huge(opened)
                return _written(opened, sent)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise TooManyPixels from None
        except HttpRefusal:
            raise
        except Exception:  # a decoder that is fed with anything may raise anything
            raise NotAPhoto from None


def small(kept: bytes) -> bytes:
    """A JPEG of a kept photo with a longer side of at most `SMALL_PIXELS`."""
    with _slot(), Image.open(BytesIO(kept), formats=_readable()) as opened:
        opened.draft("RGB", (2 * SMALL_PIXELS, 2 * SMALL_PIXELS))  # JPEG: decode no more of it
        picture = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
        picture.thumbnail((SMALL_PIXELS, SMALL_PIXELS))
        if picture.mode == "RGBA":
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture).convert("RGB")
        return _saved(picture, "JPEG", quality=SMALL_QUALITY)


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=PATIENCE_S):
        raise PhotosBusy
    try:
        yield
    finally:
        _slots.release()


def _readable() -> tuple[str, ...]:
    Image.init()
    return tuple(kind for kind in OPENED if kind in Image.OPEN)


def _refuse_huge(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise TooManyPixels


def _written(opened: Image.Image, sent: bytes) -> Photo:
    kind = WRITTEN[str(opened.format)]
    options = _like_the_sent(opened, kind, sent)
    upright = ImageOps.exif_transpose(opened)
    clear = opened.has_transparency_data and kind != "JPEG"
    picture = upright.convert("RGBA" if clear else "L" if upright.mode in ("1", "L") else "RGB")
    return Photo(
        content=_saved(picture, kind, **options),
        media_type=MEDIA_TYPES[kind],
        width=picture.width,
        height=picture.height,
    )


def _like_the_sent(opened: Image.Image, kind: str, sent: bytes) -> dict[str, Any]:
    """How to write a picture so that it loses as little as can be."""
    if kind == "WEBP":
        return {"lossless": True} if sent[12:16] == LOSSLESS_WEBP else {"quality": WEBP_QUALITY}
    if isinstance(opened, JpegImagePlugin.JpegImageFile) and opened.mode in ("L", "RGB"):
        tables = [list(table) for table in opened.quantization.values()]
        sampling = JpegImagePlugin.get_sampling(opened)
        return {"qtables": tables} | ({"subsampling": sampling} if sampling >= 0 else {})
    return {} if kind == "PNG" else {"quality": JPEG_QUALITY}


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    picture.info = {}  # what a picture was opened with is written again otherwise
    kept = BytesIO()
    picture.save(kept, kind, **options)
    return kept.getvalue()
