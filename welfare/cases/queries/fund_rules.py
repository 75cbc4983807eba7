"""The rules of funds on the administrator's page: what each limits or who decides by it, how often
requests were held against it, and whether anybody could decide by it today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import exists, func, select

from welfare.accounts.models import User, UserRole
from welfare.benefits.kinds import RuleKind as FundRuleKind
from welfare.benefits.labels import PERS, RULES
from welfare.benefits.models import CommitteeMember, Fund, FundRule
from welfare.benefits.queries.funds import in_force
from welfare.benefits.wording import DECIDERS
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.models import Case, HelpRequest
from welfare.cases.parts import NEVER, Fired, RuleState
from welfare.core import clock
from welfare.core.db import db
from welfare.core.i18n import gettext as _
from welfare.core.thai.money import format_baht

RECENT = timedelta(days=30)
_DECIDE = frozenset({FundRuleKind.DECIDER, FundRuleKind.COMMITTEE})


def fund_rules(_fired: Mapping[str, Fired]) -> list[RuleState]:
    """The rules in force today of every fund in use, and funds for which nobody may decide."""
    found = []
    for _code, rows in groupby(_rows(), key=lambda row: row.code):
        rules = list(rows)
        found += [_state(row) for row in rules if row.kind is not None]
        if not any(row.kind in _DECIDE for row in rules):
            found.append(_nobody_decides(rules[0]))
    return found


def _rows() -> Any:
    """Funds with their rules, and when help was last asked of each: all its rules are held against
    what is asked. One statement."""
    seats = (
        select(func.count())
        .where(CommitteeMember.fund_id == Fund.id, CommitteeMember.ended_at.is_(None))
        .scalar_subquery()
    )
    held = exists().where(UserRole.role == FundRule.role, UserRole.user_id == User.id, User.active)
    asked = _asked()
    return db.session.execute(
        select(
            Fund.code, Fund.name_th, FundRule.id, FundRule.kind, FundRule.amount, FundRule.times,
            FundRule.per, FundRule.role, FundRule.members, FundRule.legal_basis,
            seats.label("seats"), held.correlate(FundRule).label("held"),
            HelpRequest.asked_at, Case.number, asked.c.recent,
        )
        .outerjoin(FundRule, (FundRule.fund_id == Fund.id) & in_force(clock.today()))
        .outerjoin(asked, asked.c.fund_id == Fund.id)
        .outerjoin(HelpRequest, HelpRequest.id == asked.c.last)
        .outerjoin(Case, Case.id == HelpRequest.case_id)
        .where(Fund.active)
        .order_by(Fund.code, FundRule.kind, FundRule.id)
    )  # fmt: skip


def _asked() -> Any:
    recent = HelpRequest.asked_at > clock.now() - RECENT
    return (
        select(
            HelpRequest.fund_id, func.max(HelpRequest.id).label("last"),
            func.count().filter(recent).label("recent"),
        )
        .group_by(HelpRequest.fund_id)
        .subquery()
    )  # fmt: skip


def _done(row: Any) -> Fired:
    return Fired(row.asked_at, row.number, row.recent, 0) if row.asked_at else NEVER


def _state(row: Any) -> RuleState:
    about = [row.legal_basis] if row.legal_basis else []
    if row.kind in (FundRuleKind.PER_YEAR, FundRuleKind.TIMES):
        about.insert(0, str(PERS[row.per]))
    if row.role is not None:
        about.insert(0, str(DECIDERS[row.role]))
    limit = row.times if row.kind == FundRuleKind.TIMES else row.amount
    number = "" if limit is None else f" {limit if isinstance(limit, int) else format_baht(limit)}"
    return RuleState(
        key=f"fund:{row.id}",
        kind=RuleKind.FUND,
        name=f"{row.name_th}: {RULES[row.kind]}{number}",
        about=" · ".join(about),
        url=f"/desk/benefits/funds/{row.code}/rules/{row.id}",
        fault=_fault(row, limit),
        fired=_done(row),
    )


def _fault(row: Any, limit: Any) -> Fault | None:
    """Why a rule cannot do as it says: a limit without a number, a role that nobody holds, a
    committee with fewer members than must vote."""
    if row.kind == FundRuleKind.DECIDER:
        return None if row.held else Fault.NOBODY
    if row.kind == FundRuleKind.COMMITTEE:
        return Fault.NO_COMMITTEE if row.seats < max(row.members or 1, 1) else None
    return Fault.BROKEN if limit is None else None


def _nobody_decides(row: Any) -> RuleState:
    return RuleState(
        key=f"fund:{row.code}:deciding",
        kind=RuleKind.FUND,
        name=_("%(fund)s: who decides", fund=row.name_th),
        url=f"/desk/benefits/funds/{row.code}",
        fault=Fault.NO_RULE,
        fired=_done(row),
    )
