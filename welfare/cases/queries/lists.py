"""The lists of casework that the municipality keeps: reasons of risk, checklists, standard texts,
numbers of days. Those that pages need are kept by the process for half a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from welfare.accounts.models import User
from welfare.cases.kinds import USUAL_DAYS, CareDays, TextUse
from welfare.cases.models import CareRule, Checklist, ChecklistItem, RiskReason, StandardText
from welfare.cases.queries.kept import Kept
from welfare.cases.workflow import CaseStatus
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason of a risk level, from a day to a day."""

    id: int
    version: int
    name_th: str
    name_en: str
    effective_from: date
    effective_to: date | None
    source: str

    def name(self, lang: str) -> str:
        """The words in a language."""
        return self.name_en if lang == "en" and self.name_en else self.name_th

    def holds(self, day: date) -> bool:
        """Whether it may be given on a day."""
        return self.effective_from <= day and not (self.effective_to and self.effective_to < day)


def _read_reasons() -> list[ReasonRow]:
    rows = db.session.execute(
        select(
            RiskReason.id,
            RiskReason.version,
            RiskReason.name_th,
            RiskReason.name_en,
            RiskReason.effective_from,
            RiskReason.effective_to,
            RiskReason.source,
        ).order_by(RiskReason.position, RiskReason.id)
    )
    return [ReasonRow(**row._mapping) for row in rows]


_reasons = Kept(_read_reasons)


def risk_reasons(*, on: date | None = None) -> list[ReasonRow]:
    """All reasons in their order; those that may be given on a day when one is named."""
    return [row for row in _reasons.get() if on is None or row.holds(on)]


@dataclass(frozen=True, slots=True)
class DaysRow:
    """A number of days in force from a day on."""

    kind: CareDays
    days: int
    effective_from: date
    source: str
    who: str


def _read_days() -> list[DaysRow]:
    rows = db.session.execute(
        select(
            CareRule.kind,
            CareRule.days,
            CareRule.effective_from,
            CareRule.source,
            User.display_name,
        )
        .outerjoin(User, User.id == CareRule.made_by_id)
        .order_by(CareRule.effective_from.desc(), CareRule.id.desc())
    )
    return [
        DaysRow(row.kind, row.days, row.effective_from, row.source, row.display_name or "")
        for row in rows
    ]


_days = Kept(_read_days)


def care_rules() -> list[DaysRow]:
    """Every number of days that was ever set, the newest first."""
    return _days.get()


def care_days(kind: CareDays, *, on: date | None = None) -> int:
    """The number of days in force on a day (today); the usual one while none was set."""
    day = on or clock.today()
    held = (row.days for row in _days.get() if row.kind is kind and row.effective_from <= day)
    return next(held, USUAL_DAYS[kind])


@dataclass(frozen=True, slots=True)
class TextRow:
    """A standard text."""

    id: int
    version: int
    name: str
    use: TextUse
    category_id: int | None
    status: CaseStatus | None
    body: str
    active: bool

    def fits(self, category_id: int, status: CaseStatus) -> bool:
        """Whether it is offered for a case of a category in a state."""
        of_kind = self.category_id is None or self.category_id == category_id
        return self.active and of_kind and self.status in (None, status)


def _read_texts() -> list[TextRow]:
    rows = db.session.execute(
        select(
            StandardText.id,
            StandardText.version,
            StandardText.name,
            StandardText.use,
            StandardText.category_id,
            StandardText.status,
            StandardText.body,
            StandardText.active,
        ).order_by(StandardText.name, StandardText.id)
    )
    return [TextRow(**row._mapping) for row in rows]


_texts = Kept(_read_texts)


def standard_texts() -> list[TextRow]:
    """All of them by name."""
    return _texts.get()


def text_file(text_id: int) -> TextRow:
    """One of them as it stands now; ``NotFound`` when there is none."""
    found = next((row for row in _read_texts() if row.id == text_id), None)
    if found is None:
        raise NotFound
    return found


def texts_for(category_id: int, status: CaseStatus, uses: frozenset[TextUse]) -> list[TextRow]:
    """Those offered where something is written about such a case."""
    return [row for row in _texts.get() if row.use in uses and row.fits(category_id, status)]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of an edition."""

    name_th: str
    name_en: str
    required: bool


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition of a checklist with its items."""

    edition: int
    made_at: datetime
    who: str
    items: tuple[ItemRow, ...]


def editions_of(category_id: int) -> list[EditionRow]:
    """The editions of the checklist of a category, the newest first."""
    heads = db.session.execute(
        select(Checklist.id, Checklist.edition, Checklist.made_at, User.display_name)
        .outerjoin(User, User.id == Checklist.made_by_id)
        .where(Checklist.category_id == category_id)
        .order_by(Checklist.edition.desc())
    ).all()
    items: dict[int, list[ItemRow]] = {}
    for row in db.session.execute(
        select(
            ChecklistItem.checklist_id,
            ChecklistItem.name_th,
            ChecklistItem.name_en,
            ChecklistItem.required,
        )
        .join(Checklist, Checklist.id == ChecklistItem.checklist_id)
        .where(Checklist.category_id == category_id)
        .order_by(ChecklistItem.position)
    ):
        found = ItemRow(row.name_th, row.name_en, row.required)
        items.setdefault(row.checklist_id, []).append(found)
    return [
        EditionRow(row.edition, row.made_at, row.display_name or "", tuple(items.get(row.id, ())))
        for row in heads
    ]


def checklist_sizes() -> dict[int, tuple[int, int, int]]:
    """Edition in force, its items and how many are required, by category."""
    newest = (
        select(Checklist.category_id, func.max(Checklist.edition).label("edition"))
        .group_by(Checklist.category_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Checklist.category_id,
            Checklist.edition,
            func.count(ChecklistItem.id).label("items"),
            func.count(ChecklistItem.id).filter(ChecklistItem.required).label("required"),
        )
        .join(
            newest,
            (newest.c.category_id == Checklist.category_id)
            & (newest.c.edition == Checklist.edition),
        )
        .outerjoin(ChecklistItem, ChecklistItem.checklist_id == Checklist.id)
        .group_by(Checklist.category_id, Checklist.edition)
    )
    return {row.category_id: (row.edition, row.items, row.required) for row in rows}
