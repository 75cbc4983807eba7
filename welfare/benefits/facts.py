"""The rules of a fund against one request: plain values in, a finding for each rule out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from welfare.benefits.kinds import Per, PieceState, RuleKind
from welfare.core.security.permissions import Role


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What an administrator says of a fund."""

    name_th: str
    name_en: str
    purpose: str
    legal_basis: str
    active: bool


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What an administrator says of a rule; ``amount`` in baht, both days included."""

    kind: RuleKind
    effective_from: date
    effective_to: date | None = None
    amount: Decimal | None = None
    times: int | None = None
    per: Per = Per.PERSON
    role: Role | None = None
    members: int | None = None
    legal_basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a fund in force on some day."""

    id: int
    fund_id: int
    kind: RuleKind
    amount: Decimal | None
    times: int | None
    per: Per
    role: Role | None
    members: int | None
    legal_basis: str

    def reaches(self, amount: Decimal) -> bool:
        """Whether by this rule (of who decides) an amount may be decided."""
        return self.amount is None or amount <= self.amount


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """What an administrator says of a piece of equipment."""

    number: str
    state: PieceState
    condition: str
    value: Decimal | None
    acquired_on: date | None


@dataclass(frozen=True, slots=True)
class Used:
    """What a person or household has got from a fund in a fiscal year, granted included."""

    baht: Decimal = Decimal(0)
    times: int = 0


class Checked(StrEnum):
    """What was looked at: the kinds of rules, the money left, and whether anybody may decide."""

    PER_TIME = "per_time"
    PER_YEAR = "per_year"
    TIMES = "times"
    BUDGET = "budget"
    DECIDER = "decider"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule stands: kept or broken, with the numbers.

    ``limit`` is the ceiling (baht or times), ``used`` what was had before, ``asked`` what is asked
    for now. ``unknown``: the case does not say for whom the rule counts, so it is broken.
    """

    what: Checked
    kept: bool
    limit: Decimal | None = None
    used: Decimal = Decimal(0)
    asked: Decimal = Decimal(0)
    per: Per = Per.PERSON
    unknown: bool = False
    legal_basis: str = ""
    year: int = 0
    roles: tuple[Role, ...] = ()
    members: int = 0

    def as_data(self) -> dict[str, Any]:
        """Codes and numbers for keeping."""
        return {
            "what": self.what.value,
            "kept": self.kept,
            "limit": None if self.limit is None else str(self.limit),
            "used": str(self.used),
            "asked": str(self.asked),
            "per": self.per.value,
            "unknown": self.unknown,
            "legal_basis": self.legal_basis,
            "year": self.year,
            "roles": [role.value for role in self.roles],
            "members": self.members,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Finding:
        """What was kept."""
        limit = data.get("limit")
        return cls(
            what=Checked(data["what"]),
            kept=bool(data["kept"]),
            limit=None if limit is None else Decimal(limit),
            used=Decimal(data["used"]),
            asked=Decimal(data["asked"]),
            per=Per(data["per"]),
            unknown=bool(data["unknown"]),
            legal_basis=str(data["legal_basis"]),
            year=int(data["year"]),
            roles=tuple(Role(role) for role in data["roles"]),
            members=int(data["members"]),
        )


def check(
    rules: Iterable[Rule],
    *,
    amount: Decimal,
    used: Mapping[Per, Used | None],
    left: Decimal | None,
    year: int,
) -> tuple[Finding, ...]:
    """Every rule against a request of ``amount`` baht.

    ``used``: what was had this fiscal year; ``None`` where the case names nobody. ``left``: what
    the budget of ``year`` (พ.ศ.) still holds, ``None`` when there is no budget.
    """
    rules = tuple(rules)
    limits = [_limit(rule, amount, used) for rule in rules if rule.kind in _LIMITS]
    money = Finding(
        Checked.BUDGET, left is not None and amount <= left, left, asked=amount, year=year
    )
    return (*limits, money, _who_decides(rules, amount))


_LIMITS = {
    RuleKind.PER_TIME: Checked.PER_TIME,
    RuleKind.PER_YEAR: Checked.PER_YEAR,
    RuleKind.TIMES: Checked.TIMES,
}


def _limit(rule: Rule, amount: Decimal, used: Mapping[Per, Used | None]) -> Finding:
    what, basis = _LIMITS[rule.kind], rule.legal_basis
    if rule.kind == RuleKind.PER_TIME:
        limit = rule.amount or Decimal(0)
        return Finding(what, amount <= limit, limit, asked=amount, legal_basis=basis)
    had = used.get(rule.per)
    if rule.kind == RuleKind.TIMES:
        limit = Decimal(rule.times or 0)
        before, after = Decimal(had.times if had else 0), Decimal(1)
    else:
        limit = rule.amount or Decimal(0)
        before, after = (had.baht if had else Decimal(0)), amount
    return Finding(
        what,
        had is not None and before + after <= limit,
        limit,
        used=before,
        asked=amount,
        per=rule.per,
        unknown=had is None,
        legal_basis=basis,
    )


def _who_decides(rules: Iterable[Rule], amount: Decimal) -> Finding:
    fitting = [rule for rule in rules if rule.kind not in _LIMITS and rule.reaches(amount)]
    roles = tuple(sorted({rule.role for rule in fitting if rule.role is not None}))
    seats = [rule.members or 1 for rule in fitting if rule.kind == RuleKind.COMMITTEE]
    basis = next((rule.legal_basis for rule in fitting if rule.legal_basis), "")
    return Finding(
        Checked.DECIDER,
        bool(roles or seats),
        asked=amount,
        legal_basis=basis,
        roles=roles,
        members=max(seats, default=0),
    )


def broken(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stand against it."""
    return tuple(finding for finding in findings if not finding.kept)
