"""The empty field that a signature goes into, told to who has the paper read aloud.

pyHanko makes one by itself, but outside the structure of a tagged paper (ISO 14289-1, 7.18.4).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PRINTED_AND_LOCKED = 132
"""Flags of ISO 32000-1, 12.5.3: bits 3 and 8."""


def with_field(pdf: bytes, *, name: str, words: str) -> bytes:
    """The same paper with an empty, unseen field for a signature, described by ``words``."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0].obj
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(name),
                TU=String(words), F=PRINTED_AND_LOCKED, Rect=Array([0, 0, 0, 0]), P=page,
            )
        )  # fmt: skip
        _tell(document, page, field, words)
        annotations: Any = page.get("/Annots", Array())
        page.Annots = Array([*annotations, field])
        page.Tabs = Name.S
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        out = io.BytesIO()
        document.save(out, fix_metadata_version=False)
        return out.getvalue()


def _tell(document: pikepdf.Pdf, page: Any, field: Any, words: str) -> None:
    """Give the field its place in the structure, where the paper has one."""
    root: Any = document.Root.get("/StructTreeRoot")
    if root is None or "/ParentTree" not in root or "/Nums" not in root.ParentTree:
        return
    numbers = root.ParentTree.Nums
    key = max((int(one) for one in list(numbers)[::2]), default=-1) + 1
    whole = root.K[0] if isinstance(root.K, Array) else root.K
    element = document.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=whole, Alt=String(words), Pg=page,
            K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page),
        )
    )  # fmt: skip
    inside = whole.get("/K", Array())
    whole.K = Array([*inside, element]) if isinstance(inside, Array) else Array([inside, element])
    numbers.append(key)
    numbers.append(element)
    field.StructParent = key
    if "/ParentTreeNextKey" in root:
        root.ParentTreeNextKey = key + 1
