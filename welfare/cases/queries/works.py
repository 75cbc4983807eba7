"""What was done for a case: tasks, help given, files; read together in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Numeric,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.cases.models import Assistance, CaseAttachment, CaseTask
from welfare.cases.workflow import AssistanceKind, TaskStatus
from welfare.core.db import db
from welfare.core.storage import StoredFile


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

    @property
    def total(self) -> Decimal:
        """Baht given so far, without what was withdrawn."""
        return sum(
            (row.amount for row in self.help if row.amount and not row.withdrawn_at), Decimal(0)
        )


_Small = aliased(StoredFile)


def _none(kind: Any) -> Any:
    return type_coerce(null(), kind)


def _statement() -> Any:
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
            _none(String),
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
    return union_all(tasks, given, files)


_WORKS = _statement()


def works_of(case_id: int) -> Works:
    """Tasks, help and files of a case that the caller was already allowed to see."""
    tasks: list[TaskRow] = []
    given: list[HelpRow] = []
    files: list[FileRow] = []
    for row in db.session.connection().execute(_WORKS, {"case_id": case_id}):
        if row.what == "task":
            status = TaskStatus(row.kind)
            tasks.append(
                TaskRow(row.id, row.version, row.words, status, row.who or "", row.day, row.moment)
            )
        elif row.what == "help":
            given.append(_help(row))
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
    return Works(tuple(tasks), tuple(given), tuple(files))


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
