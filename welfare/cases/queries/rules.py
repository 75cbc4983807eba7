"""All rules of all domains: what each did, whether it can run; and those of casework itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ScalarSelect, func, select

from welfare.cases.kinds import Fault, RuleKind, Watched
from welfare.cases.labels import CHANNELS, CHECKS, RULE_KINDS, TOLD, WATCHED
from welfare.cases.models import (
    Case,
    DeadlineSettings,
    DelayQuestion,
    Escalation,
    RuleFiring,
    RuleHealth,
)
from welfare.cases.parts import NEVER, Fired, RuleState, closing_checks, rule_loaders
from welfare.cases.policies import can_manage_categories
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.deadlines.points import point_words
from welfare.cases.queries.deadlines.watch import SILENT_AFTER, RuleFile, rule_files
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

log = structlog.get_logger()
RECENT = timedelta(days=30)
_ORDER = {kind: place for place, kind in enumerate(RuleKind)}


def rules_of_all(*, viewer: Viewer) -> list[RuleState]:
    """:func:`all_rules` for whoever looks after the lists."""
    if not can_manage_categories(viewer):
        raise Forbidden
    return all_rules()


def all_rules() -> list[RuleState]:
    """Every rule by its kind. Where a domain cannot even say its rules, that stands as one that
    is broken."""
    fired = noted()
    found: list[RuleState] = []
    for name, (kind, load) in rule_loaders().items():
        try:
            found.extend(load(fired))
        except Exception as error:
            db.session.rollback()
            log.error("rules not read", name=name, kind=type(error).__name__)
            words = str(RULE_KINDS[kind])
            found.append(RuleState(f"{kind}:{name}", kind, words, fault=Fault.BROKEN))
    return sorted(found, key=lambda rule: _ORDER[rule.kind])


def noted() -> dict[str, Fired]:
    """What is noted of each rule, by its key. One statement."""
    recent = RuleFiring.at > clock.now() - RECENT
    each = (
        select(
            RuleFiring.rule_key, func.max(RuleFiring.id).label("last"),
            func.count().filter(recent).label("times"),
            func.count(RuleFiring.fault).filter(recent).label("fell_back"),
        )
        .group_by(RuleFiring.rule_key)
        .subquery()
    )  # fmt: skip
    rows = db.session.execute(
        select(
            each.c.rule_key, RuleFiring.at, RuleFiring.reference, RuleFiring.fault, Case.number,
            each.c.times, each.c.fell_back,
        )
        .join(RuleFiring, RuleFiring.id == each.c.last)
        .outerjoin(Case, Case.id == RuleFiring.case_id)
    )  # fmt: skip
    return {
        row.rule_key: Fired(
            row.at, row.number or row.reference, row.times, row.fell_back, row.fault
        )
        for row in rows
    }


def red_number() -> ScalarSelect[int]:
    """How many rules cannot run, as the worker last saw it."""
    return select(func.count()).select_from(RuleHealth).scalar_subquery()


def worker_looked_at() -> tuple[datetime | None, bool]:
    """When the worker last looked at the rules, and whether that is too long ago."""
    seen = db.session.scalar(select(DeadlineSettings.watched_at))
    return seen, seen is None or clock.now() - seen > SILENT_AFTER


def telling_rules(fired: Mapping[str, Fired]) -> list[RuleState]:
    """The rules of who is told, of cases and of requests."""
    told = _escalated()
    return [_telling(one, told, fired) for one in rule_files(counts=False)]


def _telling(one: RuleFile, told: Mapping[int, Fired], fired: Mapping[str, Fired]) -> RuleState:
    answer = one.stage == Watched.ANSWER
    category = category_by_id(one.category_id) if one.category_id else None
    words = [str(TOLD[one.told]), str(CHANNELS[one.channel])]
    if category is not None:
        words.append(category.name_th)
    key = f"escalation:{one.id}"
    return RuleState(
        key=key,
        kind=RuleKind.ANSWER if answer else RuleKind.ESCALATION,
        name=f"{WATCHED[one.stage]}: {point_words(one.offset_days)}",
        about=" · ".join(words),
        url=f"/admin/escalation/{one.id}",
        active=one.active,
        fault=one.fault,
        fault_at=one.fault_at,
        fired=fired.get(key, NEVER) if answer else told.get(one.id, NEVER),
    )


def _escalated() -> dict[int, Fired]:
    recent = Escalation.fired_at > clock.now() - RECENT
    each = (
        select(
            Escalation.rule_id, func.max(Escalation.id).label("last"),
            func.count().filter(recent).label("times"),
            func.count(Escalation.fault).filter(recent).label("fell_back"),
        )
        .group_by(Escalation.rule_id)
        .subquery()
    )  # fmt: skip
    rows = db.session.execute(
        select(
            each.c.rule_id, Escalation.fired_at, Case.number, each.c.times, each.c.fell_back,
            Escalation.fault,
        )
        .join(Escalation, Escalation.id == each.c.last)
        .join(Case, Case.id == Escalation.case_id)
    )  # fmt: skip
    return {
        row.rule_id: Fired(row.fired_at, row.number, row.times, row.fell_back, row.fault)
        for row in rows
    }


def asking_rules(fired: Mapping[str, Fired]) -> list[RuleState]:
    """That it is asked why a case is late."""
    recent = DelayQuestion.asked_at > clock.now() - RECENT
    row = db.session.execute(
        select(
            select(DeadlineSettings.ask_every_days).scalar_subquery().label("every"),
            func.max(DelayQuestion.asked_at).label("at"),
            func.count().filter(recent).label("times"),
            func.count().filter(recent, DelayQuestion.owner_id.is_(None)).label("fell_back"),
        )
    ).one()
    every, failed = row.every or 7, fired.get("asking", NEVER).fault
    return [
        RuleState(
            "asking",
            RuleKind.ASKING,
            _("Ask why a case is late"),
            _(
                "Every %(n)s days; the worker of the case, or the officers where it has none",
                n=every,
            ),
            "/admin/escalation",
            fault=failed,
            fired=Fired(row.at, "", row.times, row.fell_back),
        )
    ]


def checking_rules(fired: Mapping[str, Fired]) -> list[RuleState]:
    """What is looked at before a case is closed, and reminders of loans."""
    found = [
        _simple(
            f"check:{name}", RuleKind.CHECK, str(CHECKS.get(name, name)),
            _("Before a case is closed"), fired,
        )
        for name in closing_checks()
    ]  # fmt: skip
    loans = _simple(
        "reminder:loans", RuleKind.REMINDER, _("Equipment on loan falls due"),
        _("A task for the worker of the case"), fired,
    )  # fmt: skip
    return [*found, loans]


def _simple(
    key: str, kind: RuleKind, name: str, about: str, fired: Mapping[str, Fired]
) -> RuleState:
    seen = fired.get(key, NEVER)
    return with_last_fault(RuleState(key, kind, name, about, fired=seen))


def with_last_fault(rule: RuleState) -> RuleState:
    """Red while the last that is noted of it is that it failed by itself."""
    if rule.fault is None and rule.fired.fault is Fault.BROKEN:
        return replace(rule, fault=Fault.BROKEN, fault_at=rule.fired.at)
    return rule
