"""What is known of the people and houses of the contract's town: one entry of each kind, with a
secret of health in the house that only some may open, and in the one that is far away."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from tests import cast
from welfare.core.db import db
from welfare.core.storage.uploads import take_photos
from welfare.core.thai.identity import IdKind
from welfare.households.facts import FactEntry, NeedEntry, NumberEntry, SurveyEntry
from welfare.households.kinds import Answer, Dimension, FactKind, FactSource, NeedKind
from welfare.households.services.facts import add_fact
from welfare.households.services.needs import add_need, add_photos
from welfare.households.services.numbers import add_number
from welfare.households.services.surveys import record_survey

ILLNESS_SECRET = "ไข้ละอองดาวพฤหัส"
"""An illness of the person of the far house; only who may see health there may meet it."""
PASSPORT = "ZQ7654321"


def build(town: Any) -> None:
    """Facts, a number, a survey, a need and a picture; everything is committed."""
    orn = cast.viewer(cast.ORN)
    told = FactSource.TOLD
    fact = add_fact(
        actor=orn, number=town.person,
        entry=FactEntry(kind=FactKind.OCCUPATION, text="สานตะกร้า", source=told),
    )  # fmt: skip
    add_fact(
        actor=orn, number=town.far_person,
        entry=FactEntry(kind=FactKind.ILLNESS, text=ILLNESS_SECRET, source=told),
    )  # fmt: skip
    number = add_number(
        actor=orn, number=town.person,
        entry=NumberEntry(IdKind.PASSPORT, PASSPORT, from_day=date(2020, 1, 1)),
    )  # fmt: skip
    survey = record_survey(
        actor=orn, number=town.household, edition="jpt-2560",
        entry=SurveyEntry(
            surveyed_on=date(2024, 3, 1), answers=((1, Answer.PASSED, ""), (8, Answer.FAILED, ""))
        ),
    )  # fmt: skip
    need = add_need(
        actor=orn, number=town.household,
        entry=NeedEntry(NeedKind.PROBLEM, Dimension.LIVING, "น้ำประปาไม่ถึงบ้าน", source=told),
    )  # fmt: skip
    add_need(
        actor=orn, number=town.far_household,
        entry=NeedEntry(NeedKind.PROBLEM, Dimension.HEALTH, ILLNESS_SECRET, source=told),
    )  # fmt: skip
    town.fact, town.identifier = fact.id, number.id
    town.survey, town.need = survey.id, need.id
    db.session.commit()
    town.house_picture = take_photos([("house.jpg", _photo())]).kept[0]
    db.session.commit()
    add_photos(actor=orn, number=town.household, public_ids=[town.house_picture], caption="หน้าบ้าน")
    db.session.commit()
    ask = "SELECT min(id) FROM household_photos"
    town.house_photo = db.session.scalar(db.text(ask))
    name = "SELECT min(n.id) FROM person_names n JOIN people p ON p.id = n.person_id"
    town.name = db.session.scalar(
        db.text(f"{name} WHERE p.number = :number"), {"number": town.person}
    )


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "brown").save(out, "JPEG")
    return out.getvalue()
