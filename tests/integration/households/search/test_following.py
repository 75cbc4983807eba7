"""The tables of the search follow every write, and are what making them anew would give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.integration.households import conftest as made
from tests.integration.households.conftest import OFFICER, Registry
from welfare.core import clock
from welfare.core.db import db
from welfare.households import services
from welfare.households.facts import KEEP, HouseholdFacts, PersonFacts
from welfare.households.kinds import EndReason
from welfare.households.models import (
    Household,
    HouseWord,
    Membership,
    NameEnd,
    NameSlip,
    NameSound,
    Person,
    PersonName,
    PersonPhone,
    PersonWord,
    PhoneEnd,
)
from welfare.households.models.changes import ChangeKind
from welfare.households.models.finding import index_everything
from welfare.households.queries import search_people
from welfare.households.services.recording import recorded
from welfare.households.services.undoing import undo_changes

pytestmark = pytest.mark.usefixtures("session")


def rows() -> dict[str, set[Any]]:
    """Everything that the search walks on."""
    found = {
        "people": select(
            PersonWord.person_id,
            PersonWord.word,
            PersonWord.area,
            PersonWord.earlier,
            PersonWord.line,
        ),
        "houses": select(HouseWord.household_id, HouseWord.word, HouseWord.beside, HouseWord.area),
        "phones": select(PhoneEnd.person_id, PhoneEnd.ending),
    }
    return {
        name: {tuple(row) for row in db.session.execute(asked)} for name, asked in found.items()
    }


def true() -> None:
    """The rows are those that making them anew would give; and no word is without its ends."""
    db.session.commit()
    now = rows()
    known = set(db.session.scalars(select(NameSound.word)))
    ends = set(db.session.scalars(select(NameEnd.word)))
    slips = set(db.session.scalars(select(NameSlip.word)))
    assert {row[1] for row in now["people"]} <= known == slips
    assert {word for word in known if len(word) > 1} <= ends
    index_everything(db.session.connection())
    anew = rows()
    db.session.rollback()
    assert now == anew


def number_of(record: Any, number: str) -> Any:
    return db.session.scalar(select(record).where(record.number == number))


def test_writes_of_services_are_followed(registry: Registry) -> None:
    true()
    services.edit_person(
        actor=OFFICER, number=registry.somchai, version=1,
        facts=PersonFacts("ธนา", "ใจเย็น", id_kind=KEEP, identifier=KEEP, phone=KEEP),
    )  # fmt: skip
    true()
    services.end_membership(
        actor=OFFICER, household_number=registry.house_5, person_number=registry.somchai,
        version=1, to_day=date(2026, 1, 5), reason=EndReason.MOVED_OUT,
    )  # fmt: skip
    true()
    made.live(registry.house_3, registry.somchai, from_day=date(2026, 1, 6))
    true()
    services.edit_household(
        actor=OFFICER, number=registry.house_3, version=1,
        facts=HouseholdFacts(house_no="100/2", village_no=4, lane="ซอยใหม่"),
    )  # fmt: skip
    true()
    assert not search_people("สุขใจ", OFFICER).rows
    assert [row.number for row in search_people("100/2 ม.4", OFFICER).rows]


def test_a_house_that_moves_takes_its_people_along(registry: Registry) -> None:
    house = number_of(Household, registry.house_3)
    house.village_no = 5
    true()
    areas = db.session.scalars(
        select(PersonWord.area).where(
            PersonWord.person_id == number_of(Person, registry.kham).id
        )
    )  # fmt: skip
    assert set(areas) == {5}


def test_merging_takes_words_away_and_unmerging_brings_them_back(registry: Registry) -> None:
    kham, somchai = number_of(Person, registry.kham), number_of(Person, registry.somchai)
    kham.merged_into_id = somchai.id
    true()
    assert not [row for row in rows()["people"] if row[0] == kham.id]
    assert not [row.number for row in search_people("น้ำใจ คำ", OFFICER).rows]
    kham.merged_into_id = None
    true()
    assert [row.number for row in search_people("น้ำใจ คำ", OFFICER).rows] == [registry.kham]


def test_deleted_people_and_names_are_forgotten(registry: Registry) -> None:
    fa = number_of(Person, registry.fa)
    for kind in (PersonName, Membership):
        for record in db.session.scalars(select(kind).where(kind.person_id == fa.id)):
            db.session.delete(record)
    db.session.flush()
    db.session.delete(fa)
    true()
    assert not search_people("นางฟ้า", OFFICER).rows


def test_repointing_and_its_undo_are_followed(registry: Registry) -> None:
    kham, somchai = number_of(Person, registry.kham), number_of(Person, registry.somchai)
    with recorded(OFFICER, ChangeKind.CORRECTION, reason="ทดสอบ") as changes:
        changes.repoint(PersonName.__table__, "person_id", kham.id, somchai.id)
    true()
    assert registry.somchai in [row.number for row in search_people("น้ำใจ", OFFICER).rows]
    undo_changes(actor=OFFICER, number=changes.number, reason="ทดสอบ")
    true()
    assert registry.somchai not in [row.number for row in search_people("น้ำใจ", OFFICER).rows]


def test_the_end_of_a_telephone_number_is_followed(registry: Registry) -> None:
    somchai = number_of(Person, registry.somchai)
    somchai.phone, somchai.phone_index = "66811119753", b"x" * 16
    db.session.add(PersonPhone(
        person_id=somchai.id, phone="6653009864", phone_index=b"y" * 16, recorded_at=clock.now(),
    ))  # fmt: skip
    true()
    for end in ("9753", "โทร 9864"):
        assert [row.number for row in search_people(end, OFFICER).rows] == [registry.somchai]
    somchai.phone = somchai.phone_index = None
    true()
    assert not search_people("9753", OFFICER).rows


def test_a_rolled_back_write_leaves_no_words(registry: Registry) -> None:
    made.person("ชั่วคราว", "ถอนคืน")
    db.session.rollback()
    assert not search_people("ชั่วคราว", OFFICER).rows
    true()


def test_what_the_index_says_wrongly_is_not_shown(registry: Registry) -> None:
    """Rights are asked of the registry itself: an index gone wrong loses people, never shows."""
    db.session.execute(update(PersonWord).values(area=3))
    db.session.commit()
    assert registry.somchai not in [
        row.number for row in search_people("สมชาย", made.WORKER_3).rows
    ]


def test_reindex_makes_it_right(registry: Registry) -> None:
    db.session.execute(update(PersonWord).values(area=3))
    assert services.reindex() == (3, 2)
    true()
