"""The rules of who is told, each with what is wrong with it; and what the worker has yet to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from welfare.accounts.queries import active_viewers
from welfare.cases.kinds import Channel, Fault, RuleKind, Told, Watched
from welfare.cases.models import (
    DeadlineSettings,
    Escalation,
    EscalationRule,
    ReckoningTask,
    RuleFiring,
)
from welfare.cases.parts import is_offered, reaches
from welfare.cases.policies import can_manage_categories
from welfare.cases.queries.categories import category_by_id
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import Viewer

SILENT_AFTER = timedelta(minutes=30)
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule. ``fault`` is what is wrong with it now, or was when it last should have told
    somebody (``fault_at``); ``fired`` and ``fell_back`` count the last thirty days."""

    id: int
    version: int
    stage: Watched
    offset_days: int
    told: Told
    channel: Channel
    category_id: int | None
    active: bool
    fault: Fault | None
    fault_at: datetime | None
    fired: int
    fell_back: int


@dataclass(frozen=True, slots=True)
class Watch:
    """How the telling goes as a whole. ``silent``: the worker has not looked for a while."""

    rules: tuple[RuleFile, ...]
    ask_every_days: int
    settings_version: int
    watched_at: datetime | None
    silent: bool


def watch_file(*, viewer: Viewer) -> Watch:
    """All rules with their health, for the administrator."""
    if not can_manage_categories(viewer):
        raise Forbidden
    rules = rule_files()
    row = db.session.get(DeadlineSettings, 1)
    watched = row.watched_at if row else None
    return Watch(
        rules=tuple(rules),
        ask_every_days=row.ask_every_days if row else 7,
        settings_version=row.version if row else 0,
        watched_at=watched,
        silent=watched is None or clock.now() - watched > SILENT_AFTER,
    )


def rule_files(*, counts: bool = True) -> list[RuleFile]:
    """All rules by what they watch, each with its health; how often they fired with ``counts``."""
    people, counted = active_viewers(), _counted() if counts else {}
    rows = db.session.scalars(select(EscalationRule).order_by(EscalationRule.id))
    rules = [_file(rule, counted.get(rule.id, (0, 0)), people) for rule in rows]
    order = {stage.value: place for place, stage in enumerate(Watched)}
    return sorted(rules, key=lambda rule: (order[rule.stage], rule.offset_days, rule.id))


def rule_file(rule_id: int, *, viewer: Viewer) -> RuleFile:
    """One rule; ``NotFound`` when there is none."""
    if not can_manage_categories(viewer):
        raise Forbidden
    rule = db.session.get(EscalationRule, rule_id)
    if rule is None:
        raise NotFound
    return _file(rule, (0, 0), active_viewers())


def broken_rules() -> int:
    """How many rules in use could not do as they say when they last should have."""
    count = db.session.scalar(
        select(func.count())
        .select_from(EscalationRule)
        .where(EscalationRule.active, EscalationRule.fault.is_not(None))
    )
    return int(count or 0)


def _file(rule: EscalationRule, counted: tuple[int, int], people: Sequence[Viewer]) -> RuleFile:
    return RuleFile(
        rule.id, rule.version, rule.stage, rule.offset_days, rule.told, rule.channel,
        rule.category_id, rule.active, (_now_wrong(rule, people) or rule.fault), rule.fault_at,
        *counted,
    )  # fmt: skip


def _now_wrong(rule: EscalationRule, people: Sequence[Viewer]) -> Fault | None:
    """What would keep the rule from doing as it says if it came to its point now."""
    category = category_by_id(rule.category_id) if rule.category_id else None
    if category is not None and not category.active:
        return Fault.CATEGORY_RETIRED
    if not is_offered(rule.channel):
        return Fault.CHANNEL
    if rule.told is Told.OWNER:
        return None
    held = [person for person in people if rule.told.value in person.roles]
    if not held:
        return Fault.NOBODY
    reached = any(reaches(rule.channel, person.user_id) for person in held)
    return None if reached else Fault.CHANNEL


def _counted() -> dict[int, tuple[int, int]]:
    return {**_counted_cases(), **_counted_requests()}


def _counted_requests() -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(RuleFiring.rule_key, func.count(), func.count(RuleFiring.fault))
        .where(RuleFiring.kind == RuleKind.ANSWER, RuleFiring.at > clock.now() - RECENT)
        .group_by(RuleFiring.rule_key)
    )
    return {int(key.rpartition(":")[2]): (fired, fell) for key, fired, fell in rows}


def _counted_cases() -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(
            Escalation.rule_id,
            func.count().label("fired"),
            func.count(Escalation.fault).label("fell_back"),
        )
        .where(Escalation.fired_at > clock.now() - RECENT)
        .group_by(Escalation.rule_id)
    )
    return {row.rule_id: (row.fired, row.fell_back) for row in rows}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What changed closed days asked for: waiting, or done with how many deadlines moved."""

    asked_at: datetime
    days: tuple[str, ...]
    done_at: datetime | None
    looked_at: int
    moved: int


def reckonings(limit: int = 5) -> list[Reckoning]:
    """The latest, newest first."""
    rows = db.session.scalars(select(ReckoningTask).order_by(ReckoningTask.id.desc()).limit(limit))
    return [
        Reckoning(row.asked_at, tuple(row.days), row.done_at, row.looked_at, row.moved)
        for row in rows
    ]
