"""PDFs of one paper, drawn in parts, joined into one with a single tag tree."""

import io
from collections.abc import Iterable

import pikepdf


def join(parts: Iterable[bytes]) -> bytes:
    """The parts' pages one after the other, each with its tags; title and claims of the first.

    The parts come from `archival.BY_COLUMNS`: no element of theirs is known by a name.
    """
    rest = iter(parts)
    whole = pikepdf.open(io.BytesIO(next(rest)))
    document = whole.Root.StructTreeRoot.K[0]
    numbers = whole.Root.StructTreeRoot.ParentTree.Nums
    _mark_fonts(whole, 0)
    for nr, part in enumerate(rest, start=1):
        with pikepdf.open(io.BytesIO(part)) as more:
            _mark_fonts(more, nr)
            _append(whole, more, document, numbers)
    out = io.BytesIO()
    whole.save(
        out, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False
    )
    return out.getvalue()


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _append(
    whole: pikepdf.Pdf, more: pikepdf.Pdf, document: pikepdf.Object, numbers: pikepdf.Object
) -> None:
    before = len(whole.pages)
    whole.pages.extend(more.pages)
    for at in range(before, len(whole.pages)):
        whole.pages[at].obj.StructParents = at
    tree = whole.copy_foreign(more.Root.StructTreeRoot)
    for element in tree.K[0].K:
        element.P = document
        document.K.append(element)
    theirs = tree.ParentTree.Nums
    for at in range(0, len(theirs), 2):
        numbers.append(before + int(theirs[at]))
        numbers.append(theirs[at + 1])


def _mark_fonts(pdf: pikepdf.Pdf, nr: int) -> None:
    """Different subsets of one font in one file go by different marks (ISO 32000, 9.6.4)."""
    mark = "".join(chr(ord("A") + nr // 26**at % 26) for at in range(3))
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        if thing.get("/Type") not in ("/Font", "/FontDescriptor"):
            continue
        for key in ("/BaseFont", "/FontName"):
            if key in thing:
                thing[key] = pikepdf.Name(f"/{mark}{str(thing[key])[4:]}")
