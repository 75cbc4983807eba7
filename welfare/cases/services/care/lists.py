"""The lists of casework, kept by the administrator: each change from then on, nothing rewritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from welfare.cases.kinds import Blank, CareDays, TextUse
from welfare.cases.models import CareRule, Checklist, ChecklistItem, RiskReason, StandardText
from welfare.cases.policies import can_manage_categories
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.lists import ItemRow, editions_of
from welfare.cases.workflow import CaseStatus
from welfare.core import audit, clock
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

MOST_ITEMS = 15
_BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What a standard text says, and where it is offered."""

    name: str
    use: TextUse
    body: str
    category_id: int | None = None
    status: CaseStatus | None = None
    active: bool = True


def save_checklist(
    *, actor: Viewer, category_id: int, edition: int, items: Sequence[ItemRow]
) -> bool:
    """Make a new edition of the checklist of a category; whether anything is other than before.

    ``edition`` is the one that was seen (0 for none). Cases keep the edition they began with.
    """
    _must_manage(actor)
    category = category_by_id(category_id)
    if category is None:
        raise NotFound
    held = editions_of(category_id)
    newest = held[0] if held else None
    if (newest.edition if newest else 0) != edition:
        raise StaleRecord(version=newest.edition if newest else 0, current=item_fields(newest))
    if len(items) > MOST_ITEMS:
        raise Refused(_("A checklist has %(n)s items at most.", n=MOST_ITEMS))
    if tuple(items) == (newest.items if newest else ()):
        return False
    made = Checklist(
        category_id=category_id,
        edition=edition + 1,
        made_at=clock.now(),
        made_by_id=actor.user_id or None,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        ChecklistItem(
            checklist_id=made.id,
            position=place,
            name_th=item.name_th,
            name_en=item.name_en,
            required=item.required,
        )
        for place, item in enumerate(items, start=1)
    )
    changes = {"edition": made.edition, "items": len(items)}
    audit.record(actor, "checklist.edited", "category", category.code, changes)
    db.session.flush()
    return True


def item_fields(edition: object) -> dict[str, str]:
    """The items of an edition by the names of the form fields."""
    items: Sequence[ItemRow] = getattr(edition, "items", ())
    fields: dict[str, str] = {}
    for place in range(1, MOST_ITEMS + 1):
        item = items[place - 1] if place <= len(items) else ItemRow("", "", False)
        fields[f"item_{place}"] = item.name_th
        fields[f"english_{place}"] = item.name_en
        fields[f"needed_{place}"] = "y" if item.required else ""
    return fields


def set_care_days(
    *, actor: Viewer, kind: CareDays, days: int, effective_from: date, source: str = ""
) -> None:
    """Let a number of days hold from today or a later day on."""
    _must_manage(actor)
    if effective_from < clock.today():
        raise Refused(_("This day has passed. Please choose today or a later day."),
                      field="effective_from")  # fmt: skip
    row = db.session.scalar(
        select(CareRule)
        .where(CareRule.kind == kind, CareRule.effective_from == effective_from)
        .with_for_update()
    )
    if row is None:
        row = CareRule(kind=kind, effective_from=effective_from, days=days, made_at=clock.now())
        db.session.add(row)
    row.days, row.source = days, source
    row.made_by_id, row.made_at = actor.user_id or None, clock.now()
    changes = {"days": days, "from": effective_from.isoformat()}
    audit.record(actor, "care_days.set", "municipality", kind.value, changes)
    db.session.flush()


def add_reason(*, actor: Viewer, name_th: str, name_en: str, effective_from: date) -> int:
    """A further reason that may be given for a risk level, from a day on."""
    _must_manage(actor)
    last = db.session.scalar(select(func.max(RiskReason.position)))
    reason = RiskReason(
        name_th=name_th, name_en=name_en, effective_from=effective_from, position=(last or 0) + 1
    )
    db.session.add(reason)
    db.session.flush()
    audit.record(actor, "risk_reason.added", "municipality", str(reason.id), {"name": name_th})
    return reason.id


def end_reason(*, actor: Viewer, reason_id: int, version: int, last_day: date) -> None:
    """A reason is offered until a day; where it was given, it stays."""
    _must_manage(actor)
    reason = hold(select(RiskReason).where(RiskReason.id == reason_id))
    if reason.version != version:
        raise StaleRecord(version=reason.version, current={})
    if last_day < max(reason.effective_from, clock.today() - timedelta(days=1)):
        raise Refused(_("This day has passed. Please choose today or a later day."),
                      field="last_day")  # fmt: skip
    reason.effective_to = last_day
    changes = audit.changes_of(reason)
    audit.record(actor, "risk_reason.ended", "municipality", str(reason.id), changes)
    db.session.flush()


def add_text(*, actor: Viewer, facts: TextFacts) -> int:
    """A new standard text; returns its id."""
    _must_manage(actor)
    _refuse_text(facts, None)
    text = StandardText(made_at=clock.now())
    _assign(text, facts)
    db.session.add(text)
    db.session.flush()
    audit.record(actor, "standard_text.added", "municipality", str(text.id), {"use": facts.use})
    return text.id


def edit_text(*, actor: Viewer, text_id: int, version: int, facts: TextFacts) -> None:
    """Its words, and where it is offered. What was written with it stays as it was sent."""
    _must_manage(actor)
    text = hold(select(StandardText).where(StandardText.id == text_id))
    if text.version != version:
        raise StaleRecord(version=text.version, current=text_fields(text))
    _refuse_text(facts, text_id)
    _assign(text, facts)
    changes = audit.changes_of(text)
    if changes:
        audit.record(actor, "standard_text.edited", "municipality", str(text.id), changes)
    db.session.flush()


def text_fields(text: StandardText) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    category = category_by_id(text.category_id) if text.category_id else None
    return {
        "text_name": text.name,
        "use": text.use.value,
        "of_category": category.code if category else "",
        "in_state": text.status.value if text.status else "",
        "body": text.body,
        "active": "y" if text.active else "",
    }


def _assign(text: StandardText, facts: TextFacts) -> None:
    text.name, text.use, text.body = facts.name, facts.use, facts.body
    text.category_id, text.status, text.active = facts.category_id, facts.status, facts.active


def _refuse_text(facts: TextFacts, text_id: int | None) -> None:
    unknown = [name for name in _BLANK.findall(facts.body) if name not in set(Blank)]
    if unknown:
        raise Refused(
            _("There is nothing called %(names)s to be filled in.", names=", ".join(unknown)),
            field="body",
        )
    if set("{}") & set(_BLANK.sub("", facts.body)):
        raise Refused(_("A brace is left open."), field="body")
    same = select(StandardText.id).where(StandardText.name == facts.name)
    if db.session.scalar(same) not in (None, text_id):
        raise Refused(_("There is a text of this name already."), field="text_name")


def _must_manage(actor: Viewer) -> None:
    if not can_manage_categories(actor):
        raise Forbidden
