"""The kinds of paper that are written at the desk."""

from __future__ import annotations

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import LETTERS, MEMOS, Keep, Layout
from welfare.papers.parts import Kind

_OFFICE = frozenset({Permission.ISSUE_PAPERS})

LETTER = Kind(
    code="letter",
    name_th="หนังสือภายนอก",
    name_en="Official letter",
    issues=_OFFICE,
    layout=Layout.LETTER,
    series=LETTERS,
    about=("", "case"),
    keep=Keep.TEN_YEARS,
)
MEMO = Kind(
    code="memo",
    name_th="บันทึกข้อความ",
    name_en="Internal memo",
    issues=_OFFICE,
    layout=Layout.MEMO,
    series=MEMOS,
    about=("", "case"),
    given_out=False,
)
COMPOSED = (LETTER, MEMO)
