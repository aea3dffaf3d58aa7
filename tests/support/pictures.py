"""Pictures as phones send them, small enough for tests."""

from io import BytesIO

from PIL import Image

MAKER = "Nosy Phone Works"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def a_photo(
    kind="JPEG", size=(60, 40), mode="RGB", color=200, orientation=1, tell=True, **options
) -> bytes:
    """A picture with its place, its device, comments and a profile written into it."""
    picture = Image.new(mode, size, color if mode in ("L", "P", "1") else (color,) * len(mode))
    if tell:
        exif = Image.Exif()
        exif[ORIENTATION], exif[MAKE] = orientation, MAKER
        exif.get_ifd(GPS).update({1: "N", 2: (35.0, 53.0, 56.0), 3: "E", 4: (14.0, 30.0, 52.0)})
        options |= {"exif": exif, "icc_profile": MAKER.encode() * 9}
        if kind != "PNG":
            options["xmp"] = f"<x:xmpmeta>{MAKER}</x:xmpmeta>".encode()
        if kind == "JPEG":
            options["comment"] = MAKER.encode()
    sent = BytesIO()
    picture.save(sent, kind, **options)
    return sent.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture read whole."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture
