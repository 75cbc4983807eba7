"""The kinds of paper that are written at the desk."""

from __future__ import annotations

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import LETTERS, MEMOS, Keep, Layout, Secrecy
from welfare.papers.parts import Kind

_OFFICE = frozenset({Permission.ISSUE_PAPERS})

_DECISIONS_SAY = ("{{เหตุผล}}", "อุทธรณ์")
"""Sections 37 and 40 of the Administrative Procedure Act."""

LETTER = Kind(
    code="letter",
    name_th="หนังสือภายนอก",
    name_en="Official letter",
    issues=_OFFICE,
    layout=Layout.LETTER,
    series=LETTERS,
    about=("", "case"),
    keep=Keep.TEN_YEARS,
    body="""\
ด้วย{{ ชื่อเทศบาล }} ……………………
{{ ชื่อเทศบาล }}จึง……………………
จึงเรียนมาเพื่อโปรดพิจารณา
""",
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
    body="""\
เรื่องเดิม
……………………
ข้อเท็จจริง
……………………
ข้อพิจารณา
จึงเรียนมาเพื่อโปรดพิจารณา
""",
)
DECISION = Kind(
    code="decision",
    name_th="หนังสือแจ้งผลการพิจารณา (อนุมัติ)",
    name_en="Letter of decision (granted)",
    public_th="หนังสือแจ้งผลการพิจารณา",
    public_en="Letter of decision",
    issues=_OFFICE,
    layout=Layout.LETTER,
    series=LETTERS,
    secrecy=Secrecy.SENSITIVE,
    must_say=_DECISIONS_SAY,
    title="แจ้งผลการพิจารณาให้ความช่วยเหลือ",
    body="""\
ตามที่ท่านได้ขอรับความช่วยเหลือ {{ รายการที่ขอ }} เมื่อวันที่ {{ วันที่ขอ | วันที่ }} \
จำนวน {{ จำนวนที่ขอ | บาท }} บาท นั้น
{{ ชื่อเทศบาล }}ได้พิจารณาเมื่อวันที่ {{ วันที่พิจารณา | วันที่ }} แล้ว อนุมัติให้ความช่วยเหลือจาก{{ กองทุน }} \
เป็นเงิน {{ จำนวนที่อนุมัติ | บาท }} บาท ({{ จำนวนที่อนุมัติ | บาทเป็นตัวอักษร }})
{% if เหตุผล %}
เหตุผลในการพิจารณา {{ เหตุผล }}
{% endif %}
ท่านติดต่อขอรับความช่วยเหลือได้ที่ {{ ชื่อกอง }} {{ ที่อยู่เทศบาล }} โทร. {{ โทรศัพท์เทศบาล }} ในวันและเวลาราชการ
หากท่านไม่เห็นด้วยกับผลการพิจารณา ท่านมีสิทธิอุทธรณ์เป็นหนังสือต่อ{{ ผู้บริหาร }} \
ภายใน 15 วันนับแต่วันที่ได้รับหนังสือนี้ ตามมาตรา 44 แห่งพระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539
จึงเรียนมาเพื่อโปรดทราบ
""",
)
REFUSAL = Kind(
    code="refusal",
    name_th="หนังสือแจ้งผลการพิจารณา (ไม่อนุมัติ)",
    name_en="Letter of decision (refused)",
    public_th="หนังสือแจ้งผลการพิจารณา",
    public_en="Letter of decision",
    issues=_OFFICE,
    layout=Layout.LETTER,
    series=LETTERS,
    secrecy=Secrecy.SENSITIVE,
    must_say=_DECISIONS_SAY,
    detail="refused",
    title="แจ้งผลการพิจารณาคำขอรับความช่วยเหลือ",
    body="""\
ตามที่ท่านได้ขอรับความช่วยเหลือ {{ รายการที่ขอ }} เมื่อวันที่ {{ วันที่ขอ | วันที่ }} \
จำนวน {{ จำนวนที่ขอ | บาท }} บาท นั้น
{{ ชื่อเทศบาล }}ได้พิจารณาเมื่อวันที่ {{ วันที่พิจารณา | วันที่ }} แล้ว \
ไม่อาจให้ความช่วยเหลือตามคำขอได้ โดยมีข้อเท็จจริงและเหตุผล ดังนี้
{{ เหตุผล }}
{% if ข้อพิจารณา %}
ข้อกฎหมายและหลักเกณฑ์ที่ใช้ประกอบการพิจารณา
{% for ข้อ in ข้อพิจารณา %}
- {{ ข้อ }}
{% endfor %}
{% endif %}
หากท่านไม่เห็นด้วยกับผลการพิจารณา ท่านมีสิทธิอุทธรณ์เป็นหนังสือต่อ{{ ผู้บริหาร }} โดยระบุข้อโต้แย้งและ\
ข้อเท็จจริงหรือข้อกฎหมายที่อ้างอิง ยื่นด้วยตนเองหรือส่งทางไปรษณีย์มาที่ {{ ที่อยู่เทศบาล }} \
ภายใน 15 วันนับแต่วันที่ได้รับหนังสือนี้ ตามมาตรา 40 และมาตรา 44 แห่งพระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง \
พ.ศ. 2539
หากท่านต้องการคำแนะนำหรือความช่วยเหลืออื่น ติดต่อ {{ ชื่อกอง }} โทร. {{ โทรศัพท์เทศบาล }}
จึงเรียนมาเพื่อโปรดทราบ
""",
)
COMPOSED = (LETTER, MEMO, DECISION, REFUSAL)
