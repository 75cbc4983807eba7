"""Equipment on loan: of a case, and all of it with what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from welfare.benefits.models import EquipmentKind, EquipmentPiece
from welfare.cases.models import Case, EquipmentLoan
from welfare.cases.policies import searchable, visible_to
from welfare.cases.workflow import LoanStatus
from welfare.core import clock
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Viewer
from welfare.core.thai.names import display_name
from welfare.households.models import Household, Person

PAGE = 100


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan; ``who`` and ``place`` are empty where lists do not name them to this viewer."""

    id: int
    version: int
    case_number: str
    piece: str
    kind_th: str
    kind_en: str
    status: LoanStatus
    lent_on: date
    due_on: date
    extended: int
    ended_on: date | None
    note: str
    condition_back: str
    who: str
    house_no: str
    village_no: int | None

    def kind(self, lang: str) -> str:
        """What was lent."""
        return self.kind_en if lang == "en" and self.kind_en else self.kind_th

    @property
    def overdue(self) -> bool:
        """Out past its day."""
        return self.status == LoanStatus.OUT and self.due_on < clock.today()


_LOAN = (
    EquipmentLoan.id, EquipmentLoan.version, Case.number.label("case_number"),
    EquipmentPiece.number.label("piece"), EquipmentKind.name_th, EquipmentKind.name_en,
    EquipmentLoan.status, EquipmentLoan.lent_on, EquipmentLoan.due_on, EquipmentLoan.extended,
    EquipmentLoan.ended_on, EquipmentLoan.note, EquipmentLoan.condition_back,
    Person.title, Person.first_name, Person.last_name, Household.house_no, Case.village_no,
)  # fmt: skip


def _loans(viewer: Viewer | None) -> Any:
    named = searchable(viewer).label("named") if viewer is not None else func.coalesce(1, 1)
    return (
        select(*_LOAN, named)
        .join(Case, Case.id == EquipmentLoan.case_id)
        .join(EquipmentPiece, EquipmentPiece.id == EquipmentLoan.piece_id)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .outerjoin(Person, Person.id == EquipmentLoan.person_id)
        .outerjoin(Household, Household.id == EquipmentLoan.household_id)
    )


def _row(row: Any) -> LoanRow:
    facts: list[Any]
    *facts, title, first, last, house_no, village_no, named = row
    who = display_name(title or "", first or "", last or "") if first and named else ""
    if not named:
        facts[11], house_no = "", None
    return LoanRow(*[*facts, who, house_no or "", village_no])


def loan_of(case_id: int, loan_id: int) -> LoanRow:
    """One of them; ``NotFound`` when the case has none such."""
    row = db.session.execute(
        _loans(None).where(EquipmentLoan.case_id == case_id, EquipmentLoan.id == loan_id)
    ).first()
    if row is None:
        raise NotFound
    return _row(row)


def all_loans(viewer: Viewer, *, overdue: bool = False) -> list[LoanRow]:
    """What is out, the longest due first, of cases that the viewer may see."""
    statement = _loans(viewer).where(EquipmentLoan.status == LoanStatus.OUT, visible_to(viewer))
    if overdue:
        statement = statement.where(EquipmentLoan.due_on < clock.today())
    statement = statement.order_by(EquipmentLoan.due_on, EquipmentLoan.id).limit(PAGE)
    return [_row(row) for row in db.session.execute(statement)]


def count_out(viewer: Viewer) -> tuple[int, int]:
    """How many loans are out, and how many of them past their day, that the viewer may see."""
    late = EquipmentLoan.due_on < clock.today()
    row = db.session.execute(
        select(func.count(), func.count().filter(late))
        .select_from(EquipmentLoan)
        .join(Case, Case.id == EquipmentLoan.case_id)
        .where(EquipmentLoan.status == LoanStatus.OUT, visible_to(viewer))
    ).one()
    return int(row[0]), int(row[1])


def load_loan(case_id: int, loan_id: int) -> EquipmentLoan:
    """The record itself, held until the transaction ends."""
    return hold(
        select(EquipmentLoan).where(EquipmentLoan.case_id == case_id, EquipmentLoan.id == loan_id)
    )


def unreminded(until: date, limit: int) -> list[EquipmentLoan]:
    """Loans that fall due by a day and whose owner was not yet reminded of that day."""
    fresh = EquipmentLoan.reminded_on.is_(None) | (
        EquipmentLoan.reminded_on != EquipmentLoan.due_on
    )
    return list(
        db.session.scalars(
            select(EquipmentLoan)
            .where(EquipmentLoan.status == LoanStatus.OUT, EquipmentLoan.due_on <= until, fresh)
            .order_by(EquipmentLoan.due_on, EquipmentLoan.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )


def piece_words(piece_id: int) -> str:
    """What a piece is called in a record: its kind and number."""
    row = db.session.execute(
        select(EquipmentKind.name_th, EquipmentPiece.number)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .where(EquipmentPiece.id == piece_id)
    ).first()
    if row is None:
        raise NotFound
    return f"{row.name_th} {row.number}"
