"""Cases are found by the present name of the person and the present address of the house."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from tests import cast
from welfare.cases.models import Case
from welfare.cases.queries import CaseFilters, Scope, worklist
from welfare.core.errors import Forbidden
from welfare.core.thai.text import search_key
from welfare.households import services as registry
from welfare.households.facts import HouseholdFacts, PersonFacts

pytestmark = pytest.mark.usefixtures("stage")


def found(words: str) -> list[str]:
    asked = CaseFilters(status=Scope.ALL, words=tuple(search_key(words).split()))
    return [row.number for row in worklist(asked, viewer=cast.viewer(cast.ORN)).rows]


@pytest.fixture
def case(session: Any) -> Any:
    """A case about ยายคำ in her house."""
    home = cast.household()
    person = cast.person(home)
    number = cast.case(household_id=home.id, person_id=person.id)
    return number, person, home


def edit_person(person: Any, actor: str = cast.ORN, **changes: Any) -> None:
    facts = PersonFacts(title="นาง", first_name="คำ", last_name="ใจดี")
    registry.edit_person(
        actor=cast.viewer(actor),
        number=person.number,
        version=person.version,
        facts=replace(facts, **changes),
    )


def test_a_new_name_finds_the_case_and_the_old_one_too(session: Any, case: Any) -> None:
    number, person, _home = case
    version = session.scalar(select(Case.version))
    edit_person(person, last_name="รุ่งเรืองศรี")
    session.commit()
    assert found("รุ่งเรืองศรี") == [number]
    assert found("ใจดี") == [number]
    assert session.scalar(select(Case.version)) == version
    text = session.scalar(select(Case.search_text))
    assert len([line for line in text.split("\n") if "รุ่งเรืองศรี" in line]) == 1
    assert len(text.split("\n")) == 2


def test_a_new_address_finds_the_case(session: Any, case: Any) -> None:
    number, _person, home = case
    registry.edit_household(
        actor=cast.viewer(cast.ORN),
        number=home.number,
        version=home.version,
        facts=HouseholdFacts(house_no="98/76", village_no=2, lane="ซอยมะขาม"),
    )
    session.commit()
    assert found("98/76") == [number]
    assert found("ซอยมะขาม คำ") == [number]
    assert found("12/1") == []


def test_other_cases_stay_as_they_are(session: Any, case: Any) -> None:
    _number, person, _home = case
    cast.case(title="เรื่องอื่น")
    edit_person(person, first_name="บัวผัน")
    session.commit()
    texts = session.scalars(select(Case.search_text).order_by(Case.id)).all()
    assert ["บัวผัน" in text for text in texts] == [True, False]


def test_a_refused_edit_changes_no_case(session: Any, case: Any) -> None:
    number, person, _home = case
    with pytest.raises(Forbidden):
        edit_person(person, actor=cast.AEK, last_name="รุ่งเรืองศรี")
    session.rollback()
    assert found("รุ่งเรืองศรี") == []
    assert found("คำ") == [number]
