"""Files too large to be held in memory, encrypted piece by piece.

Format, key id and salt, then pieces of one mebibyte, each with its tag. Each file has a key of its
own; the nonce counts the pieces and marks the last, so that none can be left out, moved or cut off
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cryptography.exceptions import InvalidTag

from welfare.core.security.crypto import FORMAT, KEY_ID_LENGTH, file_cipher, unseal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PIECES = b"\x02"
SALT_LENGTH, TAG_LENGTH = 16, 16
PIECE = 1 << 20
"""Bytes of content in each piece but the last."""


class Sink(Protocol):
    """What the encrypted bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take them."""


class SealingWriter(io.RawIOBase):
    """Takes the content, writes it encrypted for one purpose; ``size``: bytes of content so far.
    What was not finished does not open."""

    def __init__(self, out: Sink, *, purpose: str) -> None:
        super().__init__()
        salt = os.urandom(SALT_LENGTH)
        key_id, self._cipher = file_cipher(purpose, salt)
        self._out, self._purpose = out, purpose.encode()
        self._held, self._count, self.size = bytearray(), 0, 0
        out.write(PIECES + key_id + salt)

    def writable(self) -> bool:
        """It is: forward only."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take some content."""
        before = len(self._held)
        self._held += memoryview(data)
        taken = len(self._held) - before
        self.size += taken
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return taken

    def finish(self) -> None:
        """Write what is left, as the last piece."""
        self._piece(bytes(self._held), last=True)
        self._held.clear()

    def _piece(self, content: bytes, *, last: bool) -> None:
        nonce = _nonce(self._count, last=last)
        self._out.write(self._cipher.encrypt(nonce, content, self._purpose))
        self._count += 1


def opened(file: BinaryIO, *, purpose: str) -> Iterator[bytes]:
    """The content piece by piece, of a file that was written so or sealed whole; the file is closed
    at the end. ``ValueError`` where it was changed, cut off or moved."""
    with file:
        start = file.read(1)
        if start == FORMAT:
            yield unseal(start + file.read(), purpose=purpose)
            return
        try:
            key_id, salt = file.read(KEY_ID_LENGTH), file.read(SALT_LENGTH)
            _used, cipher = file_cipher(purpose, salt, key_id)
            count, here = 0, file.read(PIECE + TAG_LENGTH)
            while here:
                after = file.read(PIECE + TAG_LENGTH)
                nonce = _nonce(count, last=not after)
                yield cipher.decrypt(nonce, here, purpose.encode())
                count, here = count + 1, after
        except (KeyError, InvalidTag) as error:
            raise ValueError(f"a file of {purpose} cannot be opened") from error
        if not count:
            raise ValueError(f"a file of {purpose} is cut off")


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
