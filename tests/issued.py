"""Letters, for tests."""

from datetime import date
from typing import Any

from tests import cast
from welfare.core import clock
from welfare.core.db import db
from welfare.papers import services
from welfare.papers.documents import letter_pdf
from welfare.papers.facts import LetterFacts, Stamp
from welfare.papers.kinds import Archives
from welfare.papers.models import Paper
from welfare.papers.queries import paper_page
from welfare.papers.queries.destroying import list_page
from welfare.papers.queries.office import the_office

BASE = "https://welfare.example"


def facts(**changes: Any) -> LetterFacts:
    """A letter to a hospital."""
    values: dict[str, Any] = {
        "title": "ขอความอนุเคราะห์ตรวจเยี่ยมผู้ป่วย",
        "recipient": "ผู้อำนวยการโรงพยาบาลบ้านสมมติ",
        "body": "ด้วยเทศบาลได้รับคำร้องจากน้ำค้าง\nจึงเรียนมาเพื่อโปรดพิจารณา",
        "signer": "นายสมมติ ใจดี",
        "signer_position": "นายกเทศมนตรีตำบลบ้านสมมติ",
    }
    return LetterFacts(**(values | changes))


def draft(number: str = "", actor: str = cast.ORN, kind: str = "letter", **changes: Any) -> str:
    """A letter that is prepared, about a case or nobody in particular; its public id."""
    made = services.write_draft(
        actor=cast.viewer(actor), kind_code=kind, subject="case" if number else "",
        number=number, facts=facts(**changes),
    )  # fmt: skip
    db.session.commit()
    return made


def issue(public_id: str, actor: str = cast.ORN) -> str:
    """Issue what is prepared; its number."""
    viewer = cast.viewer(actor)
    page = paper_page(public_id, viewer=viewer)

    def draw(stamp: Stamp) -> bytes:
        return letter_pdf(
            page.row.kind, page.facts, office=the_office(), base_url=BASE, stamp=stamp
        )

    number = services.issue_draft(
        actor=viewer, public_id=public_id, version=page.version, draw=draw
    )
    db.session.commit()
    return number


def issued(number: str = "", actor: str = cast.ORN, **changes: Any) -> str:
    """A letter that was issued; its public id."""
    made = draft(number, actor, **changes)
    issue(made, cast.ORN)
    return made


def row(public_id: str) -> Paper:
    """As it stands in the database now."""
    db.session.expire_all()
    return db.session.execute(db.select(Paper).where(Paper.public_id == public_id)).scalar_one()


def old_letter(number: str = "", year: int = 2010) -> str:
    """A letter of long ago, about nobody in particular unless a case is named; its public id."""
    made = issued(number)
    dated = date(year, 5, 1)
    db.session.execute(db.update(Paper).where(Paper.public_id == made).values(dated=dated))
    db.session.commit()
    return made


def approve(public_id: str, actor: str = cast.MALEE, **changes: Any) -> None:
    """Approve a list of papers to be destroyed."""
    page = list_page(public_id, viewer=cast.viewer(actor))
    said: dict[str, Any] = {
        "order_no": "12/2570",
        "committee": ["นายหนึ่ง", "นางสอง", "นายสาม"],
        "archives": Archives.AGREED,
        "archives_on": clock.today(),
    }
    services.approve_list(
        actor=cast.viewer(actor), public_id=public_id, version=page.version, **(said | changes)
    )
    db.session.commit()
