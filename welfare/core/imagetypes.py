"""What kind of picture some bytes are, by their first few, whatever the file is called."""

from enum import StrEnum


class ImageType(StrEnum):
    """Kinds told apart; the values of those that are taken are Pillow's names."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    HEIC = "HEIC"
    OTHER = "OTHER"


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OTHER_STARTS = (
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
    b"\xff\x0a",
    b"8BPS",
    b"\x00\x00\x00\x0cjP  ",
    b"\x00\x00\x00\x0cJXL ",
)


def sniff(data: bytes) -> ImageType | None:
    """The kind of picture, or None for what is none.

    Only full signatures at the very start count, unlike a library that looks for the best of many
    guesses: a text that begins with a few lucky letters must not reach a decoder.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return ImageType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageType.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ImageType.WEBP
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ImageType.GIF
    if data[4:8] == b"ftyp":
        return _brand(data)
    bitmap = data[:2] == b"BM" and data[6:10] == bytes(4)
    return ImageType.OTHER if bitmap or data.startswith(_OTHER_STARTS) else None


def _brand(data: bytes) -> ImageType | None:
    brands = {data[8:12]} | {data[at : at + 4] for at in range(16, min(len(data), 48), 4)}
    if b"avif" in brands or b"avis" in brands:
        return ImageType.OTHER
    return ImageType.HEIC if brands & _HEIC_BRANDS else None
