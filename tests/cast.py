"""The people and the place that tests speak of: บ้านสมมติ, a made-up municipality of three villages.

`stage` (a fixture) sets the place up with its staff. The functions below add to it; each needs an
application context, commits, and returns plain values, so that a test may go on in any session:

    def test_something(app, stage, client):
        with app.app_context():
            number = cast.case(title="หลังคารั่ว")
        cast.sign_in(client, cast.ORN)
        client.get(f"/desk/cases/{number}")
"""

from functools import cache
from typing import Any

from flask.testing import FlaskClient

from tests.pages import submit
from welfare.accounts.models import User, UserArea, UserRole
from welfare.accounts.queries import viewer_of
from welfare.cases.queries.categories import category_by_code
from welfare.cases.services import open_case
from welfare.core import clock
from welfare.core.db import db
from welfare.core.municipality import Municipality
from welfare.core.security.passwords import hash_password
from welfare.core.security.permissions import PUBLIC, Role, Viewer
from welfare.households import services as registry
from welfare.households.facts import HouseholdFacts, PersonFacts
from welfare.households.kinds import Relation
from welfare.households.models import Household, Person, Village
from welfare.intake.services.filing import Filed, Filing, file_complaint
from welfare.intake.workflow import Channel, ComplaintKind
from welfare.setup import ensure_basics

ORN, KAN, TON, MALEE, ANAN, AEK, WAN = "orn", "kan", "ton", "malee", "anan", "aek", "wan"
PASSWORD = "a password for the stage"

STAFF: dict[str, tuple[str, Role, tuple[int, ...]]] = {
    ORN: ("นางสาวอร ใจงาม", Role.OFFICER, ()),
    KAN: ("นายกานต์ ดอยคำ", Role.CASEWORKER, ()),
    TON: ("นายต้น ลำธาร", Role.CASEWORKER, (1, 2)),
    MALEE: ("นางมาลี ศรีสมมติ", Role.MANAGER, ()),
    ANAN: ("นายอนันต์ แก้วมา", Role.ADMIN, ()),
    AEK: ("นายเอก ตรวจดี", Role.AUDITOR, ()),
    WAN: ("นางวรรณ อาสา", Role.VOLUNTEER, (2,)),
}
"""User name: name, role, villages (none: all of them)."""

VILLAGES = 1, 2, 3


def set_stage() -> None:
    """The municipality, its villages, categories and staff, in an empty database."""
    db.session.add(
        Municipality(id=1, name_th="เทศบาลตำบลบ้านสมมติ", name_en="Ban Sommut Municipality")
    )
    db.session.add_all(
        Village(village_no=no, name_th=f"บ้านสมมติ {no}", name_en=f"Ban Sommut {no}")
        for no in VILLAGES
    )
    db.session.flush()
    ensure_basics()
    for username, (name, role, villages) in STAFF.items():
        user = User(
            username=username,
            display_name=name,
            password_hash=_password_hash(),
            created_at=clock.now(),
        )
        db.session.add(user)
        db.session.flush()
        db.session.add(UserRole(user_id=user.id, role=role))
        db.session.add_all(UserArea(user_id=user.id, village_no=no) for no in villages)
    db.session.commit()


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


def viewer(username: str) -> Viewer:
    """One of the staff, as services and queries know them."""
    found = viewer_of(username)
    assert found is not None, f"{username} is not on the stage"
    return found


def sign_in(client: FlaskClient, username: str) -> FlaskClient:
    """Sign in through the door; the same client."""
    answer = submit(client, "/sign-in", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client


def complaint(actor: Viewer = PUBLIC, channel: Channel = Channel.WEB, **changes: Any) -> Filed:
    """Something filed by a citizen of village 2, unless said otherwise (fields of `Filing`)."""
    answers: dict[str, Any] = {
        "kind": ComplaintKind.REQUEST,
        "category": "housing",
        "description": "หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก อยากให้มาดู",
        "subject_name": "ยายคำ ใจดี",
        "house_no": "12/1",
        "village": 2,
        "reporter_name": "สมชาย ใจดี",
        "reporter_phone": "0812345678",
        "consent": True,
    }
    filed = file_complaint(
        actor=actor, channel=channel, language="th", answers=Filing(**(answers | changes))
    )
    db.session.commit()
    return filed


def household(**changes: Any) -> Household:
    """A house in village 2, unless said otherwise (fields of `HouseholdFacts`)."""
    facts: dict[str, Any] = {"house_no": "12/1", "village_no": 2}
    made = registry.add_household(actor=viewer(ORN), facts=HouseholdFacts(**(facts | changes)))
    db.session.commit()
    return made


def person(home: Household | None = None, **changes: Any) -> Person:
    """ยายคำ, unless said otherwise (fields of `PersonFacts`); head of the house given."""
    facts: dict[str, Any] = {"title": "นาง", "first_name": "คำ", "last_name": "ใจดี"}
    made = registry.add_person(actor=viewer(ORN), facts=PersonFacts(**(facts | changes)))
    if home is not None:
        registry.add_member(
            actor=viewer(ORN),
            household_number=home.number,
            person_number=made.number,
            relation=Relation.HEAD,
        )
    db.session.commit()
    return made


def case(category: str = "housing", actor: str = ORN, **changes: Any) -> str:
    """An open case in village 2, unless said otherwise (arguments of `open_case`); its number."""
    found = category_by_code(category)
    assert found is not None, f"no category {category}"
    words: dict[str, Any] = {
        "title": "หลังคาบ้านรั่ว",
        "summary": "บ้านไม้ชั้นเดียว หลังคาสังกะสีผุ",
        "village_no": 2,
    }
    made = open_case(actor=viewer(actor), category_id=found.id, **(words | changes))
    number = made.number
    db.session.commit()
    return number
