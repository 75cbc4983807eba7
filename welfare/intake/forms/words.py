"""Words for the closed lists of complaints, as staff read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.cases.workflow import Outcome, Priority, Sensitivity
from welfare.core.i18n import lazy_gettext as _l
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

PRIORITIES: list[tuple[str, Any]] = [
    (Priority.URGENT.value, _l("Urgent")),
    (Priority.HIGH.value, _l("High")),
    (Priority.NORMAL.value, _l("Normal")),
    (Priority.LOW.value, _l("Low")),
]
SENSITIVITIES: list[tuple[str, Any]] = [
    (Sensitivity.NORMAL.value, _l("Everyone at work on cases")),
    (Sensitivity.SENSITIVE.value, _l("Masked in lists")),
    (Sensitivity.RESTRICTED.value, _l("Named staff only")),
]
STATUS: Mapping[str, Any] = {
    ComplaintStatus.SUBMITTED: _l("To be decided"),
    ComplaintStatus.NEEDS_INFO: _l("Waiting for the citizen"),
    ComplaintStatus.ACCEPTED: _l("Accepted into a case"),
    ComplaintStatus.REFERRED: _l("Referred away"),
    ComplaintStatus.DECLINED: _l("Not taken up"),
    ComplaintStatus.WITHDRAWN: _l("Withdrawn"),
}
KIND: Mapping[str, Any] = {
    ComplaintKind.REQUEST: _l("Asks for help"),
    ComplaintKind.CONCERN: _l("Worried about somebody"),
    ComplaintKind.COMPLAINT: _l("Complains"),
}
CHANNEL: Mapping[str, Any] = {
    Channel.WEB: _l("Web page"),
    Channel.WALK_IN: _l("At the counter"),
    Channel.PHONE: _l("Telephone"),
    Channel.LETTER: _l("Letter"),
    Channel.LINE: _l("LINE"),
    Channel.VOLUNTEER: _l("Volunteer"),
    Channel.OUTREACH: _l("On a visit"),
}
RELATIONSHIP: Mapping[str, Any] = {
    Relationship.SELF: _l("the person themselves"),
    Relationship.FAMILY: _l("family or relative"),
    Relationship.NEIGHBOUR: _l("neighbour or friend"),
    Relationship.VOLUNTEER: _l("volunteer"),
    Relationship.VILLAGE_HEAD: _l("village head or assistant"),
    Relationship.STAFF: _l("member of staff"),
    Relationship.OTHER: _l("somebody else"),
}
OUTCOME: Mapping[str, Any] = {
    Outcome.SOLVED: _l("Solved"),
    Outcome.PARTLY: _l("Partly solved"),
    Outcome.REFERRED: _l("Referred"),
    Outcome.NOT_ELIGIBLE: _l("Not eligible"),
    Outcome.NOT_SOLVED: _l("Not solved"),
    Outcome.WITHDRAWN: _l("Withdrawn"),
    Outcome.DECEASED: _l("Person deceased"),
    Outcome.UNFOUNDED: _l("Unfounded"),
}


def word(words: Mapping[str, Any], code: str | None) -> str:
    """The word for one value; nothing for none."""
    return "" if code is None else str(words.get(code, code))
