"""A paper that will be signed, and is: it stays what it claims to be."""

import io
from datetime import UTC, datetime, timedelta

import page
import pytest

from tests.papers.samples import Words, receipt
from welfare.core.pdf.signable import with_signature_place

NAME, WORDS = "Municipality", "ลายมือชื่อดิจิทัลของเทศบาล"


def faults(made: bytes) -> list[str]:
    found = []
    for standard in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        found += [one.message for one in page.validate_pdf_bytes(made, profile=standard).failures]
    return found


def test_the_place_for_a_signature_breaks_neither_standard() -> None:
    ready = with_signature_place(receipt(Words()).pdf(), name=NAME, words=WORDS)
    assert faults(ready) == []
    assert with_signature_place(ready, name="Another", words=WORDS) == ready


def test_a_signed_paper_keeps_to_both_and_its_signature_holds() -> None:
    pytest.importorskip("pyhanko")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID
    from pyhanko.keys.internal import (
        translate_pyca_cryptography_cert_to_asn1,
        translate_pyca_cryptography_key_to_asn1,
    )
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Untouched(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leave the metadata as they were: rewritten they lose what PDF/A asks for."""

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    ).sign(key, hashes.SHA256())
    signer = signers.SimpleSigner(
        translate_pyca_cryptography_cert_to_asn1(certificate),
        translate_pyca_cryptography_key_to_asn1(key),
        SimpleCertificateStore(),
    )
    ready = with_signature_place(receipt(Words()).pdf(), name=NAME, words=WORDS)
    out = io.BytesIO()
    about = signers.PdfSignatureMetadata(field_name=NAME)
    signers.sign_pdf(Untouched(io.BytesIO(ready)), about, signer, output=out)
    signed = out.getvalue()
    assert signed.startswith(ready)
    assert faults(signed) == []
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    found.compute_integrity_info()
    assert found.summarise_integrity_info()["coverage"].name == "ENTIRE_FILE"
