"""The town that the contract is tried on: one thing of each kind, in every relation to a viewer.

Its secrets are planted: words that stand nowhere else, so that finding one in a page, a log line
or a file says where it came from.
"""

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image

from tests import cast
from tests.contract import cared, doubles, helped, known, referred, written
from welfare.accounts.models import User, UserArea, UserRole
from welfare.cases import services as cases
from welfare.cases.kinds import Sharing
from welfare.cases.queries import category_by_code
from welfare.cases.workflow import AssistanceKind, Outcome, Priority, Sensitivity
from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Role
from welfare.core.thai.identity import IdKind
from welfare.dispatch import services as dispatch
from welfare.dispatch.workflow import AbsenceKind, Target
from welfare.households import services as registry
from welfare.households.facts import HealthFacts, PersonFacts
from welfare.households.kinds import Disability, Relation, Sex
from welfare.intake.workflow import Channel, ComplaintKind

NOI, PIM = "noi", "pim"
"""An officer of village 1 alone, where nothing of the below lies; the caseworker who was given
the restricted case."""

VIEWERS: dict[str, Role] = {
    cast.WAN: Role.VOLUNTEER,
    cast.ORN: Role.OFFICER,
    cast.KAN: Role.CASEWORKER,
    cast.MALEE: Role.MANAGER,
    cast.ANAN: Role.ADMIN,
    cast.AEK: Role.AUDITOR,
}
"""One of each role, each for the whole municipality."""

CASE_SECRET = "บัวลอยสีครามปริศนา"
CASE_LATIN = "Zanzibarquartz"
COMPLAINT_SECRET = "กระต่ายเจ็ดสีใต้สะพาน"
FAR_SECRET = "ต้นจามจุรีหัวกลับ"
FAR_HOUSE = "ดอยพระจันทร์ลับตา"
NATIONAL_ID = "3999912345670"
PHONE = "66990001234"
PHONE_TYPED = "0990001234"
EMAIL = "planted.canary@example.org"
HEALTH_SECRET = "แพ้หิมะเดือนเมษา"


@dataclass
class Town:
    """The numbers and ids of what stands there."""

    case: str = ""
    """Village 2, kān's, accepted; with a task, help, a picture, a visit, a household, a person."""
    ton_case: str = ""
    """Village 2, tǭn's."""
    restricted: str = ""
    """Village 2, pim's, restricted; on the same household. Holds CASE_SECRET."""
    far: str = ""
    """Village 3, nobody's, normal. Holds FAR_SECRET."""
    closed: str = ""
    waiting: str = ""
    offered: str = ""
    household: str = ""
    far_household: str = ""
    person: str = ""
    far_person: str = ""
    dead_person: str = ""
    complaint: str = ""
    secret: str = ""
    own_complaint: str = ""
    restricted_complaint: str = ""
    far_complaint: str = ""
    asked_complaint: str = ""
    asked_secret: str = ""
    planned_visit: str = ""
    day_plan: str = ""
    """A draft for the day after tomorrow: the case that is far, with kān and tǭn."""
    view: int = 0
    """Of orn's, for everybody."""
    transfer: int = 0
    """Of tǭn's case, asked of kān."""
    handover: int = 0
    """Of a further case of tǭn's, now kān's."""
    absence: int = 0
    """Of kān, in a month."""
    done_visit: str = ""
    restricted_visit: str = ""
    task: int = 0
    assistance: int = 0
    attachment: int = 0
    assessment: int = 0
    goal: int = 0
    action: int = 0
    item: int = 0
    """Of the case in the middle; the restricted case has the like with CASE_SECRET."""
    help_request: int = 0
    """On the fund, partly delivered; others wait, one of the restricted case with CASE_SECRET."""
    delivery: int = 0
    loan: int = 0
    piece: int = 0
    referral: int = 0
    """Of the case in the middle, sent; the restricted case has one with CASE_SECRET."""
    referral_reference: str = ""
    draft_referral: int = 0
    paper: str = ""
    """A letter about the case in the middle, issued; the restricted case has one with
    CASE_SECRET."""
    draft_paper: str = ""
    verify_code: str = ""
    batch: str = ""
    """Of orn's, made but for one that has nobody to go to."""
    drawn_list: str = ""
    meeting: str = ""
    meeting_item: int = 0
    """A register that was drawn for orn."""
    agency: int = 0
    rule: int = 0
    member: int = 0
    fact: int = 0
    name: int = 0
    identifier: int = 0
    survey: int = 0
    need: int = 0
    house_photo: int = 0
    house_picture: str = ""
    picture: str = ""
    change: str = ""
    """The death of ``dead_person``, as an operation of the household."""
    double: str = ""
    """Somebody much like ``person``, a pair that waits to be decided."""
    merge: str = ""
    """A merge of two others."""
    case_merge: int = 0
    """Of a further case that became part of the case in the middle."""
    restricted_picture: str = ""
    complaint_picture: str = ""
    restricted_complaint_picture: str = ""
    import_number: str = ""
    """orn's list, checked, with a row of every kind; names the far house."""
    ids: tuple[int, int] = (0, 0)
    """Of the household and the person in the middle of it, as services want them."""


def photo(colour: str = "green", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small picture as a telephone sends it."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def build(app: Flask) -> Town:
    """Set the stage and build the town on it; everything is committed."""
    town = Town()
    with app.app_context():
        cast.set_stage()
        _more_staff()
        _registry(town)
        known.build(town)
        _import(town)
        _complaints(town)
        _cases(town)
        _work(town)
        _passing(town)
        cared.build(town)
        helped.build(town)
        referred.build(town)
        written.build(town)
        doubles.build(town)
        _beside(town)
        db.session.commit()
    return town


def _more_staff() -> None:
    known = db.session.scalar(db.select(User.password_hash).where(User.username == cast.ORN))
    for username, name, role, villages in (
        (NOI, "นางน้อย ทางไกล", Role.OFFICER, [1]),
        (PIM, "นางสาวพิม ไว้ใจ", Role.CASEWORKER, []),
    ):
        user = User(
            username=username, display_name=name, password_hash=known, created_at=clock.now()
        )
        db.session.add(user)
        db.session.flush()
        db.session.add(UserRole(user_id=user.id, role=role))
        db.session.add_all(UserArea(user_id=user.id, village_no=no) for no in villages)
    db.session.commit()


def _registry(town: Town) -> None:
    orn = cast.viewer(cast.ORN)
    near = cast.household(landmark="หลังวัด")
    far = cast.household(house_no="99/7", village_no=3, landmark=FAR_HOUSE)
    kham = registry.add_person(
        actor=orn,
        facts=PersonFacts(
            title="นาง", first_name="คำ", last_name="ใจดี", sex=Sex.FEMALE,
            birth_date=date(1945, 4, 1), id_kind=IdKind.NATIONAL, identifier=NATIONAL_ID,
            phone=PHONE,
        ),
        health=HealthFacts(disability=Disability.MOBILITY, adl_score=3, health_notes="นอนติดเตียง"),
    )  # fmt: skip
    away = registry.add_person(
        actor=orn, facts=PersonFacts(first_name="ไกล", last_name=FAR_HOUSE, sex=Sex.MALE),
        health=HealthFacts(health_notes=HEALTH_SECRET),
    )  # fmt: skip
    dead = registry.add_person(
        actor=orn, facts=PersonFacts(first_name="ลา", last_name="ใจดี", sex=Sex.MALE)
    )
    for home, who, relation in (
        (near, kham, Relation.HEAD),
        (near, dead, Relation.SPOUSE),
        (far, away, Relation.HEAD),
    ):
        registry.add_member(
            actor=orn, household_number=home.number, person_number=who.number, relation=relation
        )
    db.session.flush()
    town.change = registry.record_death(
        actor=orn, number=dead.number, version=dead.version, deceased_on=date(2025, 3, 1)
    )
    town.household, town.far_household = near.number, far.number
    town.person, town.far_person, town.dead_person = kham.number, away.number, dead.number
    town.ids = (near.id, kham.id)
    db.session.commit()


def _import(town: Town) -> None:
    from welfare.households.services.imports import preparing, working

    orn = cast.viewer(cast.ORN)
    lines = [
        "เลขบัตร,ชื่อ-สกุล,บ้านเลขที่,หมู่,กรุ๊ปเลือด",
        f",นางใหม่ มาใหม่,5,2,{FAR_SECRET}",
        f"{NATIONAL_ID},นางคำ ใจดี,12/1,2,O",
        ",นางสงสัย ใจดี,12-มี.ค.,2,",
        "1.23457E+12,นางผิด ใจดี,6,2,",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        held = preparing.upload(actor=orn, path=path, file_name="list.csv")
    db.session.commit()
    layout = preparing.Layout(tuple(held.sheets), None, held.mapping, None, False)
    preparing.check(actor=orn, number=held.number, version=held.version, layout=layout)
    town.import_number = held.number
    db.session.commit()
    working.work_on_imports()


def _complaints(town: Town) -> None:
    from welfare.core.storage.uploads import take_photos
    from welfare.papers.services import draw_issued

    first = take_photos([("roof.jpg", photo())]).kept
    db.session.commit()
    second = take_photos([("hidden.jpg", photo("black"))]).kept
    db.session.commit()
    filed = _filed(photo_ids=first)
    asked = _filed(subject_name="ลุงดี")
    secret = _filed(
        photo_ids=second, category="violence", description=COMPLAINT_SECRET,
        subject_name=f"{COMPLAINT_SECRET} {CASE_LATIN}", kind=ComplaintKind.CONCERN,
        reporter_name=COMPLAINT_SECRET, reporter_email=EMAIL, reporter_phone=PHONE,
    )  # fmt: skip
    far = _filed(village=3, description=FAR_SECRET, landmark=FAR_HOUSE)
    own = cast.complaint(actor=cast.viewer(cast.WAN), channel=Channel.VOLUNTEER)
    town.complaint, town.secret = filed.reference, filed.secret
    town.asked_complaint, town.asked_secret = asked.reference, asked.secret
    town.restricted_complaint, town.far_complaint = secret.reference, far.reference
    town.own_complaint = own.reference
    town.complaint_picture, town.restricted_complaint_picture = first[0], second[0]
    draw_issued(base_url="https://welfare.example")  # as the worker does within seconds


def _filed(photo_ids: Any = (), **changes: Any) -> Any:
    from welfare.core.security.permissions import PUBLIC
    from welfare.intake.services.filing import Filing, file_complaint

    answers: dict[str, Any] = {
        "kind": ComplaintKind.REQUEST,
        "category": "housing",
        "description": "หลังคาบ้านยายรั่วทุกครั้งที่ฝนตก",
        "subject_name": "ยายคำ ใจดี",
        "house_no": "12/1",
        "village": 2,
        "reporter_name": "สมชาย ใจดี",
        "reporter_phone": "66812345678",
        "consent": True,
    }
    filed = file_complaint(
        actor=PUBLIC, channel=Channel.WEB, language="th",
        answers=Filing(**(answers | changes)), photo_ids=list(photo_ids),
    )  # fmt: skip
    db.session.commit()
    return filed


def _cases(town: Town) -> None:
    household_id, person_id = town.ids
    about = {"household_id": household_id, "person_id": person_id}
    town.case = cast.case(**about)
    town.ton_case = cast.case(title="ห้องน้ำพัง", **about)
    town.restricted = cast.case(
        category="violence", title=CASE_SECRET, summary=f"{CASE_SECRET} {CASE_LATIN}",
        sensitivity=Sensitivity.RESTRICTED, search_extra=CASE_SECRET, **about,
    )  # fmt: skip
    town.far = cast.case(title=FAR_SECRET, summary=FAR_SECRET, village_no=3)
    town.closed = cast.case(title="ปิดแล้ว", **about)
    town.waiting = cast.case(title="รอใบเสนอราคา", **about)
    town.offered = cast.case(title="รอรับงาน", **about)
    for number, worker in (
        (town.case, cast.KAN),
        (town.ton_case, cast.TON),
        (town.closed, cast.KAN),
        (town.waiting, cast.KAN),
        (town.restricted, PIM),
    ):
        give(number, worker)
    dispatch.offer_case(
        actor=cast.viewer(cast.ORN), number=town.offered, worker_id=cast.viewer(cast.KAN).user_id
    )
    db.session.commit()
    cases.close_case(
        actor=cast.viewer(cast.KAN), number=town.closed, version=_version(town.closed),
        outcome=Outcome.SOLVED, outcome_note="ซ่อมหลังคาแล้ว",
    )  # fmt: skip
    cases.wait_case(
        actor=cast.viewer(cast.KAN), number=town.waiting, version=_version(town.waiting),
        reason="รอช่าง",
    )  # fmt: skip
    db.session.commit()


def give(number: str, worker: str) -> None:
    """Give a case to a worker who accepts it."""
    dispatch.offer_case(
        actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(worker).user_id
    )
    dispatch.accept_case(actor=cast.viewer(worker), number=number)
    db.session.commit()


def _version(number: str) -> int:
    from welfare.cases.models import Case

    found = db.session.scalar(db.select(Case.version).where(Case.number == number))
    assert found is not None
    return found


def _work(town: Town) -> None:
    kan, pim = cast.viewer(cast.KAN), cast.viewer(PIM)
    today = clock.local(clock.now()).date()
    drawn = cases.made_harmless(photo())
    assert not isinstance(drawn, str)
    for number, actor, words in (
        (town.case, kan, "ช่างมาดู"),
        (town.restricted, pim, CASE_SECRET),
    ):
        cases.add_task(actor=actor, number=number, title=words)
        given = cases.record_assistance(
            actor=actor, number=number, kind=AssistanceKind.MONEY, description=words,
            given_on=today, decided_by="นางมาลี ศรีสมมติ", amount=Decimal("1500"),
        )  # fmt: skip
        kept = cases.add_attachment(actor=actor, number=number, upload=drawn, caption=words)
        if number == town.case:
            town.assistance, town.attachment = given, kept
    db.session.commit()
    town.task = _one("SELECT min(id) FROM case_tasks")
    town.picture = _picture(town.case)
    town.restricted_picture = _picture(town.restricted)
    town.planned_visit = _planned(town.case, kan, today + timedelta(days=1))
    town.done_visit = _planned(town.case, kan, today)
    dispatch.record_visit(
        actor=kan, number=town.done_visit, version=1,
        found=dispatch.Found(findings="หลังคารั่วสามจุด", visited_on=today),
    )  # fmt: skip
    town.restricted_visit = _planned(town.restricted, pim, today + timedelta(days=2))
    db.session.commit()
    _plans(town, today)


def _passing(town: Town) -> None:
    ton, kan = cast.viewer(cast.TON), cast.viewer(cast.KAN).user_id
    town.transfer = dispatch.ask_transfer(
        actor=ton, number=town.ton_case, worker_id=kan, note="ช่วยรับต่อได้ไหม"
    )
    household_id, person_id = town.ids
    number = cast.case(title="ราวบันไดหัก", household_id=household_id, person_id=person_id)
    give(number, cast.TON)
    seen = _one("SELECT max(id) FROM assignments")
    town.handover = dispatch.hand_over(
        actor=cast.viewer(cast.ORN),
        username=cast.TON,
        cases={number: dispatch.Handed(kan, seen=seen)},
        note="ลาศึกษาต่อ",
    )
    town.view = cases.save_view(
        actor=cast.viewer(cast.ORN), name="ด่วนหมู่ 2", query="village=2&priority=urgent",
        sharing=Sharing.EVERYBODY, role=None, default=False,
    )  # fmt: skip
    db.session.commit()


def _beside(town: Town) -> None:
    """A case that became part of the one in the middle, and a part of the one that waits."""
    orn, household_id = cast.viewer(cast.ORN), town.ids[0]
    double = cast.case(title="หลังคารั่วซ้ำ", household_id=household_id)
    versions = [
        _one(f"SELECT version FROM cases WHERE number = '{one}'") for one in (town.case, double)
    ]
    town.case_merge = cases.merge_cases(
        actor=orn, pair=cases.Pair(town.case, double, *versions), chosen=cases.Chosen()
    )
    category = category_by_code("housing")
    assert category is not None
    part = cases.PartOfCase("ซ่อมห้องน้ำ", "", category.id, Priority.NORMAL)
    cases.open_part(actor=orn, number=town.waiting, part=part)
    db.session.commit()


def _plans(town: Town, today: date) -> None:
    orn, later = cast.viewer(cast.ORN), today + timedelta(days=30)
    town.absence = dispatch.add_absence(
        actor=orn, username=cast.KAN, first_day=later, last_day=later, kind=AbsenceKind.LEAVE
    )
    dispatch.add_routing_rule(
        actor=cast.viewer(cast.ANAN),
        facts=dispatch.RoutingFacts(
            name="หมู่ 2", target=Target.ROLE, role=Role.CASEWORKER, reason="ใกล้บ้าน",
            effective_from=today, village_no=2,
        ),
    )  # fmt: skip
    db.session.commit()
    solved = dispatch.solve_day(
        actor=orn,
        day=today + timedelta(days=3),
        numbers=[town.far],
        worker_ids=[cast.viewer(cast.KAN).user_id, cast.viewer(cast.TON).user_id],
    )
    town.day_plan = dispatch.keep_plan(actor=orn, solved=solved)
    db.session.commit()


def _planned(number: str, actor: Any, day: date) -> str:
    made = dispatch.plan_visit(actor=actor, number=number, planned_on=day, purpose="ดูบ้าน")
    db.session.commit()
    return str(getattr(made, "number", made))


def _picture(number: str) -> str:
    return str(
        _one(
            "SELECT min(f.public_id) FROM stored_files f JOIN case_attachments a"
            f" ON a.file_id = f.id JOIN cases c ON c.id = a.case_id WHERE c.number = '{number}'"
        )
    )


def _one(statement: str) -> Any:
    return db.session.scalar(db.text(statement))
