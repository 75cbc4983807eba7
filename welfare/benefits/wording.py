"""How a rule of a fund stands, in words with its numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from welfare.benefits.facts import Checked, Finding
from welfare.benefits.kinds import Per, RuleKind
from welfare.benefits.labels import PERS
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.security.permissions import Role
from welfare.core.thai.money import format_baht

DECIDERS = {
    Role.OFFICER: _l("an officer"),
    Role.CASEWORKER: _l("a caseworker"),
    Role.MANAGER: _l("a manager"),
    Role.ADMIN: _l("an administrator"),
    Role.AUDITOR: _l("an auditor"),
    Role.VOLUNTEER: _l("a volunteer"),
}


def explain(finding: Finding) -> str:
    """One sentence: what the rule says, and how this request stands to it."""
    if finding.unknown:
        if finding.per == Per.HOUSEHOLD:
            return _("The rule counts for a household, and the case does not say which.")
        return _("The rule counts for a person, and the case does not say who.")
    return {
        Checked.PER_TIME: _per_time,
        Checked.PER_YEAR: _per_year,
        Checked.TIMES: _times,
        Checked.BUDGET: _budget,
        Checked.DECIDER: _decider,
    }[finding.what](finding)


def _baht(amount: Decimal | None) -> str:
    return format_baht(amount or Decimal(0))


def _per_time(finding: Finding) -> str:
    return _(
        "%(asked)s of at most %(limit)s baht each time",
        asked=_baht(finding.asked),
        limit=_baht(finding.limit),
    )


def _per_year(finding: Finding) -> str:
    numbers = {
        "after": _baht(finding.used + finding.asked),
        "limit": _baht(finding.limit),
        "used": _baht(finding.used),
    }
    if finding.per == Per.HOUSEHOLD:
        return _(
            "%(after)s of at most %(limit)s baht for the household this fiscal year"
            " (%(used)s so far)",
            **numbers,
        )
    return _(
        "%(after)s of at most %(limit)s baht for the person this fiscal year (%(used)s so far)",
        **numbers,
    )


def _times(finding: Finding) -> str:
    numbers = {"used": int(finding.used), "limit": int(finding.limit or 0)}
    if finding.per == Per.HOUSEHOLD:
        return _("The household had %(used)s of %(limit)s times this fiscal year", **numbers)
    return _("The person had %(used)s of %(limit)s times this fiscal year", **numbers)


def _budget(finding: Finding) -> str:
    if finding.limit is None:
        return _("The fund has no budget for fiscal year %(year)s.", year=finding.year)
    return _(
        "%(left)s baht are left in the budget of %(year)s",
        left=_baht(finding.limit),
        year=finding.year,
    )


def _decider(finding: Finding) -> str:
    if not finding.kept:
        return _("Nobody may decide %(asked)s baht by the rules.", asked=_baht(finding.asked))
    who = [str(DECIDERS[role]) for role in finding.roles]
    if finding.members:
        who.append(_("the committee, with at least %(n)s votes", n=finding.members))
    return _("%(asked)s baht: decided by %(who)s", asked=_baht(finding.asked), who=" / ".join(who))


class Worded(Protocol):
    """What a rule is put into words from."""

    @property
    def kind(self) -> RuleKind:
        """What it limits."""

    @property
    def amount(self) -> Decimal | None:
        """Baht."""

    @property
    def times(self) -> int | None:
        """How often."""

    @property
    def per(self) -> Per:
        """For whom."""

    @property
    def role(self) -> Role | None:
        """Who decides."""

    @property
    def members(self) -> int | None:
        """Votes needed."""


def rule_words(rule: Worded) -> str:
    """A rule in one sentence, whatever is asked for."""
    amount = None if rule.amount is None else format_baht(rule.amount)
    if rule.kind == RuleKind.PER_TIME:
        return _("At most %(limit)s baht each time", limit=amount)
    if rule.kind == RuleKind.PER_YEAR:
        return _(
            "At most %(limit)s baht in a fiscal year for %(per)s",
            limit=amount,
            per=str(PERS[rule.per]),
        )
    if rule.kind == RuleKind.TIMES:
        return _(
            "At most %(n)s times in a fiscal year for %(per)s",
            n=rule.times,
            per=str(PERS[rule.per]),
        )
    if rule.kind == RuleKind.COMMITTEE:
        who = _("the committee, with at least %(n)s votes", n=rule.members or 1)
    else:
        who = str(DECIDERS[rule.role]) if rule.role is not None else ""
    if amount is None:
        return _("Any amount is decided by %(who)s", who=who)
    return _("Up to %(limit)s baht is decided by %(who)s", limit=amount, who=who)
