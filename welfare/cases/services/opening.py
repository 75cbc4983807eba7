"""Opening a case, and joining complaints to it."""

from __future__ import annotations

from welfare.cases.counters import count_opened
from welfare.cases.models import Case
from welfare.cases.policies import can_open, can_see
from welfare.cases.queries.categories import category_by_id
from welfare.cases.queries.people import subject_words, village_of
from welfare.cases.services.deadlines.stages import begin_clock, write_stages
from welfare.cases.services.events import add_event
from welfare.cases.workflow import CaseStatus, EventKind, Priority, Sensitivity
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.numbers import take_number
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.thai.dates import fiscal_year
from welfare.core.thai.references import CASE, format_reference
from welfare.core.thai.text import search_key


def open_case(
    *,
    actor: Viewer,
    title: str,
    summary: str,
    category_id: int,
    priority: Priority | None = None,
    sensitivity: Sensitivity | None = None,
    household_id: int | None = None,
    person_id: int | None = None,
    village_no: int | None = None,
    search_extra: str = "",
) -> Case:
    """Open a case: number taken, deadline from the category, first line of the timeline.

    Priority and sensitivity default to the category's, the village to the household's.
    ``search_extra`` is text by which it should be found beside its own words and its subject.
    """
    category = category_by_id(category_id)
    if category is None:
        raise Refused(_("Please choose one of the categories."), field="category")
    if village_no is None:
        village_no = village_of(household_id)
    if not can_open(actor, village_no):
        raise Forbidden
    now = clock.now()
    begun = begin_clock(category_id, priority or category.default_priority, now)
    year = fiscal_year(clock.today())
    number = format_reference(CASE, fiscal_year=year, running=take_number("case", year))
    subject = subject_words(household_id=household_id, person_id=person_id)
    case = Case(
        number=number,
        title=title,
        summary=summary,
        category_id=category_id,
        priority=priority or category.default_priority,
        sensitivity=sensitivity or category.sensitivity,
        status=CaseStatus.NEW,
        household_id=household_id,
        person_id=person_id,
        village_no=village_no,
        assignee_id=None,
        opened_by_id=actor.user_id or None,
        opened_at=now,
        due_at=begun.closure.due_at,
        paused_at=None,
        closed_at=None,
        reopened_times=0,
        search_text=_lines(own_words(number, title, summary), subject, search_key(search_extra)),
        updated_at=now,
    )
    db.session.add(case)
    db.session.flush()
    write_stages(case, begun)
    add_event(actor=actor, case=case, kind=EventKind.OPENED, data=begun.data)
    count_opened(case)
    audit.record(
        actor, "case.opened", "case", number, {"category": category.code, "village": village_no}
    )
    outbox.publish("case.opened", {"number": number})
    db.session.flush()
    return case


def join_complaint(*, actor: Viewer, case: Case, reference: str, search_extra: str = "") -> None:
    """Join a complaint to a case: a line of the timeline, and found by the complaint's words."""
    allowed = actor.can(Permission.TRIAGE_COMPLAINTS) and can_see(actor, case)
    if actor.user_id and not allowed:
        raise Forbidden
    case.search_text = _lines(case.search_text, search_key(f"{reference} {search_extra}"))
    case.updated_at = clock.now()
    audit.record(actor, "case.joined", "case", case.number, {"complaint": reference})
    add_event(actor=actor, case=case, kind=EventKind.JOINED, data={"complaint": reference})
    db.session.flush()


def own_words(number: str, title: str, summary: str) -> str:
    """The first line of a case's search text: what the office itself wrote."""
    return search_key(f"{number} {title} {summary}")


def with_own_words(search_text: str, words: str) -> str:
    """Search text with another first line."""
    rest = search_text.partition("\n")[2]
    return _lines(words, rest)


def with_subject(search_text: str, subject: str) -> str:
    """Search text that also finds the case by its newly linked person or household."""
    return search_text if subject in search_text else _lines(search_text, subject)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
