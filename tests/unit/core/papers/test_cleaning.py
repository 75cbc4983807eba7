"""PDF files lose all but their pages, and bad ones are named."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from welfare.core.papers import PaperFault, clean_pdf, is_pdf
from welfare.core.papers.cleaning import MAX_BYTES


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _pages(count: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _page in range(count):
        pdf.add_blank_page()
        pdf.pages[-1].Contents = pdf.make_stream(b"BT ET")
    return pdf


def _action(script: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)


def test_scripts_actions_files_and_metadata_go() -> None:
    pdf = _pages()
    pdf.Root.OpenAction = _action("app.alert('opened')")
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xfa/>"))
    pdf.attachments["secret.exe"] = b"MZ hidden"
    pdf.docinfo["/Author"] = "somebody by name"
    page = pdf.pages[0]
    page.AA = pikepdf.Dictionary(O=_action("app.alert('page')"))
    link = pikepdf.Dictionary(
        Subtype=pikepdf.Name.Link,
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
    )
    stamp = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, A=_action("app.alert('stamp')"))
    page.Annots = pikepdf.Array([link, stamp])
    clean = clean_pdf(_saved(pdf))
    for sign in (b"JavaScript", b"alert", b"Launch", b"cmd.exe", b"MZ hidden", b"XFA", b"Author"):
        assert sign not in clean
    with pikepdf.open(io.BytesIO(clean)) as kept:
        assert len(kept.pages) == 1
        assert kept.pages[0].Contents.read_bytes() == b"BT ET"
        assert [str(one.Subtype) for one in kept.pages[0].Annots] == ["/Stamp"]
        assert "/Names" not in kept.Root
        assert "/Info" not in kept.trailer


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\nnothing of the kind", "pdf_broken"),
        (_saved(_pages(), encryption=pikepdf.Encryption(owner="o", user="u")), "pdf_locked"),
        (_saved(_pages(201)), "pdf_too_long"),
        (b"%PDF-1.7" + b" " * MAX_BYTES, "pdf_too_large"),
    ],
    ids=["broken", "locked", "long", "large"],
)
def test_what_cannot_be_taken_is_named(content: bytes, code: str) -> None:
    with pytest.raises(PaperFault) as fault:
        clean_pdf(content)
    assert fault.value.code == code


def test_a_file_that_unfolds_without_end_does_no_harm() -> None:
    pdf = _pages()
    bomb = b"0" * 300_000_000
    pdf.pages[0].Contents = pdf.make_stream(bomb)
    packed = _saved(pdf, compress_streams=True)
    assert len(packed) < MAX_BYTES
    assert len(clean_pdf(packed)) < MAX_BYTES


def test_the_kind_is_told_by_content() -> None:
    assert is_pdf(b"\n%PDF-1.4 ...")
    assert not is_pdf(b"plain text that mentions %PDF-1.4")
