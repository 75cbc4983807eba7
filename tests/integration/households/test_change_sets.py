"""What a change set keeps, and what taking it back restores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, insert, select

from tests.integration.households.conftest import (
    OFFICER,
    VOLUNTEER,
    WORKER_3,
    Registry,
    house,
    live,
    person,
)
from welfare.cases.models import Case
from welfare.cases.queries import categories
from welfare.cases.services import open_case
from welfare.core.db import Base, db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.security.permissions import SYSTEM
from welfare.households.kinds import Relation, Sex
from welfare.households.models import Household, Membership, Person, PersonName
from welfare.households.models.changes import Change, ChangeKind, ChangeSet, ChangeSubject
from welfare.households.services.freezing import HOUSEKEEPING, table
from welfare.households.services.recording import recorded
from welfare.households.services.undoing import after_restoring, undo_changes
from welfare.setup import ensure_basics

TABLES = ("people", "households", "memberships", "person_names", "cases")


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the registry, without when and how often they were written."""
    db.session.flush()
    return {name: _rows(Base.metadata.tables[name]) for name in TABLES}


def _rows(of: Table) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key not in HOUSEKEEPING}
        for row in db.session.execute(select(of).order_by(of.c.id)).mappings()
    ]


def somebody(number: str) -> Person:
    return db.session.scalars(select(Person).where(Person.number == number)).one()


def at(number: str) -> Household:
    return db.session.scalars(select(Household).where(Household.number == number)).one()


def grow(registry: Registry) -> str:
    """A change set of every kind of change: added, edited, removed, past the session."""
    with recorded(OFFICER, ChangeKind.SPLIT, day=date(2025, 1, 2), reason="แยกครัวเรือน") as changes:
        kham = somebody(registry.kham)
        kham.sex, kham.birth_date, kham.phone = Sex.UNKNOWN, date(1946, 1, 1), None
        new_house, new_person = house("7", 3), person("ใหม่", "มาแล้ว")
        live(new_house, new_person, Relation.HEAD)
        link = db.session.scalars(
            select(Membership).where(Membership.person_id == somebody(registry.fa).id)
        ).one()
        db.session.delete(link)
        db.session.flush()
        name_id = db.session.scalar(
            insert(PersonName)
            .values(person_id=kham.id, first_name="เก่า", last_name="")
            .returning(PersonName.id)
        )
        assert name_id is not None
        changes.note_added(PersonName, [name_id])
    return changes.number


def test_undo_restores_exactly_and_can_itself_be_undone(app: Flask, registry: Registry) -> None:
    with app.app_context():
        before = everything()
        number = grow(registry)
        after = everything()
        assert after != before
        undone = undo_changes(actor=OFFICER, number=number, reason="ผิดบ้าน")
        assert everything() == before
        assert not undone.kept
        undo_changes(actor=OFFICER, number=undone.number)
        assert everything() == after


def test_a_set_knows_whom_it_touched_and_hides_what_it_holds(
    app: Flask, registry: Registry
) -> None:
    with app.app_context():
        grow(registry)
        kham, fa, three = somebody(registry.kham), somebody(registry.fa), at(registry.house_3)
        subjects = db.session.scalars(select(ChangeSubject)).all()
        assert {kham.id, fa.id} <= {subject.person_id for subject in subjects}
        assert three.id in {subject.household_id for subject in subjects}
        stored = db.session.execute(
            select(Change.__table__.c.before, Change.__table__.c.id).limit(1)
        )
        assert stored.all()
        raw = db.session.connection().exec_driver_sql("SELECT before, after FROM registry_changes")
        texts = b"".join(bytes(value) for row in raw for value in row if value)
        assert "คำ".encode() not in texts
        assert b"66990001234" not in texts


def test_later_edits_refuse_a_strict_undo_and_stay_in_a_lenient_one(
    app: Flask, registry: Registry
) -> None:
    with app.app_context():
        number = grow(registry)
        somebody(registry.kham).birth_date = date(1947, 5, 5)
        db.session.flush()
        with pytest.raises(Refused):
            undo_changes(actor=OFFICER, number=number)
        undone = undo_changes(actor=OFFICER, number=number, keep_later=True)
        kham = somebody(registry.kham)
        assert kham.birth_date == date(1947, 5, 5)
        assert (kham.sex, kham.phone) == (Sex.FEMALE, "66990001234")
        assert [(kept.table_name, kept.column) for kept in undone.kept] == [
            ("people", "birth_date")
        ]


def test_what_others_lean_on_stays_with_all_that_belongs_to_it(
    app: Flask, registry: Registry
) -> None:
    with app.app_context():
        with recorded(OFFICER, ChangeKind.IMPORT) as changes:
            first, second = house("70", 3), house("71", 3)
            one, two = person("หนึ่ง", "ก"), person("สอง", "ข")
            live(first, one, Relation.HEAD)
            live(second, two, Relation.HEAD)
        _case_of(somebody(one).id)
        undone = undo_changes(actor=OFFICER, number=changes.number, keep_later=True)
        assert somebody(one).first_name == "หนึ่ง"
        assert at(first).house_no == "70"
        assert len(_homes(one)) == 1
        assert not db.session.scalars(select(Person).where(Person.number == two)).all()
        assert not db.session.scalars(select(Household).where(Household.number == second)).all()
        assert {kept.table_name for kept in undone.kept} == {
            "people", "person_names", "households", "memberships",
        }  # fmt: skip


def _homes(number: str) -> list[Membership]:
    person_id = somebody(number).id
    return list(db.session.scalars(select(Membership).where(Membership.person_id == person_id)))


def _case_of(person_id: int) -> int:
    ensure_basics()
    made = open_case(
        actor=SYSTEM,
        title="ช่วย",
        summary="",
        category_id=categories()[0].id,
        person_id=person_id,
    )
    return int(made.id)


def test_references_follow_and_come_back_without_later_ones(app: Flask, registry: Registry) -> None:
    with app.app_context():
        kham, somchai = somebody(registry.kham).id, somebody(registry.somchai).id
        moved = _case_of(kham)
        with recorded(OFFICER, ChangeKind.MERGE) as changes:
            assert changes.repoint(table("cases"), "person_id", kham, somchai) == 1
        later = _case_of(somchai)
        undo_changes(actor=OFFICER, number=changes.number)
        of = {row.id: row.person_id for row in db.session.execute(select(Case.id, Case.person_id))}
        assert of == {moved: kham, later: somchai}


def test_followers_hear_whose_rows_were_restored(app: Flask, registry: Registry) -> None:
    heard: list[tuple[frozenset[int], frozenset[int]]] = []
    with app.app_context():
        number = grow(registry)
        after_restoring(lambda people, households: heard.append((people, households)))
        undo_changes(actor=OFFICER, number=number)
        assert {somebody(registry.kham).id, somebody(registry.fa).id} <= heard[0][0]
        assert at(registry.house_3).id in heard[0][1]


def test_undo_is_denied(app: Flask, registry: Registry) -> None:
    with app.app_context():
        with recorded(OFFICER, ChangeKind.CORRECTION) as changes:
            at(registry.house_5).landmark = "หน้าวัด"
        for stranger in (VOLUNTEER, WORKER_3):
            with pytest.raises(Forbidden):
                undo_changes(actor=stranger, number=changes.number)
        with pytest.raises(NotFound):
            undo_changes(actor=OFFICER, number="nothing")
        undo_changes(actor=OFFICER, number=changes.number)
        with pytest.raises(Refused):
            undo_changes(actor=OFFICER, number=changes.number)
        kinds = set(db.session.scalars(select(ChangeSet.kind)))
        assert ChangeKind.UNDO in kinds
