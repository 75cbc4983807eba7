"""The only things a paper can reach: our own assets by name, and bytes given by the caller.

    asset:seal.svg         a file of ours, in `assets/` or `fonts/`
    picture:<name>         a photograph given to `render`
    drawing:<name>         SVG or PNG drawn by us (a QR code), given to `render`

Everything else is refused: files, the network, `data:`. What a citizen wrote can therefore never
make the server read or send anything.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

from welfare.core.pdf import stand_ins

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "assets", _HERE / "fonts")
_TYPES = {".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png"}


_OURS = {"emblem.svg": "seal.svg"}
"""The emblem of letters is the seal, until the municipality gives another."""


class AddressRefused(ValueError):
    """A paper asked for an address that papers may not reach."""


@lru_cache(maxsize=64)
def asset(name: str) -> bytes:
    """The bytes of one of our own files, by its plain name; `AddressRefused` if there is none."""
    if Path(name).name != name or Path(name).suffix not in _TYPES:
        raise AddressRefused("not an asset name")
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    raise AddressRefused("no such asset")


def drawn_now(name: str) -> tuple[bytes, str]:
    """What papers carry by this name, the municipality's own or ours, and its media type."""
    own = stand_ins.own(name)
    if own is not None:
        return own, _drawing_type(own)
    name = _OURS.get(name, name)
    return asset(name), _TYPES[Path(name).suffix]


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """WeasyPrint's door to the outside, with everything outside left out."""

    def __init__(
        self,
        pictures: Mapping[str, bytes] | None = None,
        drawings: Mapping[str, bytes] | None = None,
    ) -> None:
        super().__init__(allowed_protocols=frozenset(), allow_redirects=False)
        self._pictures = dict(pictures or {})
        self._drawings = dict(drawings or {})

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes behind `url`; `AddressRefused` for anything that is not ours."""
        scheme, _, name = url.partition(":")
        if scheme == "asset":
            return _answer(url, *drawn_now(name))
        if scheme == "picture" and name in self._pictures:
            return _answer(url, self._pictures[name], "application/octet-stream")
        if scheme == "drawing" and name in self._drawings:
            return _answer(url, self._drawings[name], _drawing_type(self._drawings[name]))
        raise AddressRefused(f"papers cannot reach {scheme}:")


def _drawing_type(data: bytes) -> str:
    return "image/png" if data.startswith(b"\x89PNG") else "image/svg+xml"


def _answer(url: str, body: bytes, content_type: str) -> URLFetcherResponse:
    return URLFetcherResponse(url, body, {"Content-Type": content_type})
