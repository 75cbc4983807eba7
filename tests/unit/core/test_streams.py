"""Files encrypted piece by piece: what was changed, cut off or moved does not open."""

import io
from collections.abc import Iterator

import pytest

from welfare.core.security import crypto
from welfare.core.security.crypto import KeyRing, seal
from welfare.core.security.streams import PIECE, SealingWriter, opened


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(crypto, "_ring", KeyRing("k" * 40))
    yield


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, purpose="a")
    for at in range(0, len(content), 300_000):
        writer.write(content[at : at + 300_000])
    assert writer.size == len(content)
    writer.finish()
    return out.getvalue()


def read(kept: bytes, purpose: str = "a") -> bytes:
    return b"".join(opened(io.BytesIO(kept), purpose=purpose))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 9])
def test_what_goes_in_comes_out(size: int) -> None:
    content = bytes(size)
    assert read(sealed(content)) == content


def test_what_was_sealed_whole_opens_as_well() -> None:
    assert read(seal(b"old", purpose="a")) == b"old"


def test_what_is_not_as_it_was_written_does_not_open() -> None:
    kept = sealed(bytes(2 * PIECE + 9))
    head, piece = 1 + 4 + 16, PIECE + 16
    first, second = kept[head : head + piece], kept[head + piece : head + 2 * piece]
    for wrong in (
        kept[: head + 2 * piece],  # the last piece is missing
        kept[:-1],
        kept[:head] + second + first + kept[head + 2 * piece :],
        kept[:head] + second + kept[head + 2 * piece :],
        kept[: head + 5] + b"x" + kept[head + 6 :],
        kept[:head],
        kept[:3],
    ):
        with pytest.raises(ValueError, match="a file of a"):
            read(wrong)
    with pytest.raises(ValueError, match="a file of b"):
        read(kept, "b")
