"""Pairs that may be one: found, shown, decided, remembered; and the pages that do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.households.conftest import (
    NATIONAL_ID,
    OFFICER,
    PHONE,
    WORKER,
    WORKER_3,
    Registry,
    house,
    live,
    person,
)
from tests.pages import submit
from welfare.core import clock
from welfare.core.errors import Forbidden, NotFound, StaleRecord
from welfare.core.security.permissions import Role
from welfare.households import services
from welfare.households.facts import PersonFacts
from welfare.households.kinds import PairKind, PairStatus, Relation, Sex
from welfare.households.likeness import HouseTraits, Sign
from welfare.households.models import DuplicatePair, Person
from welfare.households.queries import similar_people
from welfare.households.queries.duplicates import (
    candidates_for,
    house_candidates_for,
    traits_of_facts,
)
from welfare.households.queries.duplicates.queue import Asked, duplicates
from welfare.households.queries.residents import members_on
from welfare.households.services.duplicates import ask_again, check_registry, keep_apart

SignIn = Callable[..., Any]


@pytest.fixture
def double(registry: Registry, session: Any) -> str:
    """นางคำ once more, in her house, with a slip in the name."""
    made = person("ค่ำ", "น้ำใจ", title="นาง", sex=Sex.FEMALE, birth_date=date(1945, 4, 1))
    live(registry.house_3, made, Relation.RELATIVE)
    session.commit()
    return made


@pytest.fixture
def found(double: str, session: Any) -> DuplicatePair:
    check_registry()
    session.commit()
    return session.scalars(select(DuplicatePair)).one()  # type: ignore[no-any-return]


def test_the_check_finds_who_stands_twice(found: DuplicatePair) -> None:
    assert found.kind == PairKind.PERSON and found.status == PairStatus.OPEN
    assert found.a_id < found.b_id and found.score > 0.9
    assert {"name_sounds", "same_birth", "same_house"} <= {*found.reasons.split(",")}


def test_a_second_check_changes_nothing(found: DuplicatePair, session: Any) -> None:
    people, houses = check_registry()
    assert (people.offered, people.new, people.gone) == (1, 0, 0)
    assert houses.offered == 0


def test_what_was_decided_stays_decided(
    found: DuplicatePair, registry: Registry, double: str, session: Any
) -> None:
    keep_apart(
        actor=OFFICER, kind=PairKind.PERSON, a=registry.kham, b=double, version=found.version,
        note="พี่น้องกัน",
    )  # fmt: skip
    session.commit()
    check_registry()
    session.commit()
    pair = session.scalars(select(DuplicatePair)).one()
    assert (pair.status, pair.note) == (PairStatus.DIFFERENT, "พี่น้องกัน")
    assert not duplicates(Asked(), viewer=OFFICER).pairs
    ask_again(actor=OFFICER, kind=PairKind.PERSON, a=double, b=registry.kham, version=pair.version)
    assert len(duplicates(Asked(), viewer=OFFICER).pairs) == 1


def test_a_pair_that_is_no_longer_alike_goes(
    found: DuplicatePair, double: str, session: Any
) -> None:
    row = session.scalars(select(Person).where(Person.number == double)).one()
    row.first_name, row.birth_date, row.sex = "สมศรี", date(1990, 2, 2), Sex.MALE
    session.commit()
    people, _houses = check_registry()
    assert people.gone == 1
    assert session.scalars(select(DuplicatePair)).all() == []


def test_two_houses_with_one_number_are_found(registry: Registry, session: Any) -> None:
    house("๙๙/๐๑", 3)
    session.commit()
    check_registry()
    pair = session.scalars(select(DuplicatePair)).one()
    assert pair.kind == PairKind.HOUSEHOLD and "same_address" in pair.reasons


def test_who_may_not_merge_decides_nothing(
    found: DuplicatePair, registry: Registry, double: str
) -> None:
    for verb in (keep_apart, ask_again):
        with pytest.raises(Forbidden):
            verb(
                actor=WORKER, kind=PairKind.PERSON, a=registry.kham, b=double,
                version=found.version,
            )  # fmt: skip


def test_a_pair_is_not_there_outside_ones_area(
    found: DuplicatePair, registry: Registry, double: str
) -> None:
    from tests.integration.households.conftest import viewer

    far = viewer(Role.OFFICER, villages={5})
    with pytest.raises(NotFound):
        keep_apart(
            actor=far, kind=PairKind.PERSON, a=registry.kham, b=double, version=found.version
        )
    queue = duplicates(Asked(), viewer=far)
    assert queue.pairs == () and queue.counts == {}
    assert duplicates(Asked(), viewer=WORKER_3).pairs


def test_a_stale_decision_is_refused(found: DuplicatePair, registry: Registry, double: str) -> None:
    with pytest.raises(StaleRecord):
        keep_apart(
            actor=OFFICER, kind=PairKind.PERSON, a=registry.kham, b=double,
            version=found.version + 1,
        )  # fmt: skip


def test_filters_narrow_the_queue(found: DuplicatePair) -> None:
    def pairs(**asked: Any) -> int:
        return len(duplicates(Asked(**asked), viewer=OFFICER).pairs)

    assert pairs(village=3) == 1 and pairs(village=5) == 0
    assert pairs(reason=Sign.SAME_BIRTH) == 1 and pairs(reason=Sign.SAME_ID) == 0
    assert pairs(kind=PairKind.HOUSEHOLD) == 0 and pairs(page=99) == 1


def test_candidates_for_a_list(registry: Registry, session: Any) -> None:
    batch = [
        traits_of_facts(
            PersonFacts("น้ำใจ", "คำ", birth_date=date(1945, 4, 1)), house_no="99/1", village_no=3
        ),
        traits_of_facts(PersonFacts("อื่น", "ไปเลย", identifier=NATIONAL_ID)),
        traits_of_facts(PersonFacts("มานี", "มีนา")),
        traits_of_facts(PersonFacts("คำ", "น้ำใจ", phone=PHONE)),
    ]
    swapped, numbered, nobody, called = candidates_for(batch, viewer=OFFICER)
    assert swapped[0].number == registry.kham and Sign.NAMES_SWAPPED in swapped[0].reasons
    assert numbered[0].number == registry.kham and not numbered[0].sure and numbered[0].but
    assert nobody == ()
    assert Sign.SAME_PHONE in called[0].reasons and called[0].why
    assert candidates_for(batch, viewer=WORKER_3) == candidates_for(batch)


def test_candidates_for_houses(registry: Registry, session: Any) -> None:
    (same, none) = house_candidates_for([HouseTraits("๙๙/๑", 3), HouseTraits("1", 5)])
    assert same[0].number == registry.house_3 and none == ()


def test_who_looks_the_same_is_told_what_speaks_against(registry: Registry, session: Any) -> None:
    (row,) = similar_people(PersonFacts("คำ", "น้ำใจ", birth_date=date(1990, 1, 5)), viewer=OFFICER)
    assert any("ปีเกิด" in word or "years of birth" in word for word in row.why)


@pytest.fixture
def pair(app: Flask, registry: Registry) -> tuple[str, str]:
    """The same pair, found and saved; their numbers."""
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        made = person("ค่ำ", "น้ำใจ", title="นาง", sex=Sex.FEMALE, birth_date=date(1945, 4, 1))
        live(registry.house_3, made, Relation.RELATIVE)
        session.commit()
        check_registry()
        session.commit()
    return registry.kham, made


def _page(pair: tuple[str, str]) -> str:
    return "/desk/registry/duplicates/people/{}/{}".format(*pair)


def test_from_the_queue_to_one_person_and_back(pair: tuple[str, str], sign_in: SignIn) -> None:
    kham, double = pair
    client = sign_in(Role.OFFICER)
    queue = client.get("/desk/registry/duplicates")
    assert _page(pair) in queue.text
    compared = client.get(_page(pair))
    assert compared.status_code == 200 and "ต่างกัน" in compared.text
    assert NATIONAL_ID not in compared.text, "numbers are masked"
    outcome = client.get(f"{_page(pair)}/merge?survivor=a&first_name=b")
    assert outcome.status_code == 200 and "ค่ำ" in outcome.text
    done = submit(client, f"{_page(pair)}/merge?survivor=a&first_name=b", {"reason": "ดูจากบัตร"})
    assert done.status_code == 303, done.text
    report = client.get(done.location)
    assert kham in report.text and double in report.text
    led = client.get(f"/desk/people/{double}")
    assert led.status_code == 302 and led.location.endswith(kham)
    assert "ค่ำ" in client.get(led.location).text
    assert client.get(_page(pair)).status_code == 303, "the pair's page leads to the survivor too"
    undone = submit(client, done.location, {"reason": "คนละคน"}, action="undo")
    assert undone.status_code == 303
    assert client.get(f"/desk/people/{double}").status_code == 200


def test_a_merge_of_what_was_changed_meanwhile_is_shown_again(
    app: Flask, pair: tuple[str, str], sign_in: SignIn
) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(client, f"{_page(pair)}/merge", {"version": "7"})
    assert answer.status_code == 409
    with app.app_context():
        rows = app.extensions["sqlalchemy"].session.scalars(select(Person.merged_into_id)).all()
    assert set(rows) == {None}


def test_remembering_that_they_are_two(pair: tuple[str, str], sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICER)
    answer = submit(client, _page(pair), {"note": "พี่น้องกัน"}, action="apart")
    assert answer.status_code == 303
    assert "พี่น้องกัน" in client.get("/desk/registry/duplicates?status=different").text
    again = submit(client, _page(pair), {}, action="ask-again")
    assert again.status_code == 303
    assert _page(pair) in client.get("/desk/registry/duplicates").text


def test_who_is_added_all_the_same_is_in_the_queue_at_once(
    app: Flask, registry: Registry, sign_in: SignIn
) -> None:
    client = sign_in(Role.OFFICER)
    typed = {
        "first_name": "ค่ำ", "last_name": "น้ำใจ", "birth_date-day": "1",
        "birth_date-month": "4", "birth_date-year": "2488", "nationality": "ไทย", "sex": "female",
        "id_kind": "none",
    }  # fmt: skip
    warned = submit(client, "/desk/people/new", typed)
    assert warned.status_code == 200 and registry.kham in warned.text
    added = submit(client, warned, {**typed, "sure": "y"})
    assert added.status_code == 303, added.text
    assert registry.kham in client.get("/desk/registry/duplicates").text


def test_what_was_written_since_is_named_when_a_merge_is_taken_back(
    app: Flask, pair: tuple[str, str], sign_in: SignIn
) -> None:
    client = sign_in(Role.OFFICER)
    done = submit(client, f"{_page(pair)}/merge?notes=b", {"reason": ""})
    assert done.status_code == 303
    edited = submit(client, f"/desk/people/{pair[0]}/edit", {"last_name": "น้ำใจงาม"})
    assert edited.status_code == 303, edited.text
    submit(client, done.location, {"reason": ""}, action="undo")
    assert client.get(f"/desk/people/{pair[1]}").status_code == 200
    assert "น้ำใจงาม" in client.get(f"/desk/people/{pair[0]}").text
    assert client.get(done.location).status_code == 200


def test_the_page_asks_who_becomes_head_of_a_house_that_comes_back(
    app: Flask, registry: Registry, sign_in: SignIn
) -> None:
    """Two houses were made one, then the head of the one that comes back left for good."""
    with app.app_context():
        a, b = house("21", 3), house("21/1", 3)
        husband, wife = person("ชาย", "ใจดี"), person("หญิง", "ใจดี")
        live(a, person("อีกคน", "ใจดี"), Relation.HEAD)
        live(b, husband, Relation.HEAD)
        live(b, wife, Relation.SPOUSE)
        app.extensions["sqlalchemy"].session.commit()
    client = sign_in(Role.OFFICER)
    done = submit(client, f"/desk/registry/duplicates/households/{a}/{b}/merge", {"reason": ""})
    assert done.status_code == 303, done.text
    with app.app_context():
        left = services.move_out(
            actor=OFFICER, household_number=a, people=[husband], day=clock.today(),
            destination="แพร่",
        )  # fmt: skip
        app.extensions["sqlalchemy"].session.commit()
    asked = submit(client, done.location, {"reason": "คนละหลัง"}, action="undo")
    assert asked.status_code == 422 and f"/changes/{left}" in asked.text
    assert "คนละหลัง" in asked.text, "what was typed is still there"
    undone = submit(client, asked, {f"heir-{b}": wife}, action="undo")
    assert undone.status_code == 303, undone.text
    with app.app_context():
        links = members_on(b, clock.today(), viewer=OFFICER)
        assert [(link.number, link.relation) for link in links] == [(wife, Relation.HEAD)]


def test_caseworkers_look_and_do_not_merge(pair: tuple[str, str], sign_in: SignIn) -> None:
    client = sign_in(Role.CASEWORKER)
    assert client.get(_page(pair)).status_code == 200
    assert client.get(f"{_page(pair)}/merge").status_code == 403


@pytest.mark.parametrize(
    "query", ["kind=x", "status=nonsense", "village=๙", "page=-1", "reason=%00", "page=9999999"]
)
def test_odd_filters_break_nothing(registry: Registry, sign_in: SignIn, query: str) -> None:
    assert sign_in(Role.OFFICER).get(f"/desk/registry/duplicates?{query}").status_code == 200
