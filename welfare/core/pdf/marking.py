"""Marks beneath what is on a page: ร่าง, สำเนา, and who reads a sensitive paper.

A mark lies under the text, so that nothing is covered, and is no content to who has it read aloud
(an artifact). Marking ends a signature, whose widget is taken away: what is marked is not the
paper that was signed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from markupsafe import Markup

from welfare.core import pdf as engine

_POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Mark:
    """``across``: one large word over the page; ``above``: a line at its top edge; ``reader``: a
    line said again and again, faintly."""

    across: str = ""
    above: str = ""
    reader: str = ""


def marked(pdf: bytes, mark: Mark) -> bytes:
    """The same pages with the mark on each, unsigned."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _unsign(document)
        drawn: dict[tuple[int, int], pikepdf.Object] = {}
        for page in document.pages:
            box = [float(one) for one in page.mediabox]
            size = round(box[2] - box[0]), round(box[3] - box[1])
            if size not in drawn:
                drawn[size] = _drawing(document, mark, size)
            name = page.add_resource(drawn[size], pikepdf.Name.XObject)
            under = f"/Artifact BMC q {name} Do Q EMC\n".encode()
            page.contents_add(document.make_stream(under), prepend=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def pages_in(pdf: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def joined(pdfs: Sequence[bytes]) -> bytes:
    """All pages of all, one after the other, unsigned: for printing in one go."""
    with pikepdf.Pdf.new() as whole:
        for one in pdfs:
            with pikepdf.open(io.BytesIO(one)) as document:
                _unsign(document)
                whole.pages.extend(document.pages)
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def _unsign(document: pikepdf.Pdf) -> None:
    for name in ("/AcroForm", "/Perms", "/DSS"):
        if name in document.Root:
            del document.Root[name]
    for page in document.pages:
        if "/Annots" in page.obj:
            kept = [one for one in page.obj["/Annots"] if one.get("/Subtype") != "/Widget"]
            page.obj["/Annots"] = pikepdf.Array(kept)


def _drawing(document: pikepdf.Pdf, mark: Mark, size: tuple[int, int]) -> pikepdf.Object:
    with pikepdf.open(io.BytesIO(engine.draw(_html(mark, size)))) as drawing:
        return document.copy_foreign(drawing.pages[0].as_form_xobject())


def _html(mark: Mark, size: tuple[int, int]) -> str:
    wide, high = (round(one / _POINTS_A_MM, 1) for one in size)
    big = min(wide * 0.5, high * 0.3) / max(2.5, len(mark.across)) * 2.2
    style = (
        f"@page mark{{size:{wide}mm {high}mm;margin:0;"
        "@bottom-left{content:none}@bottom-right{content:none}}"
        "body{page:mark;position:relative}div{position:absolute;white-space:nowrap}"
        f".across{{left:0;right:0;top:{high * 0.38:.0f}mm;text-align:center;color:#dde3e1;"
        f"font-size:{big:.0f}mm;font-weight:700;line-height:1.4;transform:rotate(-32deg)}}"
        ".above{top:6mm;right:12mm;font-size:9pt;color:#333;border:.75pt solid #333;"
        "padding:.5mm 2.5mm}"
        ".reader{font-size:8.5pt;color:#ccd4d1;transform:rotate(-32deg)}"
    )
    parts = [Markup("<div class=across>{}</div>").format(mark.across)] if mark.across else []
    if mark.above:
        parts.append(Markup("<div class=above>{}</div>").format(mark.above))
    if mark.reader:
        parts += [
            Markup('<div class=reader style="left:{}mm;top:{}mm">{}</div>').format(
                round(wide * left), round(high * top), mark.reader
            )
            for left, top in ((0.05, 0.2), (0.45, 0.3), (0.05, 0.55), (0.45, 0.65), (0.1, 0.9))
        ]
    body = Markup("").join(parts)
    return f"<html lang=th><title>-</title><style>{style}</style><body>{body}</body></html>"
