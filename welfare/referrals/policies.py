"""Who may refer a case, let data leave, and look after the directory."""

from __future__ import annotations

from welfare.cases.queries.rights import CaseSeen, can_edit, hidden_levels
from welfare.cases.workflow import ENDED
from welfare.core.security.permissions import SYSTEM, Permission, Viewer


def can_refer(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may prepare a referral: who works on the case, while it is open."""
    return can_edit(viewer, case) and case.status not in ENDED


def can_issue(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may let it leave. Of a restricted case the worker prepares, and somebody
    who may know of all restricted cases (of complaints about staff: a manager) sends."""
    return can_refer(viewer, case) and case.sensitivity not in hidden_levels(viewer)


def can_follow(viewer: Viewer, case: CaseSeen) -> bool:
    """Whether the viewer may chase, extend, take back, note an answer: after closing too."""
    return can_edit(viewer, case)


def sees_whole_numbers(viewer: Viewer) -> bool:
    """Whether identity numbers and telephones are shown whole, and may be shared."""
    return viewer.can(Permission.REVEAL_IDENTIFIERS)


def can_manage_agencies(viewer: Viewer) -> bool:
    """Whether the viewer looks after the directory and the rules of chasing."""
    return viewer is SYSTEM or viewer.can(Permission.MANAGE_LISTS)
