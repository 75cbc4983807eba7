"""Closed lists of meetings, and the kinds of paper that they make."""

from __future__ import annotations

from enum import StrEnum

from welfare.core.security.permissions import Permission
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import Kind


class MeetingStatus(StrEnum):
    """Whether a meeting is to be, or was; one that is called off keeps its number."""

    CALLED = "called"
    CALLED_OFF = "called_off"


class Presence(StrEnum):
    """Whether a member was there."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class ItemState(StrEnum):
    """What became of a request on the agenda. ``OPEN``: not carried out yet."""

    OPEN = "open"
    DECIDED = "decided"
    DEFERRED = "deferred"


_OFFICE = frozenset({Permission.ISSUE_PAPERS})

COMMITTEE_AGENDA = Kind(
    code="committee_agenda",
    name_th="ระเบียบวาระการประชุม",
    name_en="Agenda of a committee",
    issues=_OFFICE,
    about=("meeting",),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    numbered_by_others=True,
    once=True,
)
COMMITTEE_MINUTES = Kind(
    code="committee_minutes",
    name_th="รายงานการประชุม",
    name_en="Minutes of a committee",
    issues=_OFFICE,
    about=("meeting",),
    secrecy=Secrecy.SENSITIVE,
    given_out=False,
    numbered_by_others=True,
    once=True,
)
