"""Photos are kept upright and without what a phone tells; what is none is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from field_api import photos
from field_api.photos import NotAPhoto, PhotosBusy, TooManyPixels, cleaned, small
from tests.support.pictures import GPS, MAKER, ORIENTATION, a_photo, opened


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_place_and_device(kind):
    sent = a_photo(kind)
    assert MAKER.encode() in sent
    assert opened(sent).getexif().get_ifd(GPS)
    kept = cleaned(sent)
    assert MAKER.encode() not in kept.content
    assert dict(opened(kept.content).getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(
        opened(kept.content).info
    )


def test_a_text_of_a_png_goes():
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_itxt("Author", MAKER)
    sent = a_photo("PNG", tell=False, pnginfo=told)
    assert MAKER.encode() in sent
    assert MAKER.encode() not in cleaned(sent).content


def test_what_lies_behind_a_picture_goes():
    sent = a_photo(tell=False) + b"PK\x03\x04" + MAKER.encode()
    assert MAKER.encode() not in cleaned(sent).content


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_upright(kind, orientation, size):
    kept = cleaned(a_photo(kind, orientation=orientation))
    assert (kept.width, kept.height) == opened(kept.content).size == size
    assert ORIENTATION not in opened(kept.content).getexif()


def test_turning_turns_the_right_way():
    picture = Image.new("RGB", (64, 32), "black")
    picture.paste("white", (0, 0, 32, 32))  # the left half
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # taken upright: the left is the top
    sent = BytesIO()
    picture.save(sent, "JPEG", exif=exif)
    kept = opened(cleaned(sent.getvalue()).content)
    assert kept.getpixel((16, 8))[0] > 200
    assert kept.getpixel((16, 56))[0] < 50


@pytest.mark.parametrize("quality", [30, 75, 96])
def test_a_jpeg_keeps_its_quality(quality):
    sent = a_photo(quality=quality)
    assert opened(cleaned(sent).content).quantization == opened(sent).quantization


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_what_is_lossless_stays_as_it_is(kind, options):
    noise = Image.effect_noise((50, 30), 80).convert("RGB")
    sent = BytesIO()
    noise.save(sent, kind, **options)
    assert opened(cleaned(sent.getvalue()).content).tobytes() == noise.tobytes()


@pytest.mark.parametrize(
    ("kind", "mode", "after"),
    [
        *(("JPEG", "L", "L"), ("JPEG", "CMYK", "RGB"), ("PNG", "1", "L"), ("PNG", "P", "RGB")),
        *(("PNG", "RGBA", "RGBA"), ("PNG", "LA", "RGBA"), ("WEBP", "RGBA", "RGBA")),
    ],
)
def test_colours_of_all_kinds(kind, mode, after):
    kept = cleaned(a_photo(kind, mode=mode, tell=False))
    assert opened(kept.content).mode == after
    assert opened(small(kept.content)).mode == "RGB"


@pytest.mark.parametrize(("size", "after"), [((1200, 900), (480, 360)), ((30, 20), (30, 20))])
def test_a_small_picture(size, after):
    assert opened(small(cleaned(a_photo(size=size)).content)).size == after


def bomb(side):
    """A PNG of a few hundred bytes that says it is `side` pixels wide and high."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = (("IHDR", head), ("IDAT", zlib.compress(b"\0" * 1000)), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(k.encode(), data) for k, data in parts)


@pytest.mark.parametrize("side", [8001, 10_000, 20_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_read(side):
    with pytest.raises(TooManyPixels):
        cleaned(bomb(side))


WHOLE = a_photo(size=(400, 300))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script>",
        b"\0\0\0\x18ftypheic" + b"\0" * 100,
        a_photo("GIF", mode="P", tell=False),
        a_photo("TIFF", tell=False),
        a_photo("BMP", tell=False),
        WHOLE[: len(WHOLE) // 2],
        a_photo("PNG", size=(400, 300))[:-400],
    ],
)
def test_what_is_no_photo_is_refused(sent):
    with pytest.raises(NotAPhoto):
        cleaned(sent)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    at=st.integers(0, len(WHOLE) - 1),
    put=st.binary(max_size=20),
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
)
def test_no_damage_does_worse_than_being_refused(at, put, kind):
    whole = a_photo(kind, size=(64, 48))
    at %= len(whole)
    try:
        kept = cleaned(whole[:at] + put + whole[at + len(put) :])
    except (NotAPhoto, TooManyPixels):
        return
    assert opened(kept.content).size == (kept.width, kept.height)


def test_too_many_at_once_are_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(photos, "PATIENCE_S", 0.01)
    taken = [photos._slots.acquire() for _ in range(photos.AT_ONCE)]
    try:
        with pytest.raises(PhotosBusy):
            cleaned(WHOLE)
    finally:
        for _ in taken:
            photos._slots.release()
    assert cleaned(WHOLE).width == 400
