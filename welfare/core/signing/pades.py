"""Signatures in PDF (PAdES baseline B, RFC 5652): one over the whole file, allowing no change."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import algos
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from welfare.core.signing.field import with_field
from welfare.core.signing.identity import Identity

Result = TypeVar("Result")

FIELD = "Municipality"
_ROOM = 2_500
"""Bytes kept free for a signature beside its certificates."""


class _KeySigner(Signer):
    """Signs with a key that is in memory: loading it anew costs ten times the signing."""

    def __init__(self, identity: Identity) -> None:
        self._key = identity.key
        mechanism = "sha256_rsa" if isinstance(self._key, rsa.RSAPrivateKey) else "sha256_ecdsa"
        store: Any = SimpleCertificateStore
        above = store.from_certs([_asn1(one) for one in identity.chain])
        super().__init__(
            signing_cert=_asn1(identity.certificate),
            cert_registry=above,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": mechanism}),
        )

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The signature over `data`."""
        if dry_run:
            return bytes(512)
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class _Mould:
    """What is signed, and the envelope around it, of any paper: only digest and signature vary."""

    attributes: bytes
    envelope: bytes
    digest: bytes
    signature: bytes
    """What stands in `attributes` and `envelope` where digest and signature belong."""

    def __post_init__(self) -> None:
        found = self.attributes.count(self.digest), self.envelope.count(self.digest)
        if (*found, self.envelope.count(self.signature)) != (1, 1, 1):
            raise ValueError("digest or signature stand elsewhere than expected")

    def signed(self, digest: bytes) -> bytes:
        """What the signature is over, for a file with this digest."""
        return self.attributes.replace(self.digest, digest)

    def filled(self, digest: bytes, signature: bytes) -> bytes:
        """The envelope (a CMS structure in DER), complete."""
        if (len(digest), len(signature)) != (len(self.digest), len(self.signature)):
            raise ValueError("a digest or signature of another length")
        return self.envelope.replace(self.digest, digest).replace(self.signature, signature)


class _Blank(_KeySigner):
    """Signs nothing: leaves a hole for the signature and keeps what is to be signed."""

    def __init__(self, identity: Identity, hole: bytes) -> None:
        super().__init__(identity)
        self._hole = hole
        self.attributes = b""

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The hole."""
        self.attributes = data
        return self._hole


class _QuickSigner(_KeySigner):
    """With an RSA key, whose signatures are all of one length, the envelope is made once by
    pyHanko and filled for each paper: making it costs two thirds of signing."""

    def __init__(self, identity: Identity, key: rsa.RSAPrivateKey) -> None:
        super().__init__(identity)
        self._identity = identity
        self._length = key.key_size // 8
        self._mould: _Mould | None = None

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *rest: Any, **named: Any
    ) -> Any:
        """The envelope for a file with this digest; the rest is the same for all of ours."""
        if self._mould is None:
            length = len(data_digest)
            self._mould = await self._made(length, digest_algorithm, *rest, **named)
        mould = self._mould
        signature = await self.async_sign_raw(mould.signed(data_digest), digest_algorithm)
        return mould.filled(data_digest, signature)

    async def _made(self, length: int, algorithm: str, *rest: Any, **named: Any) -> _Mould:
        digest, signature = secrets.token_bytes(length), secrets.token_bytes(self._length)
        blank = _Blank(self._identity, signature)
        envelope = (await blank.async_sign(digest, algorithm, *rest, **named)).dump()
        return _Mould(blank.attributes, envelope, digest, signature)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(der)


@lru_cache(maxsize=4)
def _signer(identity: Identity) -> _KeySigner:
    if isinstance(identity.key, rsa.RSAPrivateKey):
        return _QuickSigner(identity, identity.key)
    return _KeySigner(identity)


def _room(identity: Identity) -> int:
    """Hexadecimal digits to keep free in the file."""
    each = (identity.certificate, *identity.chain)
    return 2 * (_ROOM + sum(len(_asn1(one).dump()) for one in each))


class _Writer(IncrementalPdfFileWriter):
    """Adds the signature and leaves the rest alone, what the paper says of itself (PDF/A) too."""

    def _update_meta(self) -> None:
        """Nothing."""


def sign(pdf: bytes, identity: Identity, *, reason: str = "", location: str = "") -> bytes:
    """The same paper with a signature over all its bytes; any later change shows in a reader."""
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        location=location or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    prepared = with_field(pdf, name=FIELD, words=f"ลายมือชื่อดิจิทัล {location}".strip())
    out = io.BytesIO()
    _apart(
        lambda: signers.sign_pdf(
            _Writer(io.BytesIO(prepared)), about, _signer(identity),
            bytes_reserved=_room(identity), output=out,
        )
    )  # fmt: skip
    return out.getvalue()


def _apart(work: Callable[[], Result]) -> Result:
    """Do it in a thread of its own: pyHanko starts an event loop, which a thread that runs one
    already (an asynchronous server's, a test's beside a browser) refuses."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signature says. ``intact``: not a byte of what it covers was changed; ``whole``: it
    covers the file to its end; ``ours``: it was made with one of the given certificates."""

    signed: bool
    intact: bool = False
    whole: bool = False
    ours: bool = False

    @property
    def genuine(self) -> bool:
        """All of it."""
        return self.signed and self.intact and self.whole and self.ours


def look_at(pdf: bytes, certificates: Sequence[x509.Certificate]) -> Verdict:
    """The verdict on the one signature of a PDF of ours; never reaches out to the network."""
    reader = PdfFileReader(io.BytesIO(pdf))
    found = reader.embedded_signatures
    if len(found) != 1:
        return Verdict(signed=bool(found))
    known = [_asn1(one) for one in certificates]
    context = ValidationContext(trust_roots=known, allow_fetching=False)
    status = _apart(lambda: validate_pdf_signature(found[0], context))
    return Verdict(
        signed=True,
        intact=bool(status.intact and status.valid),
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        ours=any(status.signing_cert.dump() == one.dump() for one in known),
    )
