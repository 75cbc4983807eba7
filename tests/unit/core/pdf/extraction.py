"""Text taken out of a PDF by three programs that people's viewers are made of."""

import io
import subprocess
from pathlib import Path

import pypdf
import pypdfium2

from welfare.core.pdf.thai_text_layer import compose_sara_am


def by_poppler(pdf: bytes, folder: Path) -> str:
    """What poppler reads (evince, okular), in the order it was drawn."""
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-raw", str(source), "-"], capture_output=True, check=True, timeout=60
    )
    return compose_sara_am(done.stdout.decode())


def by_pdfium(pdf: bytes) -> str:
    """What PDFium reads (Chrome)."""
    pages = pypdfium2.PdfDocument(pdf)
    return compose_sara_am("\n".join(page.get_textpage().get_text_range() for page in pages))


def by_pypdf(pdf: bytes) -> str:
    """What pypdf reads."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return compose_sara_am("\n".join(page.extract_text() for page in pages))


def letters(text: str) -> str:
    """The text without white space: raised tone marks make readers see gaps that are not there."""
    return "".join(text.split())
