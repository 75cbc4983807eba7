"""Photos are made over: bounded, upright, bare of metadata; the rest is refused with a reason."""

import io
import time
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from welfare.core import images
from welfare.core.images import Picture, PictureFault, reencode

PLENTY = 50_000_000


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def take(data: bytes) -> Picture:
    return reencode(data, max_bytes=PLENTY)


def halves(size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "blue"), (size[0] // 2, 0))
    return image


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_kinds_that_are_taken(kind: str) -> None:
    picture = take(encoded(halves(), kind))
    image = opened(picture.data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (80, 40))
    assert (picture.width, picture.height) == (80, 40)
    assert near(image.getpixel((10, 20)), (255, 0, 0))
    assert near(image.getpixel((70, 20)), (0, 0, 255))


def test_a_photo_of_forty_megapixels_is_taken() -> None:
    data = encoded(Image.linear_gradient("L").resize((7300, 5500)).convert("RGB"))
    start = time.process_time()
    picture = take(data)
    assert time.process_time() - start < 4
    assert (picture.width, picture.height) == (2048, 1543)
    assert max(opened(picture.thumbnail).size) == 320


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_and_bare(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    upright = halves((64, 32))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    data = encoded(stored, exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile" * 20)
    assert b"SecretCamera" in data
    picture = take(data)
    assert (picture.width, picture.height) == (64, 32)
    image = opened(picture.data)
    assert near(image.getpixel((8, 16)), (255, 0, 0))
    assert near(image.getpixel((56, 16)), (0, 0, 255))
    for kept in (picture.data, picture.thumbnail):
        assert b"Secret" not in kept
        assert b"Exif" not in kept
        assert not opened(kept).getexif()


def test_png_texts_and_webp_metadata_go() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    for kind in ("PNG", "WEBP"):
        data = encoded(halves(), kind, exif=exif, xmp=b"<SecretXmp/>", icc_profile=b"Secret" * 30)
        assert b"Secret" in data
        assert b"Secret" not in take(data).data


def test_what_is_hidden_behind_the_picture_goes() -> None:
    assert b"<script>" not in take(encoded(halves()) + b"<script>alert(1)</script>").data


def test_modes() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert opened(take(encoded(clear, "PNG")).data).getpixel((5, 5)) == (255, 255, 255)
    palette = clear.quantize()
    assert take(encoded(palette, "PNG")).width == 20
    deep = Image.new("I;16", (20, 20), 65535)
    assert opened(take(encoded(deep, "PNG")).data).getpixel((5, 5)) == (255, 255, 255)
    black = Image.new("I;16", (20, 20), 0)
    assert opened(take(encoded(black, "PNG")).data).getpixel((5, 5)) == (0, 0, 0)
    for mode in ("L", "1", "CMYK"):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        assert opened(take(encoded(Image.new(mode, (20, 20)), kind)).data).mode == "RGB"


def test_of_an_animation_the_first_picture() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
        assert near(opened(take(data).data).getpixel((5, 5)), (255, 0, 0))


def test_long_and_thin() -> None:
    picture = take(encoded(Image.new("RGB", (9000, 2)), "PNG"))
    assert (picture.width, picture.height) == (2048, 1)


def test_the_same_photo_gives_the_same_hash() -> None:
    data = encoded(halves())
    assert take(data) == take(data)
    assert len(take(data).sha256) == 64
    assert take(data).sha256 != take(encoded(halves((80, 42)))).sha256


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", images.NotAnImage),
        (b"this is a text called photo.jpg", images.NotAnImage),
        ("ข้อความ".encode(), images.NotAnImage),
        (b"%PDF-1.7 ...", images.NotAnImage),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", images.NotAnImage),
        (b"BM is how this text begins", images.NotAnImage),
        (b"PK\x03\x04" + bytes(40), images.NotAnImage),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), images.NotAnImage),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40), images.HeicImage),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + bytes(40), images.HeicImage),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1" + bytes(40), images.UnsupportedImage),
        (b"\xff\xd8\xff", images.Damaged),
        (b"\xff\xd8\xff\xe0" + bytes(100), images.Damaged),
        (b"\x89PNG\r\n\x1a\n", images.Damaged),
        (b"GIF89a", images.Damaged),
        (b"RIFF\x00\x00\x00\x00WEBP", images.Damaged),
    ],
)
def test_refused_with_a_reason(data: bytes, fault: type[PictureFault]) -> None:
    with pytest.raises(fault) as caught:
        take(data)
    assert type(caught.value) is fault
    assert caught.value.code.startswith("picture_")
    assert str(caught.value) == fault.message


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_other_pictures_are_named_as_such(kind: str) -> None:
    with pytest.raises(images.UnsupportedImage):
        take(encoded(halves(), kind))


def test_bounds() -> None:
    data = encoded(halves((100, 100)))
    with pytest.raises(images.TooLarge):
        reencode(data, max_bytes=len(data) - 1)
    assert reencode(data, max_bytes=len(data), max_pixels=10_000)
    with pytest.raises(images.TooManyPixels):
        reencode(data, max_bytes=PLENTY, max_pixels=9_999)
    with pytest.raises(images.TooManyPixels):
        reencode(encoded(halves((100, 100)), "PNG"), max_bytes=PLENTY, max_pixels=19_999)
    assert reencode(data, max_bytes=PLENTY, max_edge=50).width == 50


@pytest.mark.parametrize("size", [(9000, 9000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    data = bytearray(encoded(Image.new("L", (8, 8)), "PNG"))
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    start = time.process_time()
    with pytest.raises(images.TooManyPixels):
        take(bytes(data))
    assert time.process_time() - start < 0.5


def test_a_jpeg_of_endless_passes_is_refused() -> None:
    data = encoded(halves(), progressive=True)
    scan = data[data.index(b"\xff\xda") : -2]
    with pytest.raises(images.Damaged):
        take(data[:-2] + scan * 200 + data[-2:])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_broken_bytes_are_a_fault_or_a_picture(kind: str, data: st.DataObject) -> None:
    whole = bytearray(encoded(halves(), kind))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    try:
        assert max(opened(take(bytes(whole[:cut])).data).size) <= 2048
    except PictureFault as fault:
        assert fault.code in {
            "picture_damaged", "picture_not_an_image", "picture_too_many_pixels",
            "picture_unsupported", "picture_heic",
        }  # fmt: skip


def test_a_photo_cut_short_on_the_way_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    data = encoded(Image.effect_noise((400, 400), 80).convert("RGB"))
    with pytest.raises(images.Damaged):
        take(data[: len(data) // 2])


@pytest.mark.filterwarnings("ignore:.*EXIF")  # Pillow's note on it
def test_broken_exif_does_not_cost_the_photo() -> None:
    data = encoded(halves(), exif=b"Exif\x00\x00II*\x00\xff\xff\xff\x7fgarbage")
    assert take(data).width == 80
