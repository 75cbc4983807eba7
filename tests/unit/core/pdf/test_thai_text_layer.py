from difflib import SequenceMatcher
from pathlib import Path

import pytest
import weasyprint

from tests.unit.core.pdf.extraction import by_pdfium, by_poppler, by_pypdf, letters
from tests.unit.core.pdf.hard_strings import HARD_STRINGS
from welfare.core import pdf
from welfare.core.pdf import thai_text_layer

# No margin boxes: only the strings are in the file.
BODY = "<html lang=th><body class=slip>" + "".join(
    f"<p>{text}</p><p><b>{text}</b></p>" for text in HARD_STRINGS
)
EXPECTED = letters("".join(text * 2 for text in HARD_STRINGS))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf.draw(BODY)


def test_poppler_reads_every_letter_in_its_place(paper: bytes, tmp_path: Path) -> None:
    assert letters(by_poppler(paper, tmp_path)) == EXPECTED


def test_pypdf_reads_every_letter_in_its_place(paper: bytes) -> None:
    assert letters(by_pypdf(paper)) == EXPECTED


def test_pdfium_reads_every_letter(paper: bytes) -> None:
    # PDFium puts a raised tone mark at the end of its line in two of the strings; none is lost.
    read = letters(by_pdfium(paper))
    assert sorted(read) == sorted(EXPECTED)
    assert SequenceMatcher(None, read, EXPECTED, autojunk=False).ratio() > 0.995


def test_without_the_repair_sara_am_is_still_lost(tmp_path: Path) -> None:
    """When this fails, WeasyPrint has changed: see whether the repair can go (#2841)."""
    assert letters(by_poppler(pdf.bare(BODY), tmp_path)) != EXPECTED


def test_first_sara_am_does_not_spoil_the_rest(tmp_path: Path) -> None:
    read = by_poppler(pdf.draw("<html lang=th><body class=slip>ทำนา มาตรา น้ำ นา"), tmp_path)
    assert letters(read) == "ทำนามาตราน้ำนา"


def test_pinned_to_the_version_it_was_tried_with(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weasyprint.__version__ == thai_text_layer.WEASYPRINT_VERSION
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(thai_text_layer.UntriedVersion):
        thai_text_layer.install()


def test_letters_are_read_once_a_font_file(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.draw(BODY)
    monkeypatch.setattr(thai_text_layer, "_read_letters", lambda *_: pytest.fail("read again"))
    pdf.draw(BODY)


@pytest.mark.parametrize(
    ("raw", "composed"),
    [("คํา", "คำ"), ("นํ้า", "น้ำ"), ("น้ํา", "น้ำ"), ("นา", "นา"), ("อํ", "อํ")],
)
def test_sara_am_is_put_together(raw: str, composed: str) -> None:
    assert thai_text_layer.compose_sara_am(raw) == composed
