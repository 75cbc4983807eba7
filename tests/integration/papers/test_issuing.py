"""Issuing: the number, what is kept and signed, rights, taking back, replacing."""

import hashlib
import io
from datetime import date
from typing import Any

import pypdf
import pytest
from cryptography import x509
from flask import Flask
from sqlalchemy import select

from tests import cast
from tests.issued import draft, issue, issued, row
from welfare.cases.models import Case, CaseEvent
from welfare.cases.workflow import EventKind, Sensitivity
from welfare.core import clock, signing
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.pdf.errors import PaperTooLarge
from welfare.core.storage import StoredFile, open_file
from welfare.core.thai.dates import fiscal_year
from welfare.papers import services
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper, PaperGap
from welfare.papers.queries import (
    RegisterFilters,
    book,
    identities,
    paper_page,
    register,
    stored_bytes,
    verified,
)

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def number(app: Flask) -> Any:
    with app.app_context():
        yield cast.case()
        db.session.rollback()


def certificates() -> list[x509.Certificate]:
    pems = (one.certificate for one in identities())
    return [one for pem in pems for one in x509.load_pem_x509_certificates(pem.encode())]


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_what_is_issued_is_numbered_signed_and_kept_as_it_was(number: str) -> None:
    made = issued(number)
    paper = row(made)
    content = stored_bytes(paper.id)
    assert hashlib.sha256(content).digest() == paper.sha256
    assert signing.look_at(content, certificates()).genuine
    touched = bytearray(content)
    touched[len(content) // 3] ^= 1
    assert not signing.look_at(bytes(touched), certificates()).genuine
    db.session.execute(db.update(Case).values(title="เปลี่ยนแล้ว", summary="เปลี่ยนแล้ว"))
    db.session.commit()
    assert stored_bytes(paper.id) == content
    assert paper.running == 1 and paper.fiscal_year == fiscal_year(clock.today())
    shown = verified(paper.verify_code or "")
    assert shown is not None and shown.number == paper.number and shown.holds


def test_on_the_disk_nothing_can_be_read(number: str) -> None:
    made = issued(number)
    kept = db.session.get_one(StoredFile, row(made).file_id)
    assert not open_file(kept.public_id).startswith(b"%PDF")


def test_a_number_is_taken_only_with_its_paper(number: str) -> None:
    first, other = draft(number), draft(number)

    def broken(stamp: Any) -> bytes:
        raise PaperTooLarge("too large")

    with pytest.raises(PaperTooLarge):
        services.issue_draft(
            actor=cast.viewer(cast.ORN), public_id=first, version=row(first).version, draw=broken
        )
    db.session.rollback()
    issue(other)
    assert (row(other).running, row(first).running) == (1, None)
    year = fiscal_year(clock.today())
    assert book("letter", year).unexplained == ()


def test_numbers_left_out_are_explained(number: str) -> None:
    anan = cast.viewer(cast.ANAN)
    issued(number)
    with pytest.raises(Refused):
        services.leave_numbers_out(actor=anan, series="letter", up_to=1, reason="ใช้แล้ว")
    db.session.rollback()
    services.leave_numbers_out(actor=anan, series="letter", up_to=40, reason="ใช้ในสมุดเดิม")
    db.session.commit()
    later = issued(number)
    assert row(later).running == 41
    found = book("letter", fiscal_year(clock.today()))
    assert [(one.first, one.last) for one in found.left] == [(2, 40)]
    assert found.unexplained == ()
    db.session.execute(db.delete(PaperGap))
    assert len(book("letter", found.fiscal_year).unexplained) == 39
    with pytest.raises(Forbidden):
        services.leave_numbers_out(
            actor=cast.viewer(cast.ORN), series="letter", up_to=50, reason="x"
        )


def test_numbers_of_which_rows_were_lost_can_be_explained(number: str) -> None:
    made = [issued(number) for _turn in range(4)]
    for lost in made[1:3]:
        db.session.execute(db.delete(Paper).where(Paper.public_id == lost))
    db.session.commit()
    year, anan = fiscal_year(clock.today()), cast.viewer(cast.ANAN)
    assert book("letter", year).first_unexplained == (2, 3)
    say = {"actor": anan, "series": "letter", "year": year, "reason": "กู้ข้อมูลสำรอง"}
    for first, last in ((1, 3), (2, 4), (3, 2), (0, 2), (5, 5)):
        with pytest.raises(Refused):
            services.explain_gap(**say, first=first, last=last)
        db.session.rollback()
    with pytest.raises(Forbidden):
        services.explain_gap(**(say | {"actor": cast.viewer(cast.ORN)}), first=2, last=3)
    services.explain_gap(**say, first=2, last=3)
    db.session.commit()
    found = book("letter", year)
    assert found.unexplained == () and [(one.first, one.last) for one in found.left] == [(2, 3)]
    with pytest.raises(Refused):
        services.explain_gap(**say, first=2, last=3)


def test_the_register_by_any_period(number: str) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 2)]
    for day in days:
        made = issued(number)
        db.session.execute(db.update(Paper).where(Paper.public_id == made).values(dated=day))
    db.session.commit()

    def found(**asked: Any) -> list[date | None]:
        rows = register(RegisterFilters(**asked), viewer=cast.viewer(cast.ORN)).rows
        return sorted(row.dated for row in rows if row.dated)

    assert found(year=2569) == days[:1] and found(year=2570) == days[1:]
    assert found(month=date(2026, 10, 1)) == days[1:3]
    assert found(since=date(2026, 10, 31)) == days[2:]
    assert found(until=date(2026, 10, 1), year=2570) == days[1:2]
    assert found(since=date(2026, 10, 2), until=date(2026, 10, 30)) == []


def test_who_may_write_and_who_may_issue(number: str) -> None:
    kan = cast.viewer(cast.KAN)
    db.session.execute(db.update(Case).values(assignee_id=kan.user_id))
    db.session.commit()
    made = draft(number, cast.KAN)
    with pytest.raises(Forbidden):
        issue(made, cast.KAN)
    db.session.rollback()
    for nobody in (cast.TON, cast.WAN, cast.ANAN, cast.AEK):
        with pytest.raises(NotFound):
            paper_page(made, viewer=cast.viewer(nobody))
        with pytest.raises((Forbidden, NotFound)):
            draft(number, nobody)
        db.session.rollback()
    loose = draft("", cast.KAN)
    with pytest.raises(NotFound):
        paper_page(loose, viewer=cast.viewer(cast.TON))
    assert paper_page(loose, viewer=cast.viewer(cast.MALEE)).may_issue


def test_a_restricted_case_betrays_nothing_through_its_papers(number: str) -> None:
    made = issued(number, title="ขอความอนุเคราะห์ลับ")
    restricted = Sensitivity.RESTRICTED
    db.session.execute(db.update(Case).values(sensitivity=restricted, assignee_id=None))
    db.session.commit()
    for viewer in (cast.KAN, cast.TON, cast.AEK):
        seen = cast.viewer(viewer)
        assert register(RegisterFilters(), viewer=seen).rows == ()
        assert register(RegisterFilters(words="ลับ"), viewer=seen).rows == ()
        with pytest.raises(NotFound):
            paper_page(made, viewer=seen)
    assert len(register(RegisterFilters(words="ลับ"), viewer=cast.viewer(cast.ORN)).rows) == 1


def test_taken_back_with_a_reason_and_said_so(number: str) -> None:
    made, orn = issued(number), cast.viewer(cast.ORN)
    version = row(made).version
    with pytest.raises(StaleRecord):
        services.withdraw_paper(actor=orn, public_id=made, version=version + 1, reason="ผิด")
    with pytest.raises(Refused):
        services.withdraw_paper(actor=orn, public_id=made, version=version, reason="")
    services.withdraw_paper(actor=orn, public_id=made, version=version, reason="ชื่อผิด")
    db.session.commit()
    shown = verified(row(made).verify_code or "")
    assert shown is not None and not shown.holds
    with pytest.raises(Refused):
        services.withdraw_paper(actor=orn, public_id=made, version=row(made).version, reason="อีก")
    verbs = db.session.scalars(select(CaseEvent.data).where(CaseEvent.kind == EventKind.PAPER))
    assert [data["verb"] for data in verbs] == ["issued", "withdrawn"]


def test_the_old_one_holds_until_the_new_one_is_issued(number: str) -> None:
    made, orn = issued(number), cast.viewer(cast.ORN)
    new = services.replace_paper(actor=orn, public_id=made, version=row(made).version)
    db.session.commit()
    assert row(made).status is PaperStatus.ISSUED
    issue(new)
    assert row(made).status is PaperStatus.WITHDRAWN
    shown = verified(row(made).verify_code or "")
    assert shown is not None and shown.replaced


def test_a_referral_is_a_paper_like_every_other(number: str) -> None:
    from tests.referrals import agency, sent
    from tests.referrals import row as referral_row

    issued(number)
    made = sent(number, agency())
    referral = referral_row(made)
    paper = db.session.scalars(select(Paper).where(Paper.kind == "referral")).one()
    assert (paper.number, paper.running) == (referral.letter_no, 2)
    assert book("letter", paper.fiscal_year or 0).unexplained == ()
    orn = cast.viewer(cast.ORN)
    from welfare.referrals.services import withdraw_referral

    withdraw_referral(
        actor=orn, number=number, referral_id=made, version=referral.version, reason="ส่งผิด"
    )
    db.session.commit()
    assert row(paper.public_id).status is PaperStatus.WITHDRAWN
