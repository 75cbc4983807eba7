"""States of an assignment and of a visit."""

from __future__ import annotations

from enum import StrEnum


class AssignmentStatus(StrEnum):
    """Life of one assignment."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class VisitStatus(StrEnum):
    """Life of one visit."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


VISIT_TRANSITIONS: dict[VisitStatus, frozenset[VisitStatus]] = {
    VisitStatus.PLANNED: frozenset({VisitStatus.DONE, VisitStatus.MISSED, VisitStatus.CANCELLED}),
    VisitStatus.DONE: frozenset(),
    VisitStatus.MISSED: frozenset(),
    VisitStatus.CANCELLED: frozenset(),
}
