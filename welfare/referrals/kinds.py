"""The kind of paper that a referral is."""

from __future__ import annotations

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import LETTERS, Secrecy
from welfare.papers.parts import Kind

REFERRAL_LETTER = Kind(
    code="referral",
    name_th="หนังสือส่งต่อ",
    name_en="Letter of referral",
    public_th="หนังสือภายนอก",
    public_en="Official letter",
    issues=frozenset({Permission.EDIT_CASES}),
    series=LETTERS,
    secrecy=Secrecy.SENSITIVE,
)
