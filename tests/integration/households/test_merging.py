"""Two records become one, and two again: nothing is lost either way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.households.conftest import (
    MANAGER,
    NATIONAL_ID,
    OFFICER,
    PHONE,
    WORKER,
    Registry,
    house,
    live,
    person,
    viewer,
)
from welfare.core import clock
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role
from welfare.core.thai.identity import IdKind
from welfare.households import services
from welfare.households.errors import MergedAway
from welfare.households.kinds import MaritalStatus, PairStatus, Relation, Sex
from welfare.households.models import (
    DuplicatePair,
    Household,
    Membership,
    Person,
    PersonIdentifier,
    PersonName,
    PersonPhone,
)
from welfare.households.queries.loading import load_person
from welfare.households.services.freezing import frozen_row
from welfare.households.services.merging import Ours, merge_houses, merge_people, undo_merge
from welfare.households.services.merging.outcome import seen_versions
from welfare.households.services.undoing import StandsOn

TABLES = (
    "people", "households", "memberships", "person_names", "person_identifiers", "person_phones",
    "person_facts", "duplicate_pairs", "cases", "earlier_relations", "parentages",
)  # fmt: skip
QUIET = {"version", "updated_at", "search_text"}


@pytest.fixture
def twice(registry: Registry, session: Any) -> tuple[str, str]:
    """นางคำ of the registry, and once more as นางค่ำ with another telephone, in another house."""
    other = person(
        "ค่ำ", "น้ำใจ", title="นาง", sex=Sex.FEMALE, birth_date=date(1945, 1, 4),
        phone="66812345678", marital_status=MaritalStatus.WIDOWED, notes="ชอบนั่งหน้าบ้าน",
    )  # fmt: skip
    elsewhere = house("7", 4)
    live(elsewhere, other, Relation.HEAD)
    session.commit()
    return registry.kham, other


def of(number: str) -> Person:
    """The row of a number, whatever became of it."""
    from welfare.core.db import db

    return db.session.execute(select(Person).where(Person.number == number)).scalar_one()


def version(a: str, b: str) -> int:
    return seen_versions(of(a).version, of(b).version)


def rows(session: Any) -> dict[str, dict[int, dict[str, Any]]]:
    """Everything that a merge may touch, without housekeeping."""
    from welfare.core.db import Base

    session.expire_all()
    return {
        name: {
            row["id"]: {k: v for k, v in frozen_row(row).items() if k not in QUIET}
            for row in session.execute(select(Base.metadata.tables[name])).mappings()
        }
        for name in TABLES
    }


def merge(a: str, b: str, **ours: Any) -> Any:
    return merge_people(actor=OFFICER, a=a, b=b, version=version(a, b), ours=Ours(**ours))


def test_everything_of_both_is_with_the_survivor(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    done = merge(a, b)
    session.commit()
    kept, gone = of(a), of(b)
    assert (done.survivor, done.other) == (a, b)
    assert gone.merged_into_id == kept.id and gone.identifier is None and gone.phone is None
    assert kept.identifier == NATIONAL_ID and kept.phone == PHONE
    assert kept.marital_status == MaritalStatus.WIDOWED, "what only the other knew is taken"
    assert kept.notes == "ชอบนั่งหน้าบ้าน"
    phones = session.scalars(select(PersonPhone).where(PersonPhone.person_id == kept.id)).all()
    assert [one.phone for one in phones] == ["66812345678"]
    names = session.scalars(select(PersonName).where(PersonName.person_id == kept.id)).all()
    assert {name.first_name for name in names} == {"คำ", "ค่ำ"}
    assert [name.first_name for name in names if name.to_day is None] == ["คำ"]
    assert "ค่ำ" in kept.search_key


def test_an_old_number_leads_to_the_survivor(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    merge(a, b)
    session.commit()
    with pytest.raises(MergedAway) as led:
        load_person(b, viewer=OFFICER)
    assert led.value.survivor == a
    with pytest.raises(NotFound):
        load_person(b, viewer=viewer(Role.VOLUNTEER))


def test_stays_do_not_overlap(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    merge(a, b)
    links = session.scalars(select(Membership).where(Membership.person_id == of(a).id)).all()
    assert [link.de_facto for link in links].count(True) == 1
    assert not session.scalars(select(Membership).where(Membership.person_id == of(b).id)).all()


def test_the_house_of_the_other_can_be_chosen(
    twice: tuple[str, str], registry: Registry, session: Any
) -> None:
    a, b = twice
    home = session.scalar(
        select(Household.number)
        .join(Membership, Membership.household_id == Household.id)
        .where(Membership.person_id == of(b).id)
    )
    with pytest.raises(Refused) as refused:
        merge(a, b, home=home)
    assert refused.value.field == "new_head", "her first house would be without a head"
    merge(a, b, home=home, heirs={registry.house_3: registry.fa})
    link = session.scalar(
        select(Membership).where(
            Membership.person_id == of(a).id, Membership.de_facto, Membership.to_day.is_(None)
        )
    )
    assert session.get(Household, link.household_id).number == home
    girl = session.scalar(select(Membership).where(Membership.person_id == of(registry.fa).id))
    assert girl.relation == Relation.HEAD


def test_both_numbers_are_kept(registry: Registry, session: Any) -> None:
    other = person("คำ", "น้ำใจ", id_kind=IdKind.NATIONAL, identifier="1999900000021")
    session.commit()
    merge(registry.kham, other, units={"identifier": "b"})
    kept = of(registry.kham)
    further = session.scalars(
        select(PersonIdentifier).where(PersonIdentifier.person_id == kept.id)
    ).all()
    assert kept.identifier == "1999900000021"
    assert [one.number for one in further] == [NATIONAL_ID]


def test_undone_at_once_everything_is_as_before(
    twice: tuple[str, str], registry: Registry, session: Any
) -> None:
    a, b = twice
    before = rows(session)
    chosen = {"first_name": "a", "identifier": "a", "birth": "a"}
    done = merge(a, b, survivor="b", units=chosen, heirs={registry.house_3: registry.fa})
    session.commit()
    assert of(a).merged_into_id == of(b).id
    back = undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    assert back.kept == ()
    after = rows(session)
    after["duplicate_pairs"] = before["duplicate_pairs"]
    assert after == before


def test_undone_after_other_edits_nothing_is_lost(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    done = merge(a, b)
    session.commit()
    kept = of(a)
    kept.occupation = "ทอผ้า"
    kept.notes = "ย้ายเตียงไปชั้นล่างแล้ว"
    session.commit()
    back = undo_merge(actor=OFFICER, number=done.change, reason="เป็นคนละคน")
    session.commit()
    kept, again = of(a), of(b)
    assert again.merged_into_id is None and again.phone == "66812345678"
    assert kept.occupation == "ทอผ้า" and kept.notes == "ย้ายเตียงไปชั้นล่างแล้ว"
    assert "notes" in {one.column for one in back.kept}
    assert session.scalars(select(Membership).where(Membership.person_id == again.id)).all()
    assert kept.marital_status == MaritalStatus.UNKNOWN


def test_the_undo_cannot_be_done_twice(twice: tuple[str, str], session: Any) -> None:
    done = merge(*twice)
    session.commit()
    undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    with pytest.raises(NotFound):
        undo_merge(actor=OFFICER, number=done.change)


def test_who_was_merged_twice_is_undone_from_the_last(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    third = person("คำ", "น้ำใจ")
    session.commit()
    first = merge(a, b)
    merge(third, a)
    session.commit()
    assert of(b).merged_into_id == of(third).id, "an alias of an alias leads to the survivor"
    with pytest.raises(Refused):
        undo_merge(actor=OFFICER, number=first.change)


def test_only_who_has_the_right_merges(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    for actor in (WORKER, MANAGER, viewer(Role.VOLUNTEER)):
        with pytest.raises(Forbidden):
            merge_people(actor=actor, a=a, b=b, version=version(a, b), ours=Ours())
    done = merge(a, b)
    for actor in (WORKER, MANAGER):
        with pytest.raises(Forbidden):
            undo_merge(actor=actor, number=done.change)
    assert of(b).merged_into_id is not None


def test_nobody_is_merged_outside_ones_area(twice: tuple[str, str]) -> None:
    a, b = twice
    near = viewer(Role.OFFICER, villages={3})
    with pytest.raises(NotFound):
        merge_people(actor=near, a=a, b=b, version=version(a, b), ours=Ours())


def test_a_record_with_itself_or_changed_or_merged(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    with pytest.raises(Refused):
        merge_people(actor=OFFICER, a=a, b=a, version=1, ours=Ours())
    with pytest.raises(StaleRecord):
        merge_people(actor=OFFICER, a=a, b=b, version=version(a, b) + 1, ours=Ours())
    session.rollback()
    merge(a, b)
    session.commit()
    with pytest.raises(MergedAway):
        merge_people(actor=OFFICER, a=a, b=b, version=1, ours=Ours())


def test_who_has_died_belongs_nowhere(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    of(b).deceased_on = date(2026, 3, 1)
    for link in session.scalars(select(Membership).where(Membership.person_id == of(b).id)):
        link.to_day = date(2026, 3, 1)
    session.commit()
    with pytest.raises(Refused):
        merge(a, b)
    merge(a, b, heirs={_house_of(session, a): "nobody"})
    assert of(a).deceased_on == date(2026, 3, 1)
    links = session.scalars(select(Membership).where(Membership.person_id == of(a).id)).all()
    assert all(link.to_day for link in links)


def _house_of(session: Any, number: str) -> str:
    return session.scalar(  # type: ignore[no-any-return]
        select(Household.number)
        .join(Membership, Membership.household_id == Household.id)
        .where(Membership.person_id == of(number).id, Membership.to_day.is_(None))
    )


def test_other_pairs_are_the_survivors(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    third = person("คำ", "น้ำใจ")
    session.commit()
    pair = {"score": 0.9, "weight": 5.0, "kind": "person"}
    from welfare.core import clock

    for one, other in ((a, b), (b, third)):
        low, high = sorted((of(one).id, of(other).id))
        session.add(
            DuplicatePair(
                a_id=low, b_id=high, found_at=clock.now(), compared_at=clock.now(), **pair
            )
        )
    session.commit()
    merge(a, b)
    found = {
        (row.a_id, row.b_id): row.status for row in session.scalars(select(DuplicatePair)).all()
    }
    aim = (min(of(a).id, of(third).id), max(of(a).id, of(third).id))
    assert found[aim] == PairStatus.OPEN
    assert PairStatus.MERGED in found.values() and len(found) == 2


def test_two_houses_become_one_and_two_again(registry: Registry, session: Any, app: Flask) -> None:
    other = house("๙๙/1", 3, landmark="หลังวัด", house_code="51010999999")
    guest = person("บุญมี", "น้ำใจ")
    live(other, guest, Relation.HEAD)
    session.commit()
    before = rows(session)
    one, two = (
        session.scalar(select(Household).where(Household.number == number))
        for number in (registry.house_3, other)
    )
    done = merge_houses(
        actor=OFFICER, a=one.number, b=two.number,
        version=seen_versions(one.version, two.version), ours=Ours(),
    )  # fmt: skip
    session.commit()
    links = session.scalars(
        select(Membership).where(Membership.household_id == one.id, Membership.to_day.is_(None))
    ).all()
    assert len(links) == 3
    assert [link.relation for link in links].count(Relation.HEAD) == 1
    assert one.landmark == "หลังวัด" and one.house_code == "51010999999"
    undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    after = rows(session)
    after["duplicate_pairs"] = before["duplicate_pairs"]
    assert after == before


def test_cases_follow_and_come_back(stage: None, session: Any) -> None:
    from tests import cast
    from welfare.cases.models import Case

    a, b = cast.person().number, cast.person(first_name="ค่ำ").number
    number = cast.case(person_id=of(b).id)
    officer = cast.viewer(cast.ORN)
    done = merge_people(actor=officer, a=a, b=b, version=version(a, b), ours=Ours())
    session.commit()
    found = session.scalar(select(Case).where(Case.number == number))
    assert found.person_id == of(a).id
    later = cast.case(person_id=of(a).id)
    undo_merge(actor=officer, number=done.change)
    session.commit()
    owners = dict(session.execute(select(Case.number, Case.person_id)).all())
    assert owners == {number: of(b).id, later: of(a).id}, "what came later stays with the survivor"


def test_who_moved_since_stays_where_they_moved(
    twice: tuple[str, str], registry: Registry, session: Any
) -> None:
    """She lived in two houses by two records; merged, she moved to a third; then undone."""
    a, b = twice
    home = _house_of(session, b)
    done = merge(a, b, home=home, heirs={registry.house_3: registry.fa})
    session.commit()
    third = house("55", 3)
    services.add_member(
        actor=OFFICER, household_number=third, person_number=a, relation=Relation.HEAD, move=True,
        from_day=date(2026, 1, 1),
    )  # fmt: skip
    session.commit()
    back = undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    assert _house_of(session, a) == third, "the later move stands"
    links = session.scalars(select(Membership).where(Membership.person_id == of(b).id)).all()
    assert [link.to_day for link in links] == [date(2026, 1, 1)], "what is known of the other stays"
    assert back.survivor == a
    girl = session.scalar(select(Membership).where(Membership.person_id == of(registry.fa).id))
    assert girl.relation == Relation.HEAD, "as long as the head of before does not come back"


def test_a_head_chosen_since_stays_head(twice: tuple[str, str], session: Any) -> None:
    a, b = twice
    home = _house_of(session, b)
    done = merge(a, b)
    session.commit()
    heir = person("บุญมี", "น้ำใจ")
    live(home, heir, Relation.HEAD)
    session.commit()
    undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    relations = {
        link.person_id: link.relation
        for link in session.scalars(
            select(Membership)
            .join(Household, Household.id == Membership.household_id)
            .where(Household.number == home, Membership.to_day.is_(None))
        )
    }
    assert relations == {of(heir).id: Relation.HEAD, of(b).id: Relation.RELATIVE}


def test_a_household_that_would_lose_its_head_is_asked_for_one(
    registry: Registry, session: Any
) -> None:
    """Two houses were made one, then the head of the one that comes back left for good."""
    a, b = house("21", 3), house("21/1", 3)
    husband, wife, other = (person(one, "ใจดี") for one in ("ชาย", "หญิง", "อีกคน"))
    live(a, other, Relation.HEAD)
    live(b, husband, Relation.HEAD)
    live(b, wife, Relation.SPOUSE)
    session.commit()
    done = merge_houses(
        actor=OFFICER, a=a, b=b, version=seen_versions(_version_of(a), _version_of(b)), ours=Ours()
    )
    session.commit()
    left = services.move_out(
        actor=OFFICER, household_number=a, people=[husband], day=clock.today(), destination="แพร่"
    )
    session.commit()
    before = rows(session)
    with pytest.raises(StandsOn) as refused:
        undo_merge(actor=OFFICER, number=done.change)
    assert rows(session) == before
    assert b in refused.value.message
    assert refused.value.later == (left,), "what is to be undone first"
    assert [(one.number, [who for who, _ in one.members]) for one in refused.value.heads] == [
        (b, [wife])
    ]
    undo_merge(actor=OFFICER, number=done.change, heirs={b: wife})
    session.commit()
    link = session.scalar(select(Membership).where(Membership.person_id == of(wife).id))
    assert (link.relation, _house_of(session, wife)) == (Relation.HEAD, b)


def _version_of(house: str) -> int:
    from welfare.core.db import db

    return db.session.scalar(select(Household.version).where(Household.number == house)) or 0


def test_the_undo_can_be_undone(twice: tuple[str, str], session: Any) -> None:
    from welfare.households.services.undoing import undo_changes

    a, b = twice
    done = merge(a, b)
    session.commit()
    merged = rows(session)
    back = undo_merge(actor=OFFICER, number=done.change)
    session.commit()
    undo_changes(actor=OFFICER, number=back.change)
    session.commit()
    assert rows(session) == merged
