"""Looking after funds: their names, budgets, dated rules and committees."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from welfare.benefits.facts import FundFacts, RuleFacts
from welfare.benefits.kinds import EntryKind, RuleKind
from welfare.benefits.models import CommitteeMember, Fund, FundBudget, FundEntry, FundRule
from welfare.benefits.policies import can_manage_funds
from welfare.benefits.queries.funds import GONE
from welfare.benefits.queries.managing import load_fund
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import SYSTEM, Viewer
from welfare.core.thai.dates import be_year
from welfare.core.thai.money import format_baht

_PARTS = ("day", "month", "year")


def _allow(actor: Viewer) -> None:
    if actor is not SYSTEM and not can_manage_funds(actor):
        raise Forbidden


def add_fund(*, actor: Viewer, code: str, facts: FundFacts) -> int:
    """A new fund; ``Refused`` when there is one of that code."""
    _allow(actor)
    if db.session.scalar(select(Fund.id).where(Fund.code == code)) is not None:
        raise Refused(_("There is a fund with this code already."), field="code")
    fund = Fund(code=code)
    _assign(fund, facts)
    db.session.add(fund)
    audit.record(actor, "fund.added", "fund", code, audit.changes_of(fund))
    db.session.flush()
    return fund.id


def edit_fund(*, actor: Viewer, code: str, version: int, facts: FundFacts) -> None:
    """Change what is said of a fund. ``StaleRecord`` when somebody saved meanwhile."""
    _allow(actor)
    fund = load_fund(code, for_update=True)
    _refuse_stale(fund, version, _texts(fund, facts))
    _assign(fund, facts)
    audit.record(actor, "fund.edited", "fund", code, audit.changes_of(fund))
    db.session.flush()


def set_budget(
    *, actor: Viewer, code: str, fiscal_year: int, amount: Decimal, version: int = 0
) -> None:
    """Set what a fund may spend in a fiscal year (พ.ศ.); never below what is promised and paid.

    ``version``: 0 for a year without a budget yet, else that of the budget that was seen.
    """
    _allow(actor)
    fund = load_fund(code)
    budget = db.session.scalar(
        select(FundBudget)
        .where(FundBudget.fund_id == fund.id, FundBudget.fiscal_year == fiscal_year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    before = budget.amount if budget is not None else Decimal(0)
    if (budget.version if budget is not None else 0) != version:
        raise StaleRecord(
            version=budget.version if budget is not None else 0,
            current={"amount": str(before), "fiscal_year": str(fiscal_year)},
        )
    if budget is None:
        budget = FundBudget(fund_id=fund.id, fiscal_year=fiscal_year, amount=amount)
        db.session.add(budget)
        db.session.flush()
    else:
        _raise_or_lower(budget, amount)
    db.session.add(
        FundEntry(
            budget_id=budget.id,
            at=clock.now(),
            kind=EntryKind.ALLOTTED,
            amount=amount - before,
            actor_id=actor.user_id or None,
        )
    )
    details = {"year": fiscal_year, "amount": (str(before), str(amount))}
    audit.record(actor, "fund.budget_set", "fund", code, details)
    db.session.flush()


def _raise_or_lower(budget: FundBudget, amount: Decimal) -> None:
    gone = budget.reserved + budget.paid
    done = db.session.execute(
        update(FundBudget)
        .where(FundBudget.id == budget.id, amount >= GONE)
        .values(amount=amount, version=FundBudget.version + 1)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], done).rowcount != 1:
        raise Refused(
            _("%(gone)s baht are promised or paid already.", gone=format_baht(gone)),
            field="amount",
        )
    db.session.expire(budget)


def add_rule(*, actor: Viewer, code: str, facts: RuleFacts) -> int:
    """A rule from some day on; one of the same kind that still runs is not touched."""
    _allow(actor)
    fund = load_fund(code)
    _refuse_incomplete(facts)
    rule = FundRule(fund_id=fund.id)
    _assign(rule, facts)
    db.session.add(rule)
    audit.record(actor, "fund.rule_added", "fund", code, audit.changes_of(rule))
    db.session.flush()
    return rule.id


def edit_rule(*, actor: Viewer, code: str, rule_id: int, version: int, facts: RuleFacts) -> None:
    """Correct a rule, or end it by its last day. ``StaleRecord`` when somebody saved meanwhile."""
    _allow(actor)
    fund = load_fund(code)
    rule = hold(select(FundRule).where(FundRule.fund_id == fund.id, FundRule.id == rule_id))
    _refuse_stale(rule, version, _texts(rule, facts))
    _refuse_incomplete(facts)
    _assign(rule, facts)
    audit.record(actor, "fund.rule_edited", "fund", code, audit.changes_of(rule))
    db.session.flush()


def _refuse_incomplete(facts: RuleFacts) -> None:
    """A rule needs the number or role that its kind speaks of."""
    if facts.kind in (RuleKind.PER_TIME, RuleKind.PER_YEAR) and facts.amount is None:
        raise Refused(_("Please enter the amount."), field="amount")
    if facts.kind == RuleKind.TIMES and not facts.times:
        raise Refused(_("Please enter how many times."), field="times")
    if facts.kind == RuleKind.DECIDER and facts.role is None:
        raise Refused(_("Please choose the role."), field="role")
    if facts.kind == RuleKind.COMMITTEE and not facts.members:
        raise Refused(_("Please enter the least number of votes."), field="members")
    if facts.effective_to is not None and facts.effective_to < facts.effective_from:
        raise Refused(_("The last day lies before the first."), field="effective_to")


def add_member(
    *, actor: Viewer, code: str, name: str, position: str = "", user_id: int | None = None
) -> int:
    """Somebody joins the committee of a fund; ``user_id`` where they have an account."""
    _allow(actor)
    fund = load_fund(code)
    held = select(CommitteeMember.id).where(
        CommitteeMember.fund_id == fund.id,
        CommitteeMember.user_id == user_id,
        CommitteeMember.ended_at.is_(None),
    )
    if user_id is not None and db.session.scalar(held) is not None:
        raise Refused(_("They are a member already."), field="account")
    member = CommitteeMember(fund_id=fund.id, user_id=user_id, name=name, position=position)
    db.session.add(member)
    db.session.flush()
    audit.record(actor, "fund.member_added", "fund", code, {"member": member.id})
    return member.id


def end_member(*, actor: Viewer, code: str, member_id: int) -> None:
    """Somebody leaves the committee; their votes stay."""
    _allow(actor)
    fund = load_fund(code)
    member = db.session.scalar(
        select(CommitteeMember)
        .where(CommitteeMember.fund_id == fund.id, CommitteeMember.id == member_id)
        .with_for_update()
    )
    if member is None:
        raise NotFound
    if member.ended_at is None:
        member.ended_at = clock.now()
        audit.record(actor, "fund.member_left", "fund", code, {"member": member.id})
        db.session.flush()


def _assign(record: Any, facts: FundFacts | RuleFacts) -> None:
    for field in fields(facts):
        setattr(record, field.name, getattr(facts, field.name))


def _refuse_stale(record: Any, version: int, current: dict[str, str]) -> None:
    if record.version != version:
        raise StaleRecord(version=record.version, current=current)


def _texts(record: Any, facts: FundFacts | RuleFacts) -> dict[str, str]:
    """What stands in the record by form field, as the form would show it."""
    found: dict[str, str] = {}
    for field in fields(facts):
        value = getattr(record, field.name)
        if isinstance(value, date):
            found |= date_texts(field.name, value)
        elif field.name.startswith("effective"):
            found |= date_texts(field.name, None)
        else:
            found[field.name] = "" if value is None or value is False else str(value)
    return found


def date_texts(name: str, day: date | None) -> dict[str, str]:
    """A date as the three fields of a form."""
    parts = (str(day.day), str(day.month), str(be_year(day))) if day else ("", "", "")
    return {f"{name}-{part}": text for part, text in zip(_PARTS, parts, strict=True)}
