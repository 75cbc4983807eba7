"""Imports as their pages show them: the list, one import, its rows. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select

from welfare.accounts.models import User
from welfare.accounts.queries import names_of
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.storage.progress import Progress, progress_of
from welfare.households import policies
from welfare.households.models import ImportRow, RegistryImport
from welfare.households.workflow import AT_WORK, ImportStatus, RowState

PAGE = 50
LISTED = 60


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in the list."""

    number: str
    file_name: str
    status: ImportStatus
    uploaded_by: str
    uploaded_at: datetime
    rows: int
    waits_for_viewer: bool
    uploaded_name: str = ""
    """The name under which staff are shown; their user name where the account is gone."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One import; ``same_file`` are earlier uploads of the very same file."""

    id: int
    number: str
    version: int
    status: ImportStatus
    file_name: str
    file_kind: str
    size: int
    sheets: tuple[str, ...]
    counts: dict[str, int]
    skipped: dict[str, int]
    report: dict[str, Any]
    fault: str
    uploaded_by: str
    uploaded_at: datetime
    checked_at: datetime | None
    asked_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    applied_at: datetime | None
    names: dict[str, str]
    """How staff are shown, by user name."""
    sent_back_reason: str
    sent_back_by: str
    sent_back_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    change_set: str | None
    removed: bool
    progress: Progress | None
    undecided: dict[str, int]
    """Doubtful rows that nobody has decided, by doubt; "" counts all of them."""
    same_file: tuple[ImportLine, ...]
    may_prepare: bool
    may_approve: bool
    own_work: bool
    may_undo: bool

    @property
    def at_work(self) -> bool:
        """Whether the worker has something to do for it."""
        return self.status in AT_WORK

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(self.counts.values())


def imports(*, viewer: Viewer) -> list[ImportLine]:
    """The newest imports that the viewer may see."""
    rows = db.session.execute(
        select(
            RegistryImport.number, RegistryImport.file_name, RegistryImport.status,
            RegistryImport.uploaded_by, RegistryImport.uploaded_at, RegistryImport.counts,
            RegistryImport.uploaded_by_id, RegistryImport.asked_by_id,
        )
        .where(policies.imports_seen_by(viewer))
        .order_by(RegistryImport.id.desc())
        .limit(LISTED)
    ).all()  # fmt: skip
    names = staff_names({row.uploaded_by for row in rows})
    return [
        ImportLine(
            row.number, row.file_name, row.status, row.uploaded_by, row.uploaded_at,
            _rows(row.counts),
            row.status == ImportStatus.WAITING
            and policies.can_approve_import(viewer, row.uploaded_by_id, row.asked_by_id),
            names.get(row.uploaded_by, row.uploaded_by),
        )
        for row in rows
    ]  # fmt: skip


def staff_names(usernames: set[str]) -> dict[str, str]:
    """Display names by user name, in one statement."""
    asked = usernames - {""}
    if not asked:
        return {}
    rows = db.session.execute(
        select(User.username, User.display_name).where(User.username.in_(sorted(asked)))
    )
    return {row.username: row.display_name for row in rows}


def _name_of(user_id: int | None) -> str:
    return names_of({user_id}).get(user_id, "") if user_id else ""


@dataclass(frozen=True, slots=True)
class ImportsAtDesk:
    """Imports that wait for somebody: to be approved by them; sent back to them."""

    to_approve: int
    sent_back: int


def imports_at_desk(viewer: Viewer) -> tuple[ScalarSelect[int], ScalarSelect[int]] | None:
    """The two numbers of :class:`ImportsAtDesk`, inside another statement; ``None`` for who has
    nothing to do with imports."""
    if not (viewer.can(Permission.EDIT_REGISTRY) or viewer.can(Permission.APPROVE_IMPORTS)):
        return None
    held, me = RegistryImport, viewer.user_id
    mine = or_(held.uploaded_by_id == me, func.coalesce(held.asked_by_id, 0) == me)
    waiting = [held.status == ImportStatus.WAITING, policies.approvable_by(viewer)]
    back = [held.status == ImportStatus.CHECKED, held.sent_back_at.is_not(None), mine]
    return _number(viewer, *waiting), _number(viewer, *back)


def _number(viewer: Viewer, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    seen = policies.imports_seen_by(viewer)
    return select(func.count()).select_from(RegistryImport).where(seen, *which).scalar_subquery()


def _rows(counts: dict[str, int]) -> int:
    return sum(number for name, number in counts.items() if not name.startswith("skipped_"))


def import_file(number: str, *, viewer: Viewer) -> ImportFile:
    """The import of this number; ``NotFound`` for who may not see it."""
    held = find_import(number, viewer=viewer)
    preparers = (held.uploaded_by_id, held.asked_by_id)
    return ImportFile(
        id=held.id,
        number=held.number,
        version=held.version,
        status=held.status,
        file_name=held.file_name,
        file_kind=held.file_kind,
        size=held.size,
        sheets=tuple(held.sheets),
        counts={n: c for n, c in held.counts.items() if not n.startswith("skipped_")},
        skipped={
            n.removeprefix("skipped_"): c
            for n, c in held.counts.items()
            if n.startswith("skipped_")
        },
        report=dict(held.report),
        fault=held.fault,
        uploaded_by=held.uploaded_by,
        uploaded_at=held.uploaded_at,
        checked_at=held.checked_at,
        asked_at=held.asked_at,
        approved_by=held.approved_by,
        approved_at=held.approved_at,
        applied_at=held.applied_at,
        names=staff_names({held.uploaded_by, held.approved_by, held.undone_by}),
        sent_back_reason=held.sent_back_reason,
        sent_back_by=_name_of(held.sent_back_by_id),
        sent_back_at=held.sent_back_at,
        undone_by=held.undone_by,
        undone_at=held.undone_at,
        change_set=held.change_set,
        removed=held.removed_at is not None,
        progress=progress_of(held.number) if held.status in AT_WORK else None,
        undecided=_undecided(held.id) if held.status == ImportStatus.CHECKED else {},
        same_file=_same_file(held, viewer),
        may_prepare=policies.can_prepare_import(viewer, held.uploaded_by_id),
        may_approve=policies.can_approve_import(viewer, *preparers),
        own_work=viewer.user_id in preparers,
        may_undo=policies.can_undo_import(viewer, held.uploaded_by_id),
    )


def find_import(number: str, *, viewer: Viewer) -> RegistryImport:
    """The record, for reading."""
    held = db.session.scalar(
        select(RegistryImport).where(
            RegistryImport.number == number, policies.imports_seen_by(viewer)
        )
    )
    if held is None:
        raise NotFound
    return held


def _undecided(import_id: int) -> dict[str, int]:
    rows = db.session.execute(
        select(ImportRow.doubts, func.count())
        .where(
            ImportRow.import_id == import_id,
            ImportRow.state == RowState.DOUBTFUL,
            ImportRow.choice == "",
        )
        .group_by(ImportRow.doubts)
    )
    found: dict[str, int] = {}
    for doubts, count in rows:
        found[""] = found.get("", 0) + count
        for code in doubts.strip(",").split(","):
            found[code] = found.get(code, 0) + count
    return found


def _same_file(held: RegistryImport, viewer: Viewer) -> tuple[ImportLine, ...]:
    rows = db.session.execute(
        select(
            RegistryImport.number, RegistryImport.file_name, RegistryImport.status,
            RegistryImport.uploaded_by, RegistryImport.uploaded_at,
            policies.imports_seen_by(viewer).label("seen"),
        )
        .where(
            RegistryImport.sha256 == held.sha256,
            RegistryImport.id < held.id,
            RegistryImport.status != ImportStatus.ABANDONED,
        )
        .order_by(RegistryImport.id.desc())
        .limit(5)
    )  # fmt: skip
    return tuple(
        ImportLine(
            row.number if row.seen else "", row.file_name, row.status, row.uploaded_by,
            row.uploaded_at, 0, False,
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowQuestion:
    """Which rows are asked for; empty is any. ``page`` from 1."""

    state: str = ""
    doubt: str = ""
    open_only: bool = False
    page: int = 1

    def conditions(self, import_id: int) -> list[ColumnElement[bool]]:
        """As SQL."""
        found: list[ColumnElement[bool]] = [ImportRow.import_id == import_id]
        if self.state in set(RowState):
            found.append(ImportRow.state == RowState(self.state))
        if self.doubt:
            found.append(ImportRow.doubts.contains(f",{self.doubt},", autoescape=True))
        if self.open_only:
            found += [ImportRow.state == RowState.DOUBTFUL, ImportRow.choice == ""]
        return found


def doubts_of(import_id: int, state: RowState) -> dict[str, int]:
    """How many rows of a state have which doubt or fault."""
    rows = db.session.execute(
        select(ImportRow.doubts, func.count())
        .where(ImportRow.import_id == import_id, ImportRow.state == state)
        .group_by(ImportRow.doubts)
    )
    found: dict[str, int] = {}
    for doubts, count in rows:
        for code in doubts.strip(",").split(","):
            if code:
                found[code] = found.get(code, 0) + count
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def sees_numbers(viewer: Viewer, uploaded_by: str) -> bool:
    """Whether ID and telephone numbers of the file may be shown whole: to who uploaded it, and who
    may reveal such numbers anyway."""
    return viewer.can(Permission.REVEAL_IDENTIFIERS) or viewer.username == uploaded_by


def may_approve(number: str, *, viewer: Viewer) -> bool:
    """Whether an import waits for the approval of this person."""
    row = db.session.execute(
        select(RegistryImport.uploaded_by_id, RegistryImport.asked_by_id).where(
            RegistryImport.number == number, RegistryImport.status == ImportStatus.WAITING
        )
    ).first()
    return row is not None and policies.can_approve_import(viewer, *row)


def preparers_of(number: str) -> set[int]:
    """Who made an import ready."""
    row = db.session.execute(
        select(RegistryImport.uploaded_by_id, RegistryImport.asked_by_id).where(
            RegistryImport.number == number
        )
    ).first()
    return {one for one in row or () if one is not None}
