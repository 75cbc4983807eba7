"""The language of texts: what it takes, and that it takes nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from welfare.papers.composed import DECISION, REFUSAL
from welfare.papers.texts import MOST_SOURCE, TextFault, check, fill

NAMES = ("ชื่อผู้รับ", "จำนวน", "คำร้อง", "เหตุผล")
LISTS = ("ข้อพิจารณา",)
NO = ("not_allowed", 1)
VALUES = {
    "ชื่อผู้รับ": "นางน้ำ <b>", "จำนวน": Decimal(1500), "คำร้อง": None, "เหตุผล": "",
    "ข้อพิจารณา": ("ก", "ข"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("เรียน {{ ชื่อผู้รับ }}", "เรียน นางน้ำ <b>"),
        ("{{ จำนวน | บาท }} ({{ จำนวน | บาทเป็นตัวอักษร }})", "1,500 (หนึ่งพันห้าร้อยบาทถ้วน)"),
        ("{{ คำร้อง }}", "……………………"),
        ("{% if เหตุผล %}เพราะ{% else %}ไม่มี{% endif %}", "ไม่มี"),
        ("{% for ข้อ in ข้อพิจารณา %}\n- {{ ข้อ }}\n{% endfor %}", "- ก\n- ข"),
        ("{% if ข้อพิจารณา %}มี{% endif %}", "มี"),
    ],
)
def test_what_it_says(source: str, said: str) -> None:
    check(source, names=NAMES, lists=LISTS)
    assert fill(source, VALUES) == said


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("ก\n{{ ไม่รู้จัก }}", "unknown_name", 2),
        ("{{ ชื่อผู้รับ.__class__ }}", "not_allowed", 1),
        ("{{ ชื่อผู้รับ['x'] }}", "not_allowed", 1),
        ("ก\nข\n{{ range(9) }}", "not_allowed", 3),
        ("{{ จำนวน * 999999 }}", "not_allowed", 1),
        ("{% set a = 1 %}", "not_allowed", 1),
        ("{% include 'x' %}", "not_allowed", 1),
        ("{% for a in 'xyz' %}{% endfor %}", "unknown_list", 1),
        ("{% for a in ข้อพิจารณา %}{% for b in ข้อพิจารณา %}{% endfor %}{% endfor %}", *NO),
        ("{% for a in ข้อพิจารณา %}{{ loop }}{% endfor %}", "unknown_name", 1),
        ("{{ ชื่อผู้รับ | upper }}", "unknown_filter", 1),
        ("{{ ข้อพิจารณา }}", "list_as_name", 1),
        ("ก\n{% if เหตุผล", "unclosed", 2),
        ("ก\n{{ เหตุผล\nข {{ เหตุผล }}", "unclosed", 2),
        ("ก\n{{ เหตุผล ข {{ เหตุผล }}", "unclosed", 2),
        ("ก\n{% if เหตุผล %}\nข", "no_end", 2),
        ("ก\n{% endif %}", "no_begin", 2),
        ("ก\n{{ เหตุผล เหตุผล }}", "not_understood", 2),
        ("{% if " + "not " * 90 + "เหตุผล %}{% endif %}", "too_deep", 1),
        ("{% if เหตุผล %}" * 400 + "{% endif %}" * 400, "too_deep", 1),
        ("ก" * (MOST_SOURCE + 1), "too_long", 1),
    ],
)  # fmt: skip
def test_what_it_refuses_and_in_which_line(source: str, code: str, line: int) -> None:
    with pytest.raises(TextFault) as fault:
        check(source, names=NAMES, lists=LISTS)
    assert (fault.value.code, fault.value.line) == (code, line)


def test_it_cannot_grow_without_end() -> None:
    source = "{% for ข้อ in ข้อพิจารณา %}" + "ก" * 8000 + "{% endfor %}"
    check(source, names=NAMES, lists=LISTS)
    with pytest.raises(TextFault):
        fill(source, {"ข้อพิจารณา": tuple("กขคง")})


@pytest.mark.parametrize(
    ("source", "fits"),
    [
        ("{{ จำนวน | บาท }} {{ วัน | วันที่ }} {{ 5 | บาท }}", True),
        ("ก\n{{ จำนวน | วันที่ }}", False),
        ("ก\n{{ วัน | บาท }}", False),
        ("ก\n{{ เหตุผล | บาทเป็นตัวอักษร }}", False),
        ("ก\n{{ จำนวน | บาท | วันที่ }}", False),
    ],
)
def test_an_amount_is_not_written_as_a_day(source: str, fits: bool) -> None:
    names = {"จำนวน": Decimal(5), "วัน": date(2026, 1, 1), "เหตุผล": "ก"}
    if fits:
        check(source, names=names, lists=())
        return
    with pytest.raises(TextFault) as fault:
        check(source, names=names, lists=())
    assert (fault.value.code, fault.value.line) == ("wrong_filter", 2)


def test_what_cannot_be_understood_is_shown_as_it_was_typed() -> None:
    with pytest.raises(TextFault) as fault:
        check("ก\n{{ range(9) }}", names=NAMES, lists=LISTS)
    assert fault.value.word == "{{ range(9) }}"


def test_a_decision_must_not_lose_its_grounds() -> None:
    assert REFUSAL.lost(REFUSAL.body) == () == DECISION.lost(DECISION.body)
    assert REFUSAL.lost("ไม่อนุมัติ {{ เหตุผล }}") == ("อุทธรณ์",)
