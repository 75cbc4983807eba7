"""A place for a digital signature in a paper, so that signing leaves it PDF/A and PDF/UA.

A signature is a form field with a widget on a page, and PDF/UA wants each widget in the tag tree
with words for who cannot see it (ISO 14289-1, 7.18.4). A library that signs puts its own widget on
the page and nothing in the tree; here the field stands ready, invisible and tagged, and is only
filled. Whoever fills it leaves the metadata alone: pyHanko rewrites them in a form that PDF/A does
not take, unless its writer's `_update_meta` does nothing.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

_PRINTED_AND_LOCKED = 132


def with_signature_place(pdf: bytes, *, name: str, words: str) -> bytes:
    """The same paper with an empty signature field `name` on its first page.

    `words` say what it is to who listens. A paper that has such a field already stays as it is.
    """
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        if "/AcroForm" in paper.Root:
            return pdf
        _put(paper, name, words)
        out = io.BytesIO()
        paper.save(out, fix_metadata_version=False)
        return out.getvalue()


def _put(paper: pikepdf.Pdf, name: str, words: str) -> None:
    page = paper.pages[0].obj
    tree = paper.Root.StructTreeRoot
    document = tree.K[0]
    numbers = tree.ParentTree.Nums
    key = max((int(numbers[at]) for at in range(0, len(numbers), 2)), default=-1) + 1
    widget = paper.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=name,
            TU=words,
            F=_PRINTED_AND_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            P=page,
            StructParent=key,
        )
    )
    form = paper.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=document,
            Pg=page,
            Alt=words,
            K=Array([Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)]),
        )
    )
    document.K.append(form)
    numbers.append(key)
    numbers.append(form)
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(widget)
    paper.Root.AcroForm = paper.make_indirect(Dictionary(Fields=Array([widget])))
