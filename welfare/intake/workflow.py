"""The states of a complaint and what may follow what."""

from __future__ import annotations

from enum import StrEnum


class ComplaintStatus(StrEnum):
    """Where the office stands with what was filed."""

    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ComplaintKind(StrEnum):
    """What the filer wants."""

    COMPLAINT = "complaint"
    REQUEST = "request"
    CONCERN = "concern"


class Channel(StrEnum):
    """How it reached the office."""

    WEB = "web"
    WALK_IN = "walk_in"
    PHONE = "phone"
    LETTER = "letter"
    LINE = "line"
    VOLUNTEER = "volunteer"
    OUTREACH = "outreach"


class Relationship(StrEnum):
    """Who the filer is to the person it is about."""

    SELF = "self"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    VOLUNTEER = "volunteer"
    VILLAGE_HEAD = "village_head"
    STAFF = "staff"
    OTHER = "other"


OPEN_STATUSES = frozenset({ComplaintStatus.SUBMITTED, ComplaintStatus.NEEDS_INFO})

TRANSITIONS: dict[ComplaintStatus, frozenset[ComplaintStatus]] = {
    ComplaintStatus.SUBMITTED: frozenset(
        {
            ComplaintStatus.ACCEPTED,
            ComplaintStatus.NEEDS_INFO,
            ComplaintStatus.REFERRED,
            ComplaintStatus.DECLINED,
            ComplaintStatus.WITHDRAWN,
        }
    ),
    ComplaintStatus.NEEDS_INFO: frozenset(
        {
            ComplaintStatus.SUBMITTED,
            ComplaintStatus.ACCEPTED,
            ComplaintStatus.REFERRED,
            ComplaintStatus.DECLINED,
            ComplaintStatus.WITHDRAWN,
        }
    ),
    ComplaintStatus.ACCEPTED: frozenset({ComplaintStatus.WITHDRAWN}),
    ComplaintStatus.REFERRED: frozenset({ComplaintStatus.SUBMITTED}),
    ComplaintStatus.DECLINED: frozenset({ComplaintStatus.SUBMITTED}),
    ComplaintStatus.WITHDRAWN: frozenset(),
}
"""Back to SUBMITTED: the citizen answered, or the office takes a decision back with a reason."""


def may_follow(before: ComplaintStatus, after: ComplaintStatus) -> bool:
    """Whether a complaint may go from one state to the other."""
    return after in TRANSITIONS[before]
