"""The timeline: lines are appended to it, by people and by the other services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from welfare.cases.models import Case, CaseEvent
from welfare.cases.policies import can_edit
from welfare.cases.queries.loading import load_case, merged_away
from welfare.cases.services.deadlines.stages import follow_event
from welfare.cases.workflow import CaseStatus, EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound
from welfare.core.security.permissions import PUBLIC, Viewer


def add_event(
    *,
    actor: Viewer,
    case: Case,
    kind: EventKind | str,
    text: str = "",
    public: bool = False,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Append a line to the timeline. ``public``: the citizen reads ``text``.

    A line may meet a deadline (``facts.met_by``); another domain says so with
    ``data={"meets": "decision"}``. Rights and audit are the caller's: this is a step of another
    service.
    """
    if EventKind(kind) not in _BETWEEN_TWO:
        _refuse_merged(actor, case)
    db.session.add(
        CaseEvent(
            case_id=case.id,
            at=clock.now(),
            kind=EventKind(kind),
            actor_id=actor.user_id or None,
            public=public,
            text=text,
            data=dict(data or {}),
        )
    )
    follow_event(case, EventKind(kind), data or {})


_BETWEEN_TWO = frozenset({EventKind.MERGED, EventKind.PARTED, EventKind.FAMILY})


def _refuse_merged(actor: Viewer, case: Case) -> None:
    """Wait for a merge that is under way; what is written for a case that became part of another
    meanwhile is refused, so that nothing is left on the pointer. SQLite has one writer anyway."""
    if db.session.get_bind().dialect.name == "sqlite" and case.status != CaseStatus.MERGED:
        return
    status = db.session.scalar(
        select(Case.status).where(Case.id == case.id).with_for_update(read=True, key_share=True)
    )
    if status == CaseStatus.MERGED:
        raise merged_away(case.number, viewer=actor)


def add_note(*, actor: Viewer, number: str, text: str, public: bool = False) -> None:
    """Note something on a case; a public note is also told to the citizen."""
    case = load_case(number, viewer=actor)
    if not can_edit(actor, case):
        raise Forbidden
    add_event(actor=actor, case=case, kind=EventKind.NOTE, text=text, public=public)
    audit.record(actor, "case.noted", "case", number, {"public": public, "length": len(text)})
    if public:
        outbox.publish("case.note_public", {"number": number})
    db.session.flush()


def note_whether_it_helped(*, case_id: int, helped: bool) -> None:
    """Keep that a citizen says of a closed case that it helped, or did not: staff then find it.

    The words go to the timeline by :func:`citizen_text`. The version of the case stays, so that
    nobody's open form is refused for it.
    """
    unhappy_at = None if helped else clock.now()
    db.session.execute(
        update(Case)
        .where(Case.id == case_id, Case.closed_at.is_not(None))
        .values(unhappy_at=unhappy_at)
    )


def citizen_text(*, case_id: int, text: str, actor: Viewer = PUBLIC) -> None:
    """Put what a filer added to their complaint on the timeline of its case.

    It is not public there: others who filed into the same case must not read it.
    """
    number = db.session.scalar(select(Case.number).where(Case.id == case_id))
    if number is None:
        raise NotFound
    db.session.add(
        CaseEvent(
            case_id=case_id,
            at=clock.now(),
            kind=EventKind.CITIZEN,
            actor_id=actor.user_id or None,
            public=False,
            text=text,
            data={},
        )
    )
    audit.record(actor, "case.citizen_wrote", "case", number, {"length": len(text)})
    db.session.flush()
