"""Opens one PDF nobody has checked yet, in a process of its own with little to break.

Started by path with ``python -I`` and an empty environment: it knows neither the program nor its
keys. Reads the file from standard input and writes the pages alone to standard output.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import Any

import pikepdf

BROKEN, LOCKED, LONG = 3, 4, 5
MOST_PAGES = 200
MEMORY, SECONDS = 1_000_000_000, 20
CATALOGUE = (
    "/OpenAction", "/AA", "/AcroForm", "/Collection", "/Metadata", "/Names", "/Perms",
    "/PieceInfo", "/URI", "/AF",
)  # fmt: skip
"""What a document may do or carry beside its pages; names of places go too: links use them only."""
PAGE = ("/AA", "/AF", "/Metadata", "/PieceInfo")
DRAWN = frozenset(
    {"/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
     "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink", "/Widget"}
)  # fmt: skip
"""Kinds of annotation that stay, as drawings without actions. Links and what plays do not."""


def limit() -> None:
    """Bytes of address space and seconds of work that this process may use; no core, few files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def drop(holder: Any, names: tuple[str, ...]) -> None:
    """Take entries out of a dictionary of the document."""
    for name in names:
        if name in holder:
            del holder[name]


def still(annotation: Any) -> bool:
    """Whether an annotation is a mere drawing; what it would do is taken from it."""
    if annotation.get("/Subtype") not in DRAWN:
        return False
    drop(annotation, ("/A", "/AA", "/PA", "/FS", "/Parent", "/RichMediaContent", "/Movie"))
    return True


def pages_alone(pdf: pikepdf.Pdf) -> bytes:
    """The document anew, with nothing but pages that stand still."""
    drop(pdf.Root, CATALOGUE)
    for page in pdf.pages:
        drop(page.obj, PAGE)
        if "/Annots" in page.obj:
            page.obj["/Annots"] = pikepdf.Array([one for one in page.obj["/Annots"] if still(one)])
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.remove_unreferenced_resources()
    out = io.BytesIO()
    pdf.save(out, encryption=False, fix_metadata_version=False)
    return out.getvalue()


def main() -> int:
    """The code of what is wrong, or 0."""
    limit()
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                return LONG
            if not len(pdf.pages):
                return BROKEN
            sys.stdout.buffer.write(pages_alone(pdf))
    except pikepdf.PasswordError:
        return LOCKED
    except Exception:  # whatever it is, the file is not taken
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
