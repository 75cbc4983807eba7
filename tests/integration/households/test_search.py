"""The search finds who is meant, however it is typed, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.households import conftest as made
from tests.integration.households.conftest import OFFICER, WORKER_3, Registry
from welfare.households.kinds import Reason
from welfare.households.queries import search_households, search_people

pytestmark = pytest.mark.usefixtures("session")


def people(q: str, viewer: Any = OFFICER) -> list[str]:
    return [row.number for row in search_people(q, viewer).rows]


def houses(q: str, viewer: Any = OFFICER) -> list[str]:
    return [row.number for row in search_households(q, viewer).rows]


@pytest.mark.parametrize(
    "q",
    [
        "คำ น้ำใจ", "น้ำใจ คำ", "นางคำ น้ำใจ", "นาง คำ", "นางคำ", "คำ",
        "คํา นํ้าใจ",  # ำ taken apart
        "คำ น้ําใจ", "คำ นำ้ใจ",  # tone before, after the vowel
        "น.ส.คำ น้ำใจ", "คำน้ำใจ", "คำ น\u200b้ำใจ", "  คำ   น้ำ ",
        "3999912345670", "3-9999-12345-67-0", "๓๙๙๙๙๑๒๓๔๕๖๗๐", "3 9999 12345 67 0",
        "0990001234", "099-000-1234", "๐๙๙ ๐๐๐ ๑๒๓๔", "+66 99 000 1234", "โทร 099-0001234",
        "คำ ม.3", "คำ หมู่ที่ ๓", "น้ำใจ 99/1", "คำ 1234", "นางคำ น้ำใจ โทร ๑๒๓๔", "น้ำใจ คำ เบอร์ 1234",
    ],
)  # fmt: skip
def test_kham_is_found(registry: Registry, q: str) -> None:
    assert registry.kham in people(q)
    assert registry.somchai not in people(q)


@pytest.mark.parametrize("q", ["สมชาย 1234", "คำ 5678", "คำ บ้านเลขที่ 1234"])
def test_the_end_of_anothers_telephone_finds_nobody(registry: Registry, q: str) -> None:
    assert people(q) == []


def test_number_of_a_person_in_any_spelling(registry: Registry) -> None:
    assert people(registry.kham.lower().replace("-", "")) == [registry.kham]


@pytest.mark.parametrize(
    "q", ["99/1", "99/1 ม.3", "๙๙/๑ หมู่ ๓", "บ้านเลขที่ 99/1 หมู่ที่ 3", "99/1ม.3", "สุขใจ", "99/1 moo 3"]
)
def test_house_is_found(registry: Registry, q: str) -> None:
    assert houses(q) == [registry.house_3]


def test_house_code_and_number(registry: Registry) -> None:
    assert houses("5101-023456-7") == [registry.house_5]
    assert houses("๕๑๐๑๐๒๓๔๕๖๗") == [registry.house_5]
    assert houses(registry.house_5) == [registry.house_5]


def test_house_by_who_lives_there(registry: Registry) -> None:
    found = search_households("สมชาย", OFFICER).rows
    assert [(row.number, row.reasons, row.found) for row in found] == [
        (registry.house_5, (Reason.MEMBER,), ("นายสมชาย ใจดี",))
    ]
    assert houses("0990005678") == [registry.house_5]


@pytest.mark.parametrize("q", ["99/1 ม.5", "คำ ม.5", "%", "_", "ค_", "%ใจ%", "\\", "/", "คำ%"])
def test_nothing_is_found(registry: Registry, q: str) -> None:
    assert people(q) == []
    assert set(houses(q)) <= ({registry.house_3} if q == "/" else set())


def test_two_letter_words_find_everybody(registry: Registry) -> None:
    assert set(people("ใจ")) == {registry.kham, registry.somchai, registry.fa}


def test_the_surest_comes_first_with_its_reason(registry: Registry, session: Any) -> None:
    part = made.person("บุญคำ", "ทอง")
    start = made.person("คำปัน", "ทอง")
    session.commit()
    rows = search_people("คำ", OFFICER).rows
    assert [row.number for row in rows] == [registry.kham, start, part]
    assert [row.reasons for row in rows] == [
        (Reason.NAME,), (Reason.NAME_START,), (Reason.NAME_PART,)
    ]  # fmt: skip


def test_house_number_exact_before_beginning(registry: Registry, session: Any) -> None:
    longer, inside = made.house("120", 5), made.house("5/120", 5)
    session.commit()
    assert houses("12") == [registry.house_5, longer, inside]


def test_wildcards_are_letters(registry: Registry, session: Any) -> None:
    odd = made.person("ก_ข", "100%จริง")
    session.commit()
    assert people("ก_ข") == [odd]
    assert people("กxข") == []


def test_a_name_with_a_title_inside_it(registry: Registry) -> None:
    assert people("นางฟ้า") == [registry.fa]
    assert people("ฟ้า") == [registry.fa]


@pytest.mark.parametrize(
    "q", ["สมชาย", "ใจดี", "สมชาย ใจดี", "0990005678", "1999900000013", "12 ม.5", "หมู่ 5", "ใจ"]
)
def test_who_works_in_village_3_finds_nobody_of_village_5(registry: Registry, q: str) -> None:
    assert registry.somchai not in people(q, WORKER_3)
    assert registry.house_5 not in houses(q, WORKER_3)
    assert registry.somchai in people(q) or registry.house_5 in houses(q)


def test_numbers_do_not_open_the_other_village(registry: Registry) -> None:
    assert people(registry.somchai, WORKER_3) == []
    assert houses(registry.house_5, WORKER_3) == []
    assert houses("51010234567", WORKER_3) == []


def test_without_the_right_nothing_is_found(registry: Registry) -> None:
    for viewer in (made.VOLUNTEER, made.ADMIN):
        assert people("คำ", viewer) == []
        assert houses("99/1", viewer) == []


def test_who_left_is_found_where_they_were_last(registry: Registry, session: Any) -> None:
    from datetime import date

    from welfare.households import services
    from welfare.households.kinds import EndReason

    services.end_membership(
        actor=OFFICER, household_number=registry.house_5, person_number=registry.somchai,
        version=1, to_day=date(2026, 1, 5), reason=EndReason.MOVED_OUT,
    )  # fmt: skip
    session.commit()
    assert people("สมชาย", WORKER_3) == []
    made.live(registry.house_3, registry.somchai, from_day=date(2026, 1, 6))
    session.commit()
    assert people("สมชาย", WORKER_3) == [registry.somchai]


@pytest.mark.parametrize(
    "q", ["", "   ", "\x00", "ก" * 5000, "'; DROP TABLE people --", "<b>", "๙" * 400, "😀"]
)
def test_nothing_typed_breaks_it(registry: Registry, q: str) -> None:
    people(q)
    houses(q)


def test_more_than_fit(registry: Registry, session: Any) -> None:
    for number in range(4):
        made.person(f"ซ้ำ{number}", "กัน")
    session.commit()
    found = search_people("ซ้ำ", OFFICER, limit=3)
    assert len(found.rows) == 3
    assert found.more


def test_earlier_name_says_so(registry: Registry, session: Any) -> None:
    from welfare.households import services
    from welfare.households.facts import KEEP, PersonFacts

    services.edit_person(
        actor=OFFICER, number=registry.somchai, version=1,
        facts=PersonFacts("ธนา", "ใจดี", id_kind=KEEP, identifier=KEEP, phone=KEEP),
    )  # fmt: skip
    session.commit()
    (row,) = search_people("สมชาย ใจดี", OFFICER).rows
    assert (row.name, row.reasons) == ("ธนา ใจดี", (Reason.EARLIER_NAME,))
    assert people("1999900000013") == [registry.somchai]
