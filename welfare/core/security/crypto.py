"""Personal data at rest: AES-GCM column encryption with key ids, and a keyed blind index.

The master key lives outside the database (``WELFARE_DATA_KEY``). Each column has keys of its
own, derived by HKDF, and is bound to its column by the associated data, so that a value moved to
another column does not open. Equal values show as equal in a blind index, and in nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

FORMAT = b"\x01"
KEY_ID_LENGTH = 4
NONCE_LENGTH = 12


class KeyRing:
    """The master keys: the first encrypts, all decrypt. A key's id is the start of its hash."""

    def __init__(self, *masters: str) -> None:
        if not masters or not all(masters):
            raise ValueError("a key ring needs at least one key")
        self._masters = {_key_id(master): master.encode() for master in masters}
        self.current = _key_id(masters[0])

    def derive(self, key_id: bytes, purpose: str) -> bytes:
        """The 32-byte key of one master for one purpose. ``KeyError`` when the key is gone."""
        return _derive(self._masters[key_id], purpose)


def _key_id(master: str) -> bytes:
    return hashlib.sha256(b"welfare key id:" + master.encode()).digest()[:KEY_ID_LENGTH]


@lru_cache(maxsize=256)
def _derive(master: bytes, purpose: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"welfare:" + purpose.encode())
    return hkdf.derive(master)


@lru_cache(maxsize=256)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


_ring: KeyRing | None = None


def use_keys(ring: KeyRing) -> None:
    """Set the key ring of this process; the application does it at its start."""
    global _ring
    _ring = ring


def _keys() -> KeyRing:
    if _ring is None:
        raise RuntimeError("no data key has been set")
    return _ring


def encrypt(text: str, *, column: str) -> bytes:
    """Encrypt text for one column: format, key id, nonce, ciphertext."""
    return seal(text.encode(), purpose=column)


def decrypt(sealed: bytes, *, column: str) -> str:
    """Open what ``encrypt`` sealed for this column; ``ValueError`` if it was changed or moved."""
    return unseal(sealed, purpose=column).decode()


def seal(content: bytes, *, purpose: str) -> bytes:
    """Encrypt the content of a file for one purpose, in the same form."""
    ring = _keys()
    nonce = os.urandom(NONCE_LENGTH)
    cipher = _cipher(ring.derive(ring.current, purpose))
    return FORMAT + ring.current + nonce + cipher.encrypt(nonce, content, purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Open what ``seal`` sealed for this purpose; ``ValueError`` if it was changed or moved."""
    start = len(FORMAT)
    key_id = sealed[start : start + KEY_ID_LENGTH]
    nonce_end = start + KEY_ID_LENGTH + NONCE_LENGTH
    try:
        key = _keys().derive(key_id, purpose)
        return _cipher(key).decrypt(
            sealed[start + KEY_ID_LENGTH : nonce_end], sealed[nonce_end:], purpose.encode()
        )
    except (KeyError, InvalidTag) as error:
        raise ValueError(f"a value in {purpose} cannot be opened") from error


def file_cipher(purpose: str, salt: bytes, key_id: bytes | None = None) -> tuple[bytes, AESGCM]:
    """The id of the master key, and a cipher for one file alone. ``KeyError`` when the key is
    gone."""
    used = key_id or _keys().current
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"welfare file")
    return used, AESGCM(hkdf.derive(_keys().derive(used, purpose)))


def blind_index(value: str | None, *, purpose: str) -> bytes | None:
    """A keyed hash for equality search, 16 bytes; the same value gives the same index."""
    if not value:
        return None
    ring = _keys()
    key = ring.derive(ring.current, f"blind:{purpose}")
    return hmac.digest(key, value.encode(), "sha256")[:16]


def keyed_hash(value: str, *, purpose: str) -> bytes:
    """A full keyed hash (32 bytes), for secrets that are compared and never shown again."""
    ring = _keys()
    return hmac.digest(ring.derive(ring.current, f"hash:{purpose}"), value.encode(), "sha256")


class EncryptedText(TypeDecorator[str]):
    """Text that the database only ever holds encrypted; ``column`` is ``table.column``."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in; an empty text is stored as NULL."""
        return encrypt(value, column=self.column) if value else None

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return decrypt(bytes(value), column=self.column) if value is not None else None
