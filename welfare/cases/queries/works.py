"""What was done for a case: tasks, help asked for and given, loans, files, needs and plan; in one
statement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    Numeric,
    String,
    bindparam,
    case,
    cast,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.benefits.models import EquipmentKind, EquipmentPiece, Fund
from welfare.cases.kinds import Duty
from welfare.cases.models import (
    Assistance,
    Case,
    CaseAttachment,
    CaseTask,
    EquipmentLoan,
    HelpRequest,
)
from welfare.cases.queries import care, checks
from welfare.cases.queries.duties import DutyRow, duty_members, duty_row, duty_values
from welfare.cases.queries.help import given_by_office
from welfare.cases.queries.work_lines import none_of as _none
from welfare.cases.workflow import AssistanceKind, HelpStatus, LoanStatus, TaskStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.storage import StoredFile
from welfare.papers.kinds import PaperStatus
from welfare.papers.models import Paper
from welfare.papers.parts import Kind, kind_of


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something to be done; ``who`` does it, ``done_at`` when it was settled."""

    id: int
    version: int
    title: str
    status: TaskStatus
    who: str
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class HelpRow:
    """Help that was given; ``withdrawn_at`` when the record was taken back."""

    id: int
    version: int
    kind: AssistanceKind
    description: str
    amount: Decimal | None
    fund: str
    decided_by: str
    recorded_by: str
    given_on: date
    withdrawn_at: datetime | None
    by_fund: bool = False
    """Whether a delivery from a fund or a loan made the record: it ends there."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Help asked of a fund; amounts in baht, ``held`` is what was handed over and not returned."""

    id: int
    description: str
    status: HelpStatus
    fund_th: str
    fund_en: str
    asked: Decimal
    approved: Decimal
    held: Decimal
    asked_at: datetime

    def fund(self, lang: str) -> str:
        """The fund's name."""
        return self.fund_en if lang == "en" and self.fund_en else self.fund_th


@dataclass(frozen=True, slots=True)
class LentRow:
    """Equipment lent for the case."""

    id: int
    piece: str
    status: LoanStatus
    kind_th: str
    kind_en: str
    due_on: date
    lent_on: date
    ended_on: date | None

    def kind(self, lang: str) -> str:
        """What was lent."""
        return self.kind_en if lang == "en" and self.kind_en else self.kind_th

    @property
    def overdue(self) -> bool:
        """Out past its day."""
        return self.status == LoanStatus.OUT and self.due_on < clock.today()


@dataclass(frozen=True, slots=True)
class PaperLine:
    """An official paper about the case."""

    public_id: str
    kind: Kind
    status: PaperStatus
    number: str
    title: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file by the public ids of itself and of its thumbnail."""

    id: int
    caption: str
    picture: str
    thumbnail: str
    added_by: str
    added_at: datetime
    paper: bool = False
    """Whether it is a PDF: no picture of it is shown."""


@dataclass(frozen=True, slots=True)
class Works:
    """Open tasks first; help newest first; files oldest first, without those removed."""

    tasks: tuple[TaskRow, ...] = ()
    help: tuple[HelpRow, ...] = ()
    files: tuple[FileRow, ...] = ()
    asked: tuple[AskedRow, ...] = ()
    lent: tuple[LentRow, ...] = ()
    care: care.Care = field(default_factory=care.Care)
    papers: tuple[PaperLine, ...] = ()
    risk: checks.Risk | None = None
    checks: tuple[checks.Check, ...] = ()
    duties: tuple[DutyRow, ...] = ()

    @property
    def total(self) -> Decimal:
        """Baht given so far, without what was withdrawn."""
        return sum(
            (row.amount for row in self.help if row.amount and not row.withdrawn_at), Decimal(0)
        )


_Small = aliased(StoredFile)


@lru_cache(maxsize=1)
def _statement() -> Any:
    """Built at the first asking: by then everybody has said what dates ask for."""
    case_id = bindparam("case_id", type_=Integer)
    tasks = (
        select(
            literal("task").label("what"),
            CaseTask.id,
            CaseTask.version,
            cast(CaseTask.status, String).label("kind"),
            CaseTask.title.label("words"),
            _none(Numeric(12, 2)).label("amount"),
            _none(String).label("fund"),
            _none(String).label("decided_by"),
            CaseTask.due_on.label("day"),
            CaseTask.done_at.label("moment"),
            User.display_name.label("who"),
            _none(String).label("picture"),
            _none(String).label("thumbnail"),
        )
        .outerjoin(User, User.id == CaseTask.assignee_id)
        .where(CaseTask.case_id == case_id)
    )
    given = (
        select(
            literal("help"),
            Assistance.id,
            Assistance.version,
            cast(Assistance.kind, String),
            Assistance.description,
            Assistance.amount,
            Assistance.fund,
            Assistance.decided_by,
            Assistance.given_on,
            Assistance.withdrawn_at,
            User.display_name,
            case((given_by_office(), "fund"), else_=""),
            _none(String),
        )
        .outerjoin(User, User.id == Assistance.recorded_by_id)
        .where(Assistance.case_id == case_id)
    )
    files = (
        select(
            literal("file"),
            CaseAttachment.id,
            literal(0, Integer),
            StoredFile.media_type,
            CaseAttachment.caption,
            _none(Numeric(12, 2)),
            _none(String),
            _none(String),
            _none(Date),
            CaseAttachment.added_at,
            User.display_name,
            StoredFile.public_id,
            _Small.public_id,
        )
        .join(StoredFile, StoredFile.id == CaseAttachment.file_id)
        .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
        .outerjoin(User, User.id == CaseAttachment.added_by_id)
        .where(CaseAttachment.case_id == case_id, CaseAttachment.removed_at.is_(None))
    )
    lines = (tasks, given, files, _asked(case_id), _lent(case_id), _papers(case_id))
    duties = duty_members(Case.id == case_id)
    return union_all(*lines, *care.members(case_id), *checks.members(case_id), *duties)


def _satang(amount: Any) -> Any:
    return cast(type_coerce(amount, BigInteger), String)


def _asked(case_id: Any) -> Any:
    return (
        select(
            literal("asked"),
            HelpRequest.id,
            HelpRequest.version,
            cast(HelpRequest.status, String),
            HelpRequest.description,
            _none(Numeric(12, 2)),
            Fund.name_th,
            Fund.name_en,
            _none(Date),
            HelpRequest.asked_at,
            _satang(HelpRequest.asked),
            _satang(HelpRequest.approved),
            _satang(HelpRequest.delivered - HelpRequest.returned),
        )
        .join(Fund, Fund.id == HelpRequest.fund_id)
        .where(HelpRequest.case_id == case_id)
    )


def _lent(case_id: Any) -> Any:
    return (
        select(
            literal("lent"),
            EquipmentLoan.id,
            EquipmentLoan.version,
            cast(EquipmentLoan.status, String),
            EquipmentPiece.number,
            _none(Numeric(12, 2)),
            EquipmentKind.name_th,
            EquipmentKind.name_en,
            EquipmentLoan.due_on,
            EquipmentLoan.lent_at,
            cast(EquipmentLoan.lent_on, String),
            cast(EquipmentLoan.ended_on, String),
            _none(String),
        )
        .join(EquipmentPiece, EquipmentPiece.id == EquipmentLoan.piece_id)
        .join(EquipmentKind, EquipmentKind.id == EquipmentPiece.kind_id)
        .where(EquipmentLoan.case_id == case_id)
    )


def _papers(case_id: Any) -> Any:
    return select(
        literal("paper"),
        Paper.id,
        Paper.version,
        cast(Paper.status, String),
        Paper.title,
        _none(Numeric(12, 2)),
        Paper.number,
        Paper.kind,
        Paper.dated,
        Paper.made_at,
        _none(String),
        Paper.public_id,
        _none(String),
    ).where(Paper.case_id == case_id)


def works_of(case_id: int) -> Works:
    """Tasks, help and files of a case that the caller was already allowed to see."""
    tasks: list[TaskRow] = []
    given: list[HelpRow] = []
    files: list[FileRow] = []
    asked: list[AskedRow] = []
    lent: list[LentRow] = []
    needs: list[Any] = []
    papers: list[tuple[int, PaperLine]] = []
    duties: list[DutyRow] = []
    checked: list[Any] = []
    values = {"case_id": case_id, **duty_values()}
    for row in db.session.connection().execute(_statement(), values):
        if row.what == "task":
            status = TaskStatus(row.kind)
            tasks.append(
                TaskRow(row.id, row.version, row.words, status, row.who or "", row.day, row.moment)
            )
        elif row.what == "help":
            given.append(_help(row))
        elif row.what == "asked":
            asked.append(_asked_row(row))
        elif row.what == "lent":
            lent.append(_lent_row(row))
        elif row.what in care.KINDS:
            needs.append(row)
        elif row.what == "paper":
            papers.append((row.id, _paper(row)))
        elif row.what in checks.KINDS:
            checked.append(row)
        elif row.what == "duty":
            duties.append(duty_row(row))
        else:
            files.append(
                FileRow(
                    row.id,
                    row.words,
                    row.picture,
                    row.thumbnail or row.picture,
                    row.who or "",
                    row.moment,
                    paper=row.kind == "application/pdf",
                )
            )
    tasks.sort(key=lambda task: (task.status != TaskStatus.OPEN, task.due_on or date.max, task.id))
    given.sort(key=lambda row: (row.given_on, row.id), reverse=True)
    files.sort(key=lambda row: row.id)
    asked.sort(key=lambda row: row.id, reverse=True)
    lent.sort(key=lambda row: row.id, reverse=True)
    written = sorted(papers, key=lambda one: one[0], reverse=True)
    return Works(
        tuple(tasks),
        tuple(given),
        tuple(files),
        tuple(asked),
        tuple(lent),
        care.care_from(needs),
        tuple(line for _, line in written),
        *checks.read_lines(checked),
        tuple(sorted(duties)),
    )


def _paper(row: Any) -> PaperLine:
    status = PaperStatus(row.kind)
    return PaperLine(row.picture, kind_of(row.decided_by), status, row.fund, row.words, row.day)


def without_health(works: Works) -> Works:
    """The same for whoever may not read the health of the person helped: no word of a card."""
    kept = tuple(one for one in works.duties if one.kind is not Duty.CARD)
    return replace(works, duties=kept)


def _baht(satang: str) -> Decimal:
    return Decimal(satang) / 100


def _asked_row(row: Any) -> AskedRow:
    return AskedRow(
        row.id,
        row.words,
        HelpStatus(row.kind),
        row.fund,
        row.decided_by,
        _baht(row.who),
        _baht(row.picture),
        _baht(row.thumbnail),
        row.moment,
    )


def _lent_row(row: Any) -> LentRow:
    return LentRow(
        row.id,
        row.words,
        LoanStatus(row.kind),
        row.fund,
        row.decided_by,
        row.day,
        date.fromisoformat(row.who),
        date.fromisoformat(row.picture) if row.picture else None,
    )


def _help(row: Any) -> HelpRow:
    return HelpRow(
        row.id,
        row.version,
        AssistanceKind(row.kind),
        row.words,
        row.amount,
        row.fund,
        row.decided_by,
        row.who or "",
        row.day,
        row.moment,
        row.picture == "fund",
    )


def picture_of_case(public_id: str) -> int | None:
    """The case that a picture (or its thumbnail) is attached to."""
    return db.session.scalar(
        select(CaseAttachment.case_id)
        .join(StoredFile, StoredFile.id == CaseAttachment.file_id)
        .outerjoin(_Small, _Small.id == StoredFile.thumbnail_id)
        .where((StoredFile.public_id == public_id) | (_Small.public_id == public_id))
        .where(CaseAttachment.removed_at.is_(None))
    )
