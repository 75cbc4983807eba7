"""Signatures in PDF (PAdES baseline B, RFC 5652): one over the whole file, allowing no change."""

from __future__ import annotations

import io
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


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(der)


@lru_cache(maxsize=4)
def _signer(identity: Identity) -> _KeySigner:
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
