"""Decisions in the browser and by the services: each one, its denial, its undoing, its race."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import cast
from tests.integration.intake.triage.conftest import kept
from tests.pages import form_in, submit
from welfare.cases.models import Case
from welfare.core.audit import verify
from welfare.core.audit.models import AuditEntry
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.outbox import OutboxEvent
from welfare.core.security.permissions import Permission, Role, Viewer, permissions_of
from welfare.intake.models import ComplaintEvent, ComplaintEventKind
from welfare.intake.services import accepting, annotating, triage
from welfare.intake.services.tracking import add_information
from welfare.intake.workflow import ComplaintStatus

DESK = "/desk/complaints"


def names() -> list[str]:
    return list(db.session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.id)))


def actions(reference: str) -> list[str]:
    return list(
        db.session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.object_ref == reference)
            .order_by(AuditEntry.seq)
        )
    )


def cases() -> int:
    return db.session.scalar(select(func.count()).select_from(Case)) or 0


def send(browser: FlaskClient, reference: str, step: str, **values: Any) -> Any:
    return submit(browser, f"{DESK}/{reference}", values, action=f"/{step}")


def test_accepted_into_a_new_case(app: Flask, officer: FlaskClient, reference: str) -> None:
    answer = send(officer, reference, "accept", title="ซ่อมหลังคายายคำ", then="next")
    assert answer.status_code == 303
    assert "/next" in answer.headers["Location"]
    with app.app_context():
        complaint = kept(reference)
        case = db.session.get(Case, complaint.case_id)
        assert case is not None
        assert complaint.status is ComplaintStatus.ACCEPTED
        assert (case.title, case.village_no) == ("ซ่อมหลังคายายคำ", 2)
        assert case.summary == complaint.description
        assert reference.lower() in case.search_text
        assert "complaint.accepted" in names()
        assert "complaint.accepted" in actions(reference)
        assert "case.opened" in actions(case.number)


def test_the_title_is_offered_from_category_and_place(officer: FlaskClient, reference: str) -> None:
    form = form_in(officer.get(f"{DESK}/{reference}").text, action="/accept")
    assert form.fields["title"] == ["ซ่อมบ้านหรือปรับสภาพบ้าน บ้านเลขที่ 12/1 หมู่ที่ 2"]


def test_sending_twice_opens_one_case(app: Flask, officer: FlaskClient, reference: str) -> None:
    form = form_in(officer.get(f"{DESK}/{reference}").text, action="/accept")
    data = form.fields | {"then": "case"}
    first = officer.post(form.action, data=data)
    second = officer.post(form.action, data=data)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    with app.app_context():
        assert cases() == 1


def test_joined_to_an_open_case(app: Flask, officer: FlaskClient, reference: str) -> None:
    with app.app_context():
        number = cast.case()
    answer = send(officer, reference, "join", case=number.lower(), then="case")
    assert answer.headers["Location"] == f"/desk/cases/{number}"
    with app.app_context():
        assert cases() == 1
        assert kept(reference).case_id is not None


@pytest.mark.parametrize("typed", ["C70-000001-1", "xyz", "", "C70-000999-9", "ก" * 300])
def test_a_case_that_is_not_there(officer: FlaskClient, reference: str, typed: str) -> None:
    answer = send(officer, reference, "join", case=typed)
    assert answer.status_code in {400, 422}
    assert typed[:40] in answer.text


def test_asking_pauses_and_the_answer_resumes(
    app: Flask, officer: FlaskClient, reference: str, at: Any
) -> None:
    with app.app_context():
        due = kept(reference).due_at
    answer = send(officer, reference, "ask", question="บ้านเลขที่เท่าไร", then="list")
    assert answer.headers["Location"].endswith(DESK)
    with app.app_context():
        complaint = kept(reference)
        assert complaint.status is ComplaintStatus.NEEDS_INFO
        assert complaint.paused_at is not None
        assert "complaint.asked" in names()
        add_information(reference=reference, text="12/1 ค่ะ")
        db.session.commit()
        complaint = kept(reference)
        assert complaint.status is ComplaintStatus.SUBMITTED
        assert complaint.paused_at is None
        assert due is not None
        assert complaint.due_at is not None
        assert complaint.due_at >= due
    assert "12/1 ค่ะ" in officer.get(f"{DESK}/{reference}").text


def test_declined_and_taken_back(app: Flask, officer: FlaskClient, reference: str) -> None:
    assert send(officer, reference, "decline", reason="อยู่นอกเขตเทศบาล").status_code == 303
    with app.app_context():
        due = kept(reference).due_at
        assert kept(reference).status is ComplaintStatus.DECLINED
        assert kept(reference).decision_text == "อยู่นอกเขตเทศบาล"
    page = officer.get(f"{DESK}/{reference}")
    assert "อยู่นอกเขตเทศบาล" in page.text
    assert send(officer, reference, "take-back", reason="เข้าใจผิด").status_code == 303
    with app.app_context():
        complaint = kept(reference)
        assert complaint.status is ComplaintStatus.SUBMITTED
        assert (complaint.decided_at, complaint.decision_text) == (None, "")
        assert complaint.due_at == due
        told = db.session.execute(
            select(ComplaintEvent.kind, ComplaintEvent.public, ComplaintEvent.text).order_by(
                ComplaintEvent.id
            )
        ).all()[-2:]
        assert [tuple(row) for row in told] == [
            (ComplaintEventKind.RETURNED, True, ""),
            (ComplaintEventKind.NOTE, False, "เข้าใจผิด"),
        ]


def test_referred_with_the_agency_and_its_number(
    app: Flask, officer: FlaskClient, reference: str
) -> None:
    answer = send(officer, reference, "refer", agency="electricity", text="แจ้งเลขมิเตอร์ด้วย")
    assert answer.status_code == 303
    with app.app_context():
        complaint = kept(reference)
        assert complaint.status is ComplaintStatus.REFERRED
        assert complaint.decision_text == "การไฟฟ้าส่วนภูมิภาค โทร. 1129\nแจ้งเลขมิเตอร์ด้วย"
        assert "complaint.referred" in names()


def test_a_standard_text_fills_what_was_left_empty(
    app: Flask, officer: FlaskClient, reference: str
) -> None:
    assert send(officer, reference, "decline", standard="outside", reason="").status_code == 303
    with app.app_context():
        assert "นอกเขต" in kept(reference).decision_text


def test_the_preview_decides_nothing(app: Flask, officer: FlaskClient, reference: str) -> None:
    answer = send(officer, reference, "decline", reason="เหตุผลที่ลองเขียน", preview="1")
    assert answer.status_code == 200
    assert answer.text.count("เหตุผลที่ลองเขียน") >= 2
    with app.app_context():
        assert kept(reference).status is ComplaintStatus.SUBMITTED


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("accept", {"title": "  "}), ("accept", {"title": "ก" * 201}),
        ("accept", {"category": "nothing"}), ("accept", {"priority": "x"}),
        ("accept", {"sensitivity": ""}), ("accept", {"household": "H-999999-9"}),
        ("accept", {"person": "zzz"}), ("ask", {"question": "\u200b"}),
        ("refer", {"agency": "mars", "text": "ไป"}), ("refer", {"agency": "police", "text": ""}),
        ("decline", {"reason": ""}), ("decline", {"reason": "ก" * 100_000}),
        ("decline", {"standard": "none", "reason": ""}), ("note", {"text": " "}),
        ("link", {"household": "H-000099-1"}), ("link", {"person": "<b>"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_decided(
    app: Flask, officer: FlaskClient, reference: str, step: str, values: dict[str, str]
) -> None:
    answer = send(officer, reference, step, **values)
    assert answer.status_code in {400, 422}
    assert 'id="error-summary"' in answer.text
    with app.app_context():
        assert kept(reference).status is ComplaintStatus.SUBMITTED
        assert cases() == 0


STEPS: list[tuple[str, dict[str, str]]] = [
    ("accept", {"title": "x", "category": "housing", "priority": "low", "sensitivity": "normal"}),
    ("join", {"case": "C70-000001-2"}), ("ask", {"question": "ถาม"}),
    ("refer", {"agency": "police", "text": "ไป"}), ("decline", {"reason": "ไม่"}),
    ("take-back", {"reason": "คืน"}), ("link", {}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "values"), STEPS)
@pytest.mark.parametrize("who", [cast.KAN, cast.WAN, cast.AEK, cast.ANAN])
def test_only_officers_and_managers_decide(
    app: Flask, client: FlaskClient, reference: str, who: str, step: str, values: dict[str, str]
) -> None:
    cast.sign_in(client, who)
    token = form_in(client.get("/account").text, action="sign-out").fields["csrf_token"]
    answer = client.post(
        f"{DESK}/{reference}/{step}", data=values | {"csrf_token": token, "version": "1"}
    )
    assert answer.status_code == 403
    with app.app_context():
        assert kept(reference).status is ComplaintStatus.SUBMITTED


def without(*rights: Permission, villages: frozenset[int] | None = None) -> Viewer:
    held = permissions_of(frozenset({Role.OFFICER})) - {*rights}
    return Viewer(1, "x", "x", frozenset({Role.OFFICER}), held, villages)


VERBS: list[tuple[Any, dict[str, Any]]] = [
    (triage.ask, {"question": "q"}), (triage.decline, {"reason": "r"}),
    (triage.refer, {"agency": "police", "agency_name": "p", "text": "t"}),
    (triage.take_back, {"reason": "r"}), (accepting.accept_into_open, {"number": "C70-000001-2"}),
    (annotating.link, {}),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "values"), VERBS)
def test_services_refuse_whom_they_must(
    session: Any, reference: str, verb: Any, values: dict[str, Any]
) -> None:
    common = {"reference": reference, "version": 1}
    with pytest.raises(Forbidden):
        verb(actor=without(Permission.TRIAGE_COMPLAINTS), **common, **values)
    with pytest.raises(NotFound):
        verb(actor=without(villages=frozenset({3})), **common, **values)
    with pytest.raises(NotFound):
        verb(actor=without(Permission.VIEW_COMPLAINTS), **common, **values)
    with pytest.raises(StaleRecord):
        verb(actor=without(), reference=reference, version=99, **values)


def test_restricted_ones_are_not_there_without_the_right(session: Any, stage: None) -> None:
    reference = cast.complaint(category="violence").reference
    viewer = without(Permission.VIEW_RESTRICTED)
    with pytest.raises(NotFound):
        triage.decline(actor=viewer, reference=reference, version=1, reason="r")
    with pytest.raises(NotFound):
        annotating.note(actor=viewer, reference=reference, text="n")
    with pytest.raises(NotFound):
        annotating.reveal_contacts(actor=viewer, reference=reference)


def test_notes_and_contacts_need_their_rights(session: Any, reference: str) -> None:
    reader = without(Permission.TRIAGE_COMPLAINTS, Permission.EDIT_CASES)
    with pytest.raises(Forbidden):
        annotating.note(actor=reader, reference=reference, text="n")
    with pytest.raises(Forbidden):
        annotating.reveal_contacts(
            actor=without(Permission.REVEAL_IDENTIFIERS), reference=reference
        )


def test_whom_a_complaint_names_does_not_decide_on_it(
    app: Flask, client: FlaskClient, stage: None
) -> None:
    with app.app_context():
        reference = cast.complaint(
            category="staff_conduct", description="เจ้าหน้าที่ชื่อมาลี พูดจาไม่ดีกับยาย"
        ).reference
    cast.sign_in(client, cast.MALEE)
    page = client.get(f"{DESK}/{reference}")
    assert page.status_code == 200
    with pytest.raises(LookupError):
        form_in(page.text, action="/decline")
    with app.app_context(), pytest.raises(Refused):
        triage.decline(actor=cast.viewer(cast.MALEE), reference=reference, version=1, reason="x")


def test_a_decided_one_is_not_decided_again(session: Any, reference: str) -> None:
    orn = cast.viewer(cast.ORN)
    triage.decline(actor=orn, reference=reference, version=1, reason="r")
    db.session.commit()
    with pytest.raises(Refused):
        triage.ask(actor=orn, reference=reference, version=2, question="q")


def test_the_second_officer_learns_of_the_first_and_keeps_her_words(
    app: Flask, officer: FlaskClient, reference: str
) -> None:
    page = officer.get(f"{DESK}/{reference}")
    with app.app_context():
        triage.decline(
            actor=cast.viewer(cast.ORN), reference=reference, version=1, reason="เหตุผลของคนแรก"
        )
        db.session.commit()
    answer = submit(officer, page, {"question": "คำถามของคนที่สอง"}, action="/ask")
    assert answer.status_code == 409
    for words in ("เหตุผลของคนแรก", "คำถามของคนที่สอง", "นางสาวอร ใจงาม"):
        assert words in answer.text
    kept_as_note = form_in(answer.text, action="/note")
    assert kept_as_note.fields["text"][0].strip() == "คำถามของคนที่สอง"
    with app.app_context():
        assert kept(reference).decision_text == "เหตุผลของคนแรก"


def test_after_another_change_the_form_can_be_sent_again(
    app: Flask, officer: FlaskClient, reference: str
) -> None:
    page = officer.get(f"{DESK}/{reference}")
    with app.app_context():
        home = cast.household().number
        annotating.link(actor=cast.viewer(cast.ORN), reference=reference, version=1, household=home)
        db.session.commit()
    answer = submit(officer, page, {"reason": "เหตุผล"}, action="/decline")
    assert answer.status_code == 409
    assert submit(officer, answer, action="/decline", having="reason").status_code == 303
    with app.app_context():
        assert kept(reference).decision_text == "เหตุผล"


def test_sixteen_accept_at_once_and_there_is_one_case(
    app: Flask, officer: FlaskClient, reference: str
) -> None:
    form = form_in(officer.get(f"{DESK}/{reference}").text, action="/accept")
    cookie = officer.get_cookie("welfare")
    assert cookie is not None

    def post(n: int) -> int:
        browser = app.test_client()
        browser.set_cookie("welfare", cookie.value)
        for extra in ("remember_token", "session"):
            other = officer.get_cookie(extra)
            if other is not None:
                browser.set_cookie(extra, other.value)
        data = form.fields | {"one_time_key": f"key-of-officer-number-{n:02d}", "then": "case"}
        return browser.post(form.action, data=data).status_code

    with ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(post, range(16)))
    assert answers == [303] + [409] * 15
    with app.app_context():
        assert cases() == 1
        accepted = select(func.count()).where(ComplaintEvent.kind == ComplaintEventKind.ACCEPTED)
        assert db.session.scalar(accepted) == 1
        assert verify().sound
