"""Photos that people send, made over into plain JPEGs before anything else sees them.

What is kept is decoded and written anew: no location, camera or other metadata, no bytes of the
original, a bounded size. The type is told by content, never by name; pixels are counted from the
header, before any of them is decoded.
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Final

from PIL import Image, ImageFile

from welfare.core.imagetypes import ImageType, sniff

MAX_PIXELS: Final = 80_000_000
MAX_EDGE: Final = 2048
THUMBNAIL_EDGE: Final = 320
_QUALITY: Final = 82
_ORIENTATION: Final = 0x0112

#: A JPEG can be scaled while it is decoded; the others are decoded whole and may have this share.
_WHOLE_SHARE: Final = 0.5

#: Passes over the picture a progressive JPEG may ask for; cameras make at most about 14.
_MAX_SCANS: Final = 100

_TURN: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureFault(ValueError):
    """A photo that cannot be taken; ``code`` says why, for the form to put into words."""

    code: ClassVar[str] = "picture"
    message: ClassVar[str] = "This picture cannot be used"

    def __init__(self) -> None:
        super().__init__(self.message)


class NotAnImage(PictureFault):
    """The content is no picture, whatever the file is called."""

    code = "picture_not_an_image"
    message = "This file is not a picture. Send a photo (JPEG, PNG, WebP or GIF)"


class UnsupportedImage(PictureFault):
    """A picture of a kind that is not taken (TIFF, BMP, AVIF…)."""

    code = "picture_unsupported"
    message = "Pictures of this kind cannot be used. Send a photo as JPEG or PNG"


class HeicImage(UnsupportedImage):
    """An iPhone's own form, which cannot be read here."""

    code = "picture_heic"
    message = "This phone keeps photos in a form that cannot be read. Send it as JPEG"


class TooLarge(PictureFault):
    """More bytes than allowed."""

    code = "picture_too_large"
    message = "This photo is too large to send"


class TooManyPixels(PictureFault):
    """More pixels than allowed, by the header."""

    code = "picture_too_many_pixels"
    message = "This picture has too many pixels. Send a smaller one"


class Damaged(PictureFault):
    """It begins as a picture but cannot be read to the end."""

    code = "picture_damaged"
    message = "This picture is damaged or was not sent whole. Send it again"


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG as it is stored: its bytes, size in pixels, SHA-256 (hex) and a small JPEG of it."""

    data: bytes
    width: int
    height: int
    sha256: str
    thumbnail: bytes


def reencode(
    data: bytes, *, max_bytes: int, max_pixels: int = MAX_PIXELS, max_edge: int = MAX_EDGE
) -> Picture:
    """The photo as a new JPEG, upright, at most ``max_edge`` pixels on its longer side.

    ``max_bytes`` and ``max_pixels`` bound what is taken in (formats that cannot be scaled while
    decoding: half the pixels). Of an animation the first picture is kept; transparency
    becomes white. Raises a :class:`PictureFault`.
    """
    if len(data) > max_bytes:
        raise TooLarge
    image = _decode(data, _checked_type(data), max_pixels, max_edge)
    jpeg, thumbnail = _as_jpeg(image), _as_jpeg(_fit(image, THUMBNAIL_EDGE))
    return Picture(jpeg, image.width, image.height, sha256(jpeg).hexdigest(), thumbnail)


SHARP_EDGE: Final = 1000


def reencode_sharp(data: bytes, *, max_bytes: int = 5_000_000) -> bytes:
    """A drawing (a seal) as a new PNG on white, at most 1,000 pixels on its longer side.

    Raises a :class:`PictureFault` as :func:`reencode` does.
    """
    if len(data) > max_bytes:
        raise TooLarge
    image = _decode(data, _checked_type(data), MAX_PIXELS, SHARP_EDGE)
    image.info.clear()
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _checked_type(data: bytes) -> ImageType:
    kind = sniff(data)
    if kind is None:
        raise NotAnImage
    if kind is ImageType.HEIC:
        raise HeicImage
    if kind is ImageType.OTHER:
        raise UnsupportedImage
    return kind


def _decode(data: bytes, kind: ImageType, max_pixels: int, max_edge: int) -> Image.Image:
    # WeasyPrint lets Pillow fill up pictures that were cut short, for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=[kind.value]) as source:
            _bound(source, data, kind, max_pixels)
            source.draft("RGB", (max_edge, max_edge))
            turn = _TURN.get(_orientation(source))
            small = _fit(_straight(source), max_edge)
            flat = _flat(small)
            return flat.transpose(turn) if turn is not None else flat
    except PictureFault:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except Exception as error:  # decoders raise whatever their parsing of bad bytes ran into
        raise Damaged from error


def _bound(source: Image.Image, data: bytes, kind: ImageType, max_pixels: int) -> None:
    """Refuse by the header what would take too much memory or time to decode."""
    jpeg = kind is ImageType.JPEG
    allowed = max_pixels if jpeg else max_pixels * _WHOLE_SHARE
    if source.width * source.height > allowed:
        raise TooManyPixels
    if jpeg and data.count(b"\xff\xda") > _MAX_SCANS:
        raise Damaged


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(_ORIENTATION, 1))
    except Exception:  # metadata only: a photo with broken EXIF is still a photo
        return 1


def _straight(source: Image.Image) -> Image.Image:
    """The first picture in a mode that can be scaled: RGB, or RGBA where something is clear."""
    source.load()
    if source.mode.startswith("I"):
        return source.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if source.has_transparency_data:
        return source.convert("RGBA")
    return source.convert("RGB")


def _fit(image: Image.Image, edge: int) -> Image.Image:
    scale = edge / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _as_jpeg(image: Image.Image) -> bytes:
    """Written without any of the source's metadata (Pillow would carry over what ``info`` has)."""
    bare = image.copy()
    bare.info.clear()
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY, exif=b"")
    return written.getvalue()
