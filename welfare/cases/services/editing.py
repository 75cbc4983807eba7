"""Editing the facts of a case; two people who edit at once both keep their words."""

from __future__ import annotations

from typing import Any

from welfare.cases.counters import Counted, count_change
from welfare.cases.models import Case
from welfare.cases.policies import can_change_record, levels_to_give
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.loading import load_case
from welfare.cases.queries.people import subject_words, village_of
from welfare.cases.services.deadlines.stages import give_anew
from welfare.cases.services.events import add_event
from welfare.cases.services.opening import own_words, with_own_words, with_subject
from welfare.cases.workflow import EventKind, Priority, Sensitivity
from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def refuse_stale(case: Case, version: int) -> None:
    """``StaleRecord`` when somebody saved the case after this version of it was read."""
    if case.version != version:
        raise StaleRecord(version=case.version, current=current_fields(case))


def current_fields(case: Case) -> dict[str, str]:
    """What stands in the record now, by the names of the form fields."""
    category = category_by_id(case.category_id)
    return {
        "title": case.title,
        "summary": case.summary,
        "category": category.code if category else "",
        "priority": case.priority.value,
        "sensitivity": case.sensitivity.value,
        "village": str(case.village_no or ""),
    }


def edit_case(
    *,
    actor: Viewer,
    number: str,
    version: int,
    title: str,
    summary: str,
    category_id: int,
    priority: Priority,
    sensitivity: Sensitivity,
    village_no: int | None,
) -> None:
    """Change the facts of an open case. Another category or urgency brings its own deadlines."""
    case = _loaded(actor, number, version)
    category = category_by_id(category_id)
    if category is None:
        raise Refused(_("Please choose one of the categories."), field="category")
    if not actor.covers(village_no):
        raise Refused(_("This village is outside your area."), field="village")
    if sensitivity not in levels_to_give(actor, case.sensitivity):
        raise Refused(
            _("Only those who assign cases can say that a case is about staff. Please tell them."),
            field="sensitivity",
        )
    counted = Counted.of(case)
    other_days = (case.category_id, case.priority) != (category_id, priority)
    case.title, case.summary = title, summary
    case.category_id, case.priority, case.sensitivity = category_id, priority, sensitivity
    case.village_no = village_no
    case.search_text = with_own_words(case.search_text, own_words(number, title, summary))
    with db.session.no_autoflush:
        data = give_anew(case) if other_days else {}
    _save(actor, case, counted, "case.edited", data)


def link_case(
    *,
    actor: Viewer,
    number: str,
    version: int,
    household_id: int | None,
    person_id: int | None,
) -> None:
    """Say which household and person a case is about; its village follows the household."""
    case = _loaded(actor, number, version)
    counted = Counted.of(case)
    village_no = village_of(household_id)
    subject = subject_words(household_id=household_id, person_id=person_id)
    case.household_id, case.person_id = household_id, person_id
    if village_no is not None:
        if not actor.covers(village_no):
            raise Refused(_("This village is outside your area."), field="household")
        case.village_no = village_no
    case.search_text = with_subject(case.search_text, subject)
    _save(actor, case, counted, "case.linked", {})


def _loaded(actor: Viewer, number: str, version: int) -> Case:
    case = load_case(number, viewer=actor, for_update=True)
    if not can_change_record(actor, case):
        raise Forbidden
    refuse_stale(case, version)
    return case


_UNTOLD = frozenset({"search_text", "updated_at", "version"})


def _save(actor: Viewer, case: Case, counted: Counted, action: str, data: dict[str, Any]) -> None:
    changes = {
        name: change for name, change in audit.changes_of(case).items() if name not in _UNTOLD
    }
    if not changes:
        return
    case.updated_at = clock.now()
    audit.record(actor, action, "case", case.number, changes)
    data = {"fields": sorted(changes), **data}
    add_event(actor=actor, case=case, kind=EventKind.EDITED, data=data)
    db.session.flush()
    count_change(counted, Counted.of(case))
