"""The kinds of paper that visits make."""

from __future__ import annotations

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import Kind

VISIT_RECORD = Kind(
    code="visit_record",
    name_th="แบบบันทึกการเยี่ยมบ้านและสอบข้อเท็จจริง",
    name_en="Record of a home visit and inquiry",
    public_th="แบบบันทึกการสอบข้อเท็จจริง",
    public_en="Record of an inquiry",
    issues=frozenset({Permission.EDIT_CASES}),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    numbered_by_others=True,
    writer_reads=True,
    once=True,
)
