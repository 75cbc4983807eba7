"""Risk and checklist of a case: lines of the one statement of ``works``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, func, select

from welfare.accounts.models import User
from welfare.cases.kinds import RiskLevel, Tick
from welfare.cases.models import (
    Case,
    CaseRisk,
    CaseRiskReason,
    Checklist,
    ChecklistItem,
    ChecklistTick,
    RiskReason,
)
from welfare.cases.queries.work_lines import work_line

KINDS = frozenset({"risk", "check"})


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk level of a case: reasons in both languages, free words, who set it and when."""

    level: RiskLevel
    note: str
    reasons: tuple[tuple[str, str], ...]
    set_at: datetime
    set_by: str

    def words(self, lang: str) -> list[str]:
        """The reasons in a language."""
        return [en if lang == "en" and en else th for th, en in self.reasons]


@dataclass(frozen=True, slots=True)
class Check:
    """An item of the case's checklist, and whether it is ticked."""

    id: int
    name_th: str
    name_en: str
    required: bool
    tick: Tick | None
    note: str
    at: datetime | None
    who: str

    def name(self, lang: str) -> str:
        """The words in a language."""
        return self.name_en if lang == "en" and self.name_en else self.name_th


def members(case_id: Any) -> tuple[Any, ...]:
    """What this module adds to the statement."""
    return (_risk(case_id), _checks(case_id))


def _risk(case_id: Any) -> Any:
    newest = select(func.max(CaseRisk.id)).where(CaseRisk.case_id == case_id).scalar_subquery()
    return (
        select(
            *work_line(
                "risk",
                CaseRisk.id,
                kind=cast(CaseRisk.level, String),
                words=CaseRisk.note,
                more=RiskReason.name_th,
                reason=RiskReason.name_en,
                moment=CaseRisk.set_at,
                who=User.display_name,
            )
        )
        .outerjoin(CaseRiskReason, CaseRiskReason.risk_id == CaseRisk.id)
        .outerjoin(RiskReason, RiskReason.id == CaseRiskReason.reason_id)
        .outerjoin(User, User.id == CaseRisk.set_by_id)
        .where(CaseRisk.id == newest)
    )


def edition_of_case(case_id: Any) -> Any:
    """The checklist that was in force when the case was opened, as a scalar subquery."""
    return (
        select(Checklist.id)
        .join(Case, Case.category_id == Checklist.category_id)
        .where(Case.id == case_id, Checklist.made_at <= Case.opened_at)
        .order_by(Checklist.edition.desc())
        .limit(1)
        .scalar_subquery()
    )


def _checks(case_id: Any) -> Any:
    return (
        select(
            *work_line(
                "check",
                ChecklistItem.id,
                version=case((ChecklistItem.required, 1), else_=0),
                kind=cast(ChecklistTick.tick, String),
                words=ChecklistItem.name_th,
                more=ChecklistItem.name_en,
                reason=ChecklistTick.note,
                moment=ChecklistTick.ticked_at,
                who=User.display_name,
                first=cast(ChecklistItem.position, String),
            )
        )
        .outerjoin(
            ChecklistTick,
            (ChecklistTick.item_id == ChecklistItem.id)
            & (ChecklistTick.case_id == case_id)
            & ChecklistTick.undone_at.is_(None),
        )
        .outerjoin(User, User.id == ChecklistTick.ticked_by_id)
        .where(ChecklistItem.checklist_id == edition_of_case(case_id))
    )


def read_lines(rows: Iterable[Any]) -> tuple[Risk | None, tuple[Check, ...]]:
    """Risk and checklist out of their lines."""
    risks = [row for row in rows if row.what == "risk"]
    checks = sorted((row for row in rows if row.what == "check"), key=lambda row: int(row.picture))
    risk = None
    if risks:
        first = risks[0]
        given = sorted((row.fund, row.decided_by or "") for row in risks if row.fund)
        risk = Risk(RiskLevel(first.kind), first.words, tuple(given), first.moment, first.who or "")
    return risk, tuple(_check(row) for row in checks)


def _check(row: Any) -> Check:
    return Check(
        id=row.id,
        name_th=row.words,
        name_en=row.fund or "",
        required=bool(row.version),
        tick=Tick(row.kind) if row.kind else None,
        note=row.decided_by or "",
        at=row.moment,
        who=row.who or "",
    )
