"""Surveys by round, problems and strengths, pictures of a house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from tests.integration.households.conftest import (
    ADMIN,
    MANAGER,
    OFFICER,
    WORKER,
    WORKER_3,
    Registry,
)
from tests.pages import submit
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.security.permissions import Role
from welfare.households import parts
from welfare.households.facts import NeedEntry, SurveyEntry
from welfare.households.kinds import Answer, Dimension, FactSource, NeedKind
from welfare.households.models import Household, HouseholdPhoto
from welfare.households.queries import household_file
from welfare.households.queries.house_parts import HouseParts, house_parts
from welfare.households.queries.surveys import edition, editions, survey_round
from welfare.households.services.editions import edit_edition, ensure_editions
from welfare.households.services.needs import add_need, edit_need, remove_photo, withdraw_need
from welfare.households.services.surveys import edit_survey, record_survey, withdraw_survey

JPT = "jpt-2560"


@pytest.fixture
def editions_there(app: Flask, registry: Registry) -> None:
    with app.app_context():
        assert ensure_editions()
        assert not ensure_editions()
        app.extensions["sqlalchemy"].session.commit()


@pytest.fixture
def session(app: Flask, editions_there: None) -> Iterator[Any]:
    with app.app_context():
        yield app.extensions["sqlalchemy"].session


def entry(day: date, answers: str = "", **more: Any) -> SurveyEntry:
    """``answers``: p, f or n a letter, from the first indicator on."""
    words = {"p": Answer.PASSED, "f": Answer.FAILED, "n": Answer.NOT_APPLICABLE}
    return SurveyEntry(
        surveyed_on=day,
        answers=tuple((no, words[one], "") for no, one in enumerate(answers, start=1)),
        **more,
    )


def record(number: str, day: date, answers: str = "pfn", **more: Any) -> int:
    made = record_survey(
        actor=OFFICER, number=number, edition=JPT, entry=entry(day, answers, **more)
    )
    return made.id


def shown(session: Any, number: str, viewer: Any = OFFICER) -> HouseParts:
    session.expire_all()
    house = session.scalar(select(Household).where(Household.number == number))
    return house_parts(house.id, viewer=viewer)


def test_the_editions_are_as_published(session: Any) -> None:
    found = {one.code: one for one in editions()}
    assert [len(found[code].indicators) for code in (JPT, "jpt-2565", "mso-logbook")] == [31, 38, 5]
    assert [len(rows) for _group, rows in found[JPT].groups] == [7, 7, 5, 4, 8]
    assert found[JPT].missing == 0
    assert found["jpt-2565"].missing == 38, "nothing is made up"
    assert all(one.source for one in found.values())


def test_what_changed_since_the_last_round(session: Any, registry: Registry) -> None:
    house = registry.house_3
    record(house, date(2023, 1, 1), "ppff", monthly_income=Decimal(5000), debts=Decimal(100))
    last = record(house, date(2024, 1, 1), "pfpf", monthly_income=Decimal(3500))
    [newest, oldest] = shown(session, house).rounds
    assert (newest.passed, newest.failed, newest.better, newest.worse) == (2, 2, 1, 1)
    assert (oldest.better, oldest.worse, oldest.again) == (0, 0, False)
    file = household_file(house, viewer=OFFICER)
    found = survey_round(file.id, last, viewer=OFFICER)
    assert [line.indicator.number for line in found.better] == [3]
    assert [line.indicator.number for line in found.worse] == [2]
    assert (found.income_change, found.debts_change) == (Decimal(-1500), None)
    assert (file.facts.monthly_income, file.facts.debts) == (Decimal(3500), Decimal(100))


def test_an_older_round_entered_later_is_compared_in_its_place(
    session: Any, registry: Registry
) -> None:
    house = registry.house_3
    record(house, date(2024, 1, 1), "p", monthly_income=Decimal(9))
    record(house, date(2022, 1, 1), "f", monthly_income=Decimal(1))
    [newest, _oldest] = shown(session, house).rounds
    assert (newest.better, newest.worse) == (1, 0)
    assert household_file(house, viewer=OFFICER).facts.monthly_income == 9


def test_rounds_are_put_right_and_taken_back(session: Any, registry: Registry) -> None:
    house = registry.house_3
    made = record(house, date(2024, 1, 1), "pfn")
    edit_survey(
        actor=OFFICER, number=house, survey_id=made, version=1,
        entry=entry(date(2024, 1, 1), "pp"),
    )  # fmt: skip
    [line] = shown(session, house).rounds
    assert (line.passed, line.failed) == (2, 0)
    with pytest.raises(StaleRecord):
        edit_survey(
            actor=OFFICER, number=house, survey_id=made, version=1,
            entry=entry(date(2024, 1, 1), "ff"),
        )  # fmt: skip
    with pytest.raises(NotFound):
        edit_survey(
            actor=OFFICER, number=registry.house_5, survey_id=made, version=2,
            entry=entry(date(2024, 1, 1), "ff"),
        )  # fmt: skip
    withdraw_survey(actor=OFFICER, number=house, survey_id=made, version=2, reason="ผิดบ้าน")
    assert shown(session, house).rounds == ()


@pytest.mark.parametrize(
    "wrong",
    [
        entry(date(2099, 1, 1), "p"),
        entry(date(2024, 1, 1)),
        SurveyEntry(surveyed_on=date(2024, 1, 1), answers=((99, Answer.PASSED, ""),)),
    ],
)
def test_rounds_that_are_refused(session: Any, registry: Registry, wrong: SurveyEntry) -> None:
    with pytest.raises(Refused):
        record_survey(actor=OFFICER, number=registry.house_3, edition=JPT, entry=wrong)
    with pytest.raises(NotFound):
        record_survey(actor=OFFICER, number=registry.house_3, edition="x", entry=wrong)


def test_who_may_not_write_of_a_house(session: Any, registry: Registry) -> None:
    for actor, number, error in (
        (MANAGER, registry.house_3, Forbidden),
        (ADMIN, registry.house_3, Forbidden),
        (WORKER_3, registry.house_5, NotFound),
    ):
        with pytest.raises(error):
            record_survey(
                actor=actor, number=number, edition=JPT, entry=entry(date(2024, 1, 1), "p")
            )
        with pytest.raises(error):
            add_need(actor=actor, number=number, entry=need("น้ำท่วม"))
        with pytest.raises(error):
            remove_photo(actor=actor, number=number, photo_id=1)


def need(text: str, **more: Any) -> NeedEntry:
    values = {"kind": NeedKind.PROBLEM, "dimension": Dimension.LIVING, "source": FactSource.VISIT}
    return NeedEntry(text=text, **(values | more))


def test_needs_come_and_go(session: Any, registry: Registry) -> None:
    house = registry.house_3
    made = add_need(actor=OFFICER, number=house, entry=need("หลังคารั่ว")).id
    add_need(actor=OFFICER, number=house, entry=need("เพื่อนบ้านช่วยดูแล", kind=NeedKind.STRENGTH))
    edit_need(
        actor=OFFICER, number=house, need_id=made, version=1,
        entry=need("หลังคารั่ว", to_day=date(2024, 1, 1)),
    )  # fmt: skip
    lines = shown(session, house).needs
    assert [(line.text, line.to_day) for line in lines] == [
        ("เพื่อนบ้านช่วยดูแล", None),
        ("หลังคารั่ว", date(2024, 1, 1)),
    ]
    with pytest.raises(StaleRecord):
        edit_need(actor=OFFICER, number=house, need_id=made, version=1, entry=need("x"))
    withdraw_need(actor=OFFICER, number=house, need_id=made, version=2, reason="ผิดบ้าน")
    assert len(shown(session, house).needs) == 1
    with pytest.raises(Refused):
        add_need(actor=OFFICER, number=house, entry=need(""))


def test_needs_of_health_are_for_few(session: Any, registry: Registry) -> None:
    house = registry.house_3
    made = add_need(
        actor=OFFICER, number=house, entry=need("ยายติดเตียง", dimension=Dimension.HEALTH)
    ).id
    [line] = shown(session, house, WORKER).needs
    assert (line.hidden, line.text, line.source_note) == (True, "", "")
    with pytest.raises(NotFound):
        edit_need(actor=WORKER, number=house, need_id=made, version=1, entry=need("x"))
    everybody = lambda _viewer, ids: set(ids)  # noqa: E731
    parts.register_looks_after(everybody)
    try:
        assert shown(session, house, WORKER).needs[0].text == "ยายติดเตียง"
    finally:
        parts.forget_looks_after(everybody)


def test_words_of_an_edition(session: Any, registry: Registry) -> None:
    held = edition("jpt-2565")
    edit_edition(
        actor=ADMIN, code=held.code, version=held.version, name_th=held.name,
        source=held.source, active=True, texts={1: ("หมวดที่ 1", "ข้อความทางการ")},
    )  # fmt: skip
    again = edition("jpt-2565")
    assert (again.missing, again.indicators[0].words) == (37, "ข้อความทางการ")
    with pytest.raises(StaleRecord):
        edit_edition(
            actor=ADMIN, code=held.code, version=held.version, name_th="x", source="",
            active=False, texts={},
        )  # fmt: skip
    with pytest.raises(Forbidden):
        edit_edition(
            actor=OFFICER, code=held.code, version=again.version, name_th="x", source="",
            active=False, texts={},
        )  # fmt: skip


def test_pages_of_a_survey(
    registry: Registry, app: Flask, editions_there: None, sign_in: Any
) -> None:
    client = sign_in(Role.OFFICER)
    house = f"/desk/households/{registry.house_3}"
    assert "MSO-Logbook" in client.get(f"{house}/surveys/new").text
    page = client.get(f"{house}/surveys/new?edition={JPT}")
    assert "เด็กแรกเกิดมีน้ำหนัก 2,500 กรัมขึ้นไป" in page.text
    day = {"surveyed_on-day": "1", "surveyed_on-month": "2", "surveyed_on-year": "2567"}
    bad = submit(client, page, day | {"answer_1": "maybe", "note_2": "รอบนี้"}, having="surveyed_by")
    assert bad.status_code == 400
    assert "รอบนี้" in bad.text
    made = submit(
        client, bad, day | {"answer_1": "passed", "answer_2": "failed", "note_2": "ไม่ได้กินนมแม่"},
        having="surveyed_by",
    )  # fmt: skip
    assert made.status_code == 303, made.text
    shown_page = client.get(made.location).text
    assert "ไม่ได้กินนมแม่" in shown_page
    assert "รอบแรก" in shown_page
    again = submit(client, f"{made.location}/edit", {"answer_2": "passed"}, having="surveyed_by")
    assert again.status_code == 303, again.text
    assert "จปฐ. พ.ศ. 2560–2564" in client.get(house).text
    assert "☐" in client.get(f"{house}/surveys/empty?edition={JPT}").text
    gone = submit(client, f"{made.location}/take-back", {"reason": "ผิดบ้าน"})
    assert gone.status_code == 303
    assert client.get(made.location).status_code == 404
    assert sign_in(Role.MANAGER).get(f"{house}/surveys/new").status_code == 403


def test_pages_of_needs(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    house = f"/desk/households/{registry.house_3}"
    values = {"kind": "problem", "dimension": "living", "text": "หลังคารั่ว", "source": "visit"}
    assert submit(client, f"{house}/needs/new", values | {"text": ""}).status_code == 400
    assert submit(client, f"{house}/needs/new", values).status_code == 303
    page = client.get(house).text
    assert "หลังคารั่ว" in page
    path = page.split("/needs/")
    need_id = next(part.split('"')[0] for part in path[1:] if part[0].isdigit())
    assert submit(client, f"{house}/needs/{need_id}", {"text": "ซ่อมแล้ว"}).status_code == 303
    back = submit(client, f"{house}/needs/{need_id}/take-back", {"reason": "ผิด"})
    assert back.status_code == 303
    assert client.get(f"{house}/needs/{need_id}").status_code == 404


def test_pictures_of_a_house(registry: Registry, app: Flask, sign_in: Any) -> None:
    client = sign_in(Role.OFFICER)
    house = f"/desk/households/{registry.house_5}"
    picture = BytesIO()
    Image.new("RGB", (64, 48), "green").save(picture, "JPEG")
    none = submit(client, f"{house}/photos", {"caption": "หน้าบ้าน"})
    assert none.status_code == 422
    broken = submit(
        client, f"{house}/photos", {"photos": (BytesIO(b"no"), "x.jpg")}, having="caption"
    )
    assert broken.status_code == 422
    sent = {"photos": (BytesIO(picture.getvalue()), "a.jpg"), "caption": "หน้าบ้าน"}
    made = submit(client, f"{house}/photos", sent, having="caption")
    assert made.status_code == 303, made.text
    page = client.get(house).text
    assert "หน้าบ้าน" in page
    public_id = page.split("/desk/pictures/")[1].split('"')[0]
    assert client.get(f"/desk/pictures/{public_id}").status_code == 200
    elsewhere = sign_in(Role.CASEWORKER, villages=(3,))
    assert elsewhere.get(f"/desk/pictures/{public_id}").status_code == 404
    with app.app_context():
        session = app.extensions["sqlalchemy"].session
        photo_id = session.scalar(select(HouseholdPhoto.id))
    removed = submit(client, f"{house}/photos", {}, action=f"/photos/{photo_id}/remove")
    assert removed.status_code == 303
    assert client.get(f"/desk/pictures/{public_id}").status_code == 404


def test_pages_of_editions(registry: Registry, editions_there: None, sign_in: Any) -> None:
    client = sign_in(Role.ADMIN)
    assert "38" in client.get("/desk/registry/surveys").text
    answer = submit(client, "/desk/registry/surveys/jpt-2565", {"text_1": "ข้อความจริง"})
    assert answer.status_code == 303, answer.text
    assert "ข้อความจริง" in client.get("/desk/registry/surveys/jpt-2565").text
    assert sign_in(Role.OFFICER).get("/desk/registry/surveys").status_code == 403


def test_the_second_to_save_sees_what_the_first_saved(
    registry: Registry, app: Flask, editions_there: None, sign_in: Any
) -> None:
    client = sign_in(Role.OFFICER)
    house = f"/desk/households/{registry.house_3}"
    with app.app_context():
        survey_id = record(registry.house_3, date(2024, 1, 1), "pp")
        need_id = add_need(actor=OFFICER, number=registry.house_3, entry=need("หลังคารั่ว")).id
        app.extensions["sqlalchemy"].session.commit()
    for path, field, mine, theirs in (
        (f"{house}/surveys/{survey_id}/edit", "surveyed_by", "สมศรี", "สมปอง"),
        (f"{house}/needs/{need_id}", "text", "ฝาผุ", "พื้นผุ"),
    ):
        opened = client.get(path)
        first = submit(client, path, {field: theirs}, having=field)
        assert first.status_code == 303, first.text
        second = submit(client, opened, {field: mine}, having=field)
        assert second.status_code == 409
        assert mine in second.text
        assert theirs in second.text
