"""A signature and a mark leave a paper what it was: PDF/A and PDF/UA, its words, its pages."""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, partial

import page
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.papers.reading import by_poppler, letters
from tests.papers.samples import PAPERS, Words
from welfare.core import signing
from welfare.core.pdf.marking import Mark, joined, marked, pages_in
from welfare.core.signing import pades

STANDARDS = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)


@cache
def letter() -> bytes:
    return PAPERS["letter"](Words()).pdf()


@cache
def signed() -> bytes:
    identity = signing.own_identity("เทศบาลตำบลบ้านสมมติ", now=datetime.now(UTC))
    return signing.sign(letter(), identity, reason="หนังสือภายนอก", location="เทศบาล")


@cache
def copy() -> bytes:
    return marked(signed(), Mark("สำเนา", "สำเนา ที่ ๑", "เปิดอ่านโดย นางมาลี"))


@cache
def taken_back() -> bytes:
    mark = Mark("ยกเลิกแล้ว\nเมื่อ ๒๒ พ.ย. ๖๙", "ยกเลิกแล้วเมื่อ ๒๒ พ.ย. ๖๙", undone=True)
    return marked(signed(), mark)


@pytest.mark.parametrize("made", [signed, copy, taken_back])
def test_it_still_keeps_to_pdf_a_and_pdf_ua(made: Callable[[], bytes]) -> None:
    for standard in STANDARDS:
        report = page.validate_pdf_bytes(made(), profile=standard)
        assert [f"{one.rule_id} {one.message}" for one in report.failures] == []


def test_signing_changes_no_word_and_a_copy_says_that_it_is_one() -> None:
    assert by_poppler(signed()) == by_poppler(letter())
    assert "สำเนา" in letters("".join(by_poppler(copy())))
    assert letters("".join(by_poppler(taken_back()))).count("ยกเลิกแล้วเมื่อ") == 2 * pages_in(letter())
    out = io.BytesIO()
    joined([signed(), copy()], out)
    assert pages_in(out.getvalue()) == 2 * pages_in(letter())


@pytest.mark.parametrize("key", ["rsa", "ec"])
def test_a_signature_is_what_the_library_makes_by_itself(key: str) -> None:
    identity = signing.own_identity("เทศบาลตำบลบ้านสมมติ", now=datetime.now(UTC))
    if key == "ec":
        identity = of_curve(identity)
    for content in (letter(), copy()):
        made = signing.sign(content, identity, reason="หนังสือภายนอก")
        assert signing.look_at(made, [identity.certificate]).genuine
        reader = PdfFileReader(io.BytesIO(made))
        (found,) = reader.embedded_signatures
        digest = found.compute_digest()
        by_library = pades._KeySigner(identity).async_sign(digest, "sha256", use_pades=True)
        whole = pades._apart(partial(asyncio.run, by_library)).dump()
        if key == "rsa":  # of the other kind no two signatures are the same
            assert found.pkcs7_content.rstrip(b"\0") == whole.rstrip(b"\0")


def of_curve(own: signing.Identity) -> signing.Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    before = own.certificate
    certificate = (
        x509.CertificateBuilder()
        .subject_name(before.subject)
        .issuer_name(before.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(before.not_valid_before_utc)
        .not_valid_after(before.not_valid_after_utc)
        .add_extension(before.extensions.get_extension_for_class(x509.KeyUsage).value, True)
        .sign(key, hashes.SHA256())
    )
    return signing.Identity(key, certificate)


def test_it_is_signed_where_an_event_loop_runs_already() -> None:
    identity = signing.own_identity("เทศบาลตำบลบ้านสมมติ", now=datetime.now(UTC))

    async def within() -> bytes:
        return signing.sign(letter(), identity)

    with ThreadPoolExecutor(1) as own:  # Playwright leaves a loop running in this thread
        made = own.submit(lambda: asyncio.run(within())).result()
    assert signing.look_at(made, [identity.certificate]).genuine
