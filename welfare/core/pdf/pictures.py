"""Photographs on papers: shown when they can be read, named as unreadable when they cannot."""

import io
import warnings

from PIL import Image

MAX_PIXELS = 50_000_000
"""More pixels than this are not decoded: about three times what the upload lets through."""

_FORMATS = ("JPEG", "PNG", "WEBP")


def readable(data: bytes) -> bool:
    """Whether `data` is a whole JPEG, PNG or WebP picture of a sensible size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    return False
                picture.load()
    except Exception:  # Pillow raises many kinds for broken files; each means "unreadable"
        return False
    return True
