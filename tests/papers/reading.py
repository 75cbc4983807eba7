"""What a paper says before layout and after, letter by letter."""

import base64
import io
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import lxml.html
import pypdf
import pypdfium2

from welfare.core.pdf.letters import printable
from welfare.core.pdf.thai_text_layer import compose_sara_am

_MARGIN = re.compile("หน้า[๐-๙]+จาก[๐-๙]+|Page[0-9]+of[0-9]+|^-[๐-๙]+-|-[๐-๙]+-$")


def letters(text: str) -> str:
    """Without white space: raised tone marks make readers see gaps that are not there."""
    return "".join(compose_sara_am(text).split())


def said_in(html: str) -> str:
    """All letters of the body, in order."""
    body = lxml.html.document_fromstring(printable(html)).find("body")
    assert body is not None
    return letters(body.text_content())


def said_in_charts(drawings: Mapping[str, bytes]) -> list[str]:
    """The letters of each chart; readers tell them after the page they stand on."""
    charts = [drawn.decode() for drawn in drawings.values() if drawn.startswith(b"<svg")]
    return [letters(lxml.html.document_fromstring(chart).text_content()) for chart in charts]


def running_head(html: str) -> str:
    """What is repeated at the foot of each page."""
    found = lxml.html.document_fromstring(printable(html)).find_class("running")
    return letters(found[0].text_content()) if found else ""


def by_poppler(pdf: bytes) -> list[str]:
    """Pages as poppler (evince, okular) reads them, in the order they were drawn."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode().split("\f")[:-1]


def by_pdfium(pdf: bytes) -> list[str]:
    """Pages as PDFium (Chrome) reads them."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def by_pdfjs(pdf: bytes) -> list[str]:
    """Pages as pdf.js (Firefox) reads them."""
    reader = _pdfjs()
    assert reader.stdin is not None and reader.stdout is not None
    reader.stdin.write(base64.b64encode(pdf).decode() + "\n")
    reader.stdin.flush()
    pages: list[str] = json.loads(reader.stdout.readline())
    return pages


@cache
def _pdfjs() -> subprocess.Popen[str]:
    """A process that reads for all tests of this one, and ends with it, when its input does."""
    from playwright._impl._driver import compute_driver_executable

    node = compute_driver_executable()[0]  # pdf.js asks for a newer one than Debian's
    script = Path(__file__).with_name("read_by_pdfjs.mjs")
    return subprocess.Popen(
        [node, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def by_pypdf(pdf: bytes) -> list[str]:
    """Pages as pypdf reads them."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def bases(pdf: bytes) -> list[list[tuple[float, float, float, float, str]]]:
    """By page, where each letter stands (left, foot, right, top, in points), marks left out."""
    made = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        letters_of = [(nr, text.get_text_range(nr, 1)) for nr in range(text.count_chars())]
        made.append(
            [
                (*text.get_charbox(nr), sign)
                for nr, sign in letters_of
                if sign.strip() and unicodedata.category(sign) not in ("Mn", "Cc")
            ]
        )
    return made


READERS = {
    "poppler": by_poppler,
    "pdf.js": by_pdfjs,
    "pdfium": by_pdfium,
    "pypdf": by_pypdf,
}


def table_heads(html: str) -> list[str]:
    """The heads of tables: where a table goes on, its page begins with them again."""
    found = lxml.html.document_fromstring(printable(html)).iter("thead")
    return [letters(head.text_content()) for head in found]


def without_foot(pages: list[str], running: str, heads: Iterable[str] = ()) -> str:
    """All letters of the pages, without number and running head, and heads that only go on."""
    made = []
    for nr, page in enumerate(pages):
        text = _MARGIN.sub("", letters(page))
        if running:
            text = text.removesuffix(running) if text.endswith(running) else text
            text = text.removeprefix(running) if nr else text
        made.append(text)
    for head in heads:
        for nr in range(1, len(made)):
            if made[nr].startswith(head) and not made[nr - 1].endswith(head):
                made[nr] = made[nr].removeprefix(head)
    return "".join(made)
