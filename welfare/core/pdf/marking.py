"""Marks beneath what is on a page: ร่าง, สำเนา, and who reads a sensitive paper.

A mark lies under the text, so that nothing is covered, and is no content to who has it read aloud
(an artifact). Marking ends a signature, whose widget is taken away: what is marked is not the
paper that was signed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

import pikepdf
from markupsafe import Markup

from welfare.core import pdf as engine

_POINTS_A_MM = 72 / 25.4
_ROWS = ("first", "under")
_USUAL, _UNDONE = "#dde3e1", "#f4d9d5"
_TAGGING = frozenset({"BDC", "BMC", "EMC"})
"""A mark is no content: what its drawing says of its structure is left out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """``across``: one large word over the page, of two lines the second smaller (``undone``: of a
    paper that holds no more); ``above``: a line at its top edge; ``reader``: a
    line said again and again, faintly."""

    across: str = ""
    above: str = ""
    reader: str = ""
    undone: bool = False


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


def joined(pdfs: Iterable[bytes], out: io.IOBase) -> None:
    """All pages of all, one after the other, unsigned, written to ``out``: for printing in one
    go."""
    with pikepdf.Pdf.new() as whole:
        for one in pdfs:
            with pikepdf.open(io.BytesIO(one)) as document:
                _unsign(document)
                whole.pages.extend(document.pages)
        whole.save(cast(BinaryIO, out))


def _unsign(document: pikepdf.Pdf) -> None:
    """Take signatures away with their fields, from the pages and from the structure."""
    for name in ("/AcroForm", "/Perms", "/DSS"):
        if name in document.Root:
            del document.Root[name]
    keys: set[int] = set()
    for page in document.pages:
        if "/Annots" in page.obj:
            fields = [one for one in page.obj["/Annots"] if one.get("/Subtype") == "/Widget"]
            keys |= {int(one.StructParent) for one in fields if "/StructParent" in one}
            others = [one for one in page.obj["/Annots"] if one.get("/Subtype") != "/Widget"]
            page.obj["/Annots"] = pikepdf.Array(others)
    root: Any = document.Root.get("/StructTreeRoot")
    if keys and root is not None:
        _forget(root, keys)


def _forget(root: Any, keys: set[int]) -> None:
    """Take elements that belong to fields out of the structure; they stand at its top."""
    numbers = list(root.ParentTree.Nums)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    kept = [part for key, element in pairs if int(key) not in keys for part in (key, element)]
    root.ParentTree.Nums = pikepdf.Array(kept)
    whole = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
    whole.K = pikepdf.Array([one for one in whole.K if not _is_form(one)])


def _is_form(element: Any) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Form"


def _drawing(document: pikepdf.Pdf, mark: Mark, size: tuple[int, int]) -> pikepdf.Object:
    with pikepdf.open(io.BytesIO(engine.draw(_html(mark, size)))) as drawing:
        page = drawing.pages[0]
        kept = [
            step
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) not in _TAGGING
        ]
        page.Contents = drawing.make_stream(pikepdf.unparse_content_stream(kept))
        return document.copy_foreign(page.as_form_xobject())


def _html(mark: Mark, size: tuple[int, int]) -> str:
    wide, high = (round(one / _POINTS_A_MM, 1) for one in size)
    lines = mark.across.splitlines()
    long = max([2.5, *map(len, lines[:1])])
    big = min(wide * (0.95 if mark.undone else 0.5), high * (0.65 if mark.undone else 0.3)) / long
    big *= 2.0 if mark.undone else 2.2
    style = (
        f"@page mark{{size:{wide}mm {high}mm;margin:0;"
        "@bottom-left{content:none}@bottom-right{content:none}}"
        "body{page:mark;position:relative}body>div{position:absolute;white-space:nowrap}"
        f".across{{left:0;right:0;top:{high * (0.33 if mark.undone else 0.38):.0f}mm;"
        f"text-align:center;color:{_UNDONE if mark.undone else _USUAL};"
        f"font-size:{big:.0f}mm;font-weight:700;line-height:1.4;transform:rotate(-32deg)}}"
        ".under{font-size:.55em;line-height:1.2}"
        ".above{top:6mm;right:12mm;font-size:9pt;color:#333;border:.75pt solid #333;"
        "padding:.5mm 2.5mm}"
        ".reader{font-size:8.5pt;color:#ccd4d1;transform:rotate(-32deg)}"
    )
    rows = [
        Markup("<div class={}>{}</div>").format(*row) for row in zip(_ROWS, lines, strict=False)
    ]
    parts = [Markup("<div class=across>{}</div>").format(Markup("").join(rows))] if rows else []
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
