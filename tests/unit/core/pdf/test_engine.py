import io
import logging
import time

import pypdf
import pytest
from markupsafe import Markup
from PIL import Image

from tests.unit.core.pdf.extraction import by_pypdf
from welfare.core import pdf
from welfare.core.pdf.assets import AddressRefused, AssetFetcher, asset
from welfare.core.pdf.pictures import readable
from welfare.core.pdf.plain import NotPlain
from welfare.households.models import Village

ENDED_ANYWHERE = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The end may come while something is thrown away, where Python only reports it; it comes again a
second later."""
PAGE_BREAK = "<p style='break-after: page'>หน้า</p>"


def test_title_language_and_tags() -> None:
    reader = pypdf.PdfReader(
        io.BytesIO(pdf.draw("<html lang=th><title>ใบรับคำร้อง</title><body>ทดสอบ</body></html>"))
    )
    assert reader.metadata is not None
    assert reader.metadata.title == "ใบรับคำร้อง"
    assert reader.trailer["/Root"]["/Lang"] == "th"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_both_weights_are_ours_and_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.draw("<body class=slip>ก <b>ข</b> abc 123")))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).split("+")[1] for font in fonts} == {"Sarabun", "Sarabun-Bold"}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/a.png",
        "data:image/png;base64,AAAA",
        "ftp://example.org/",
        "asset:../engine.py",
        "asset:/etc/passwd",
        "asset:engine.py",
        "asset:no-such.svg",
        "picture:9",
        "drawing:qr",
        "relative.png",
    ],
)
def test_nothing_outside_is_reached(address: str) -> None:
    with pytest.raises(AddressRefused):
        AssetFetcher({"1": b""}).fetch(address)


def test_a_paper_cannot_pull_in_a_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        pdf.draw(
            "<body><img src='file:///etc/hostname'><link rel=attachment href='file:///etc/hosts'>"
        )
    assert "papers cannot reach file:" in caplog.text


def test_assets_are_found_by_name() -> None:
    assert asset("seal.svg").startswith(b"<svg")
    assert asset("sarabun-regular.ttf")[:4] == b"\x00\x01\x00\x00"


def test_too_much_html_is_refused() -> None:
    with pytest.raises(pdf.PaperTooLarge):
        pdf.draw("<p>" + "ก" * 2_000, limits=pdf.Limits(characters=1_000))


def test_too_many_pages_are_refused() -> None:
    assert pdf.draw(PAGE_BREAK * 2, limits=pdf.Limits(pages=3))
    with pytest.raises(pdf.PaperTooLarge):
        pdf.draw(PAGE_BREAK * 9, limits=pdf.Limits(pages=3))


@ENDED_ANYWHERE
def test_too_slow_is_ended() -> None:
    with pytest.raises(pdf.PaperTooSlow):
        pdf.draw(PAGE_BREAK * 3, limits=pdf.Limits(seconds=0.0))


def test_after_a_refusal_the_next_paper_is_made() -> None:
    with pytest.raises(pdf.PaperTooLarge):
        pdf.draw(PAGE_BREAK * 9, limits=pdf.Limits(pages=1))
    assert "หน้า" in by_pypdf(pdf.draw(PAGE_BREAK))


def test_page_numbers_in_thai_digits() -> None:
    assert "หน้า ๒ จาก ๒" in by_pypdf(pdf.draw("<html lang=th><body>" + PAGE_BREAK + "<p>ท้าย</p>"))


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def test_only_whole_pictures_count_as_readable() -> None:
    assert readable(_jpeg())
    assert not readable(_jpeg()[:200])
    assert not readable(b"not a picture")
    assert not readable(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert not readable(b"")


def test_two_papers_never_share_a_picture_name() -> None:
    page = "<body class=slip><img src='picture:1'>"
    with_picture = pdf.draw(page, pictures={"1": _jpeg()})
    without = pdf.draw(page)
    assert len(pypdf.PdfReader(io.BytesIO(with_picture)).pages[0].images) == 1
    assert len(pypdf.PdfReader(io.BytesIO(without)).pages[0].images) == 0


@ENDED_ANYWHERE
def test_one_endless_page_is_ended_too() -> None:
    started = time.monotonic()
    with pytest.raises(pdf.PaperTooSlow):
        pdf.draw("<body class=slip>" + "<i>ก</i>" * 60_000, limits=pdf.Limits(seconds=0.3))
    assert time.monotonic() - started < 8
    assert pdf.draw(PAGE_BREAK)


def test_signs_without_a_shape_are_named() -> None:
    read = by_pypdf(pdf.draw("<html lang=th><body class=slip>ดี😀มาก 中 ก\u200bข\ufe0f ✓"))
    assert "".join(read.split()) == "ดี[grinningface]มาก[U+4E2D]กข[checkmark]"


def test_only_plain_values_reach_a_template() -> None:
    for value in (object(), Markup("<b>"), [{"x": (lambda: 1)}], {"x": Markup("")}):
        with pytest.raises(NotPlain) as refused:
            pdf.html_for("documents/base.html", {"office": {"name": "ก"}, "given": value})
        assert "given" in str(refused.value)
    assert pdf.html_for("documents/base.html", {"office": {"name": "<b>"}}).count("&lt;b&gt;") == 1


def test_a_record_of_the_database_is_not_plain() -> None:
    with pytest.raises(NotPlain, match="village"):
        pdf.html_for("documents/base.html", {"village": Village()})
