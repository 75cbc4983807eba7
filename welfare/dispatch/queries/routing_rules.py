"""The rules of who is proposed first, and how each of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from welfare.accounts.labels import ROLE_NAMES
from welfare.cases.kinds import Fault, RuleKind
from welfare.cases.labels import PRIORITIES, RULE_KINDS
from welfare.cases.parts import NEVER, Fired, RuleState
from welfare.cases.queries import categories, name_of, villages
from welfare.cases.queries.kept import Kept
from welfare.cases.queries.rules import with_last_fault
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.i18n import gettext as _
from welfare.core.i18n.page_words import spoken_language
from welfare.core.security.permissions import SYSTEM, Permission, Viewer
from welfare.dispatch.models import RoutingRule
from welfare.dispatch.queries.crew import Member, crew
from welfare.dispatch.queries.proposals import RoutingRow, now_wrong
from welfare.dispatch.queries.rules import skills
from welfare.dispatch.workflow import Target

_COLUMNS = (
    RoutingRule.id,
    RoutingRule.version,
    RoutingRule.name,
    RoutingRule.category_id,
    RoutingRule.village_no,
    RoutingRule.priority,
    RoutingRule.target,
    RoutingRule.worker_id,
    RoutingRule.skill,
    RoutingRule.role,
    RoutingRule.reason,
    RoutingRule.effective_from,
    RoutingRule.effective_to,
    RoutingRule.active,
)


def routing_rows(*, active_only: bool = True) -> list[RoutingRow]:
    """All rules, or those in use. One statement."""
    statement = select(*_COLUMNS).order_by(RoutingRule.id)
    if active_only:
        statement = statement.where(RoutingRule.active)
    return [RoutingRow(*tuple(row)) for row in db.session.execute(statement)]


_kept = Kept(routing_rows)


def kept_rules() -> list[RoutingRow]:
    """The rules in use, kept for half a minute: every offer asks for them."""
    return _kept.get()


def forget_rules() -> None:
    """Read the rules anew at the next asking, after one was changed."""
    _kept.forget()


def routing_row(rule_id: int, *, viewer: Viewer) -> RoutingRow:
    """One rule; ``NotFound`` when there is none."""
    if not viewer.can(Permission.MANAGE_LISTS):
        raise Forbidden
    row = db.session.execute(select(*_COLUMNS).where(RoutingRule.id == rule_id)).first()
    if row is None:
        raise NotFound
    return RoutingRow(*tuple(row))


def fault_of(rule: RoutingRow, members: Sequence[Member]) -> Fault | None:
    """What would keep a rule from proposing anybody now."""
    return now_wrong(
        rule, members, clock.today(),
        retired={row.id for row in categories(active_only=False) if not row.active},
        villages={row.village_no for row in villages()},
    )  # fmt: skip


def everybody() -> list[Member]:
    """All workers, for rules; lists of people are read by right."""
    return crew(viewer=SYSTEM)


def routing_states(fired: Mapping[str, Fired]) -> list[RuleState]:
    """The rules as the administrator's page of all rules shows them."""
    rules = routing_rows(active_only=False)
    members = everybody() if rules else []
    states = [_state(rule, members, fired) for rule in rules]
    job = fired.get("routing", NEVER)
    if job.fault is not None:
        name = str(RULE_KINDS[RuleKind.ROUTING])
        states.append(
            RuleState("routing", RuleKind.ROUTING, name, fault=job.fault, fault_at=job.at)
        )
    return states


def _state(rule: RoutingRow, members: Sequence[Member], fired: Mapping[str, Fired]) -> RuleState:
    about = [what_words(rule), whom_words(rule, members)]
    state = RuleState(
        rule.key, RuleKind.ROUTING, rule.name, " → ".join(about), f"/admin/routing/{rule.id}",
        rule.active, fault_of(rule, members) if rule.active else None,
        fired=fired.get(rule.key, NEVER),
    )  # fmt: skip
    return with_last_fault(state)


def what_words(rule: RoutingRow) -> str:
    """Of which cases a rule speaks."""
    words = []
    if rule.category_id is not None:
        rows = {row.id: row for row in categories(active_only=False)}
        words.append(rows[rule.category_id].name(spoken_language()))
    if rule.village_no is not None:
        words.append(_("Moo %(no)s", no=rule.village_no))
    if rule.priority is not None:
        words.append(str(PRIORITIES[rule.priority]))
    return " · ".join(words) or _("every case")


def whom_words(rule: RoutingRow, members: Sequence[Member]) -> str:
    """To whom a rule proposes them."""
    if rule.target is Target.WORKER:
        return next(
            (one.name for one in members if one.id == rule.worker_id), name_of(rule.worker_id)
        )
    if rule.target is Target.SKILL:
        names = {row.code: row for row in skills(active_only=False)}
        known = names.get(rule.skill or "")
        if known is None:
            return rule.skill or ""
        return known.name_en if spoken_language() == "en" else known.name_th
    return str(ROLE_NAMES[rule.role]) if rule.role else ""
