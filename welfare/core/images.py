"""Pictures people hand in: read with care, drawn anew, so that only the picture itself is kept.

Re-encoding drops every trace beside the pixels (where and when, by which phone) and whatever else
was hidden in the file. Size is judged from the header, before anything is decoded.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 32_000_000
LONGEST_SIDE = 2048
THUMBNAIL_SIDE = 320


class PictureFault(StrEnum):
    """Why a file is not taken."""

    NOT_A_PICTURE = "not_a_picture"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"


class BadPicture(ValueError):
    """The file cannot be used as a picture; ``fault`` says why."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Drawn:
    """A JPEG drawn anew, with its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept, and its thumbnail."""

    full: Drawn
    thumbnail: Drawn


def reencode(data: bytes) -> Picture:
    """Draw a JPEG, PNG or WebP anew: upright, at most 2048 pixels a side, nothing but pixels.

    Raises :class:`BadPicture`. Takes up to about 0.2 s: call it outside a transaction.
    """
    if len(data) > MAX_BYTES:
        raise BadPicture(PictureFault.TOO_LARGE)
    image = _opened(data)
    if image.width * image.height > MAX_PIXELS:
        raise BadPicture(PictureFault.TOO_MANY_PIXELS)
    try:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = _plain(ImageOps.exif_transpose(image))
        full = _drawn(upright, LONGEST_SIDE, quality=84)
        return Picture(full, _drawn(upright, THUMBNAIL_SIDE, quality=78))
    except Exception as error:  # Pillow raises many kinds for broken files
        raise BadPicture(PictureFault.BROKEN) from error


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise BadPicture(PictureFault.TOO_MANY_PIXELS) from error
    except Exception as error:
        raise BadPicture(PictureFault.NOT_A_PICTURE) from error


def _plain(image: Image.Image) -> Image.Image:
    """The first picture of the file in RGB, on white where it was see-through."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")


def _drawn(image: Image.Image, longest: int, *, quality: int) -> Drawn:
    copy = image.copy()
    copy.info.clear()
    copy.thumbnail((longest, longest))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=quality, optimize=True)
    return Drawn(out.getvalue(), copy.width, copy.height)
