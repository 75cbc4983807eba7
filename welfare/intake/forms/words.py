"""Words for the closed lists of complaints, as staff read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.intake.queries.likeness import Reason
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus, Relationship

STATUS: Mapping[str, Any] = {
    ComplaintStatus.SUBMITTED: _l("To be decided"),
    ComplaintStatus.NEEDS_INFO: _l("Waiting for the citizen"),
    ComplaintStatus.ACCEPTED: _l("Accepted into a case"),
    ComplaintStatus.REFERRED: _l("Referred away"),
    ComplaintStatus.DECLINED: _l("Declined with a reason"),
    ComplaintStatus.WITHDRAWN: _l("Withdrawn by its filer"),
}
KIND: Mapping[str, Any] = {
    ComplaintKind.REQUEST: _l("Asks for help"),
    ComplaintKind.CONCERN: _l("Worried about somebody"),
    ComplaintKind.COMPLAINT: _l("Complains"),
}
CHANNEL: Mapping[str, Any] = {
    Channel.WEB: _l("Web page"),
    Channel.WALK_IN: _l("At the counter"),
    Channel.PHONE: _l("By telephone"),
    Channel.LETTER: _l("By letter"),
    Channel.LINE: _l("By LINE"),
    Channel.VOLUNTEER: _l("Through a volunteer"),
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
REASON: Mapping[str, Any] = {
    Reason.PERSON: _l("linked to the same person"),
    Reason.PHONE: _l("the same telephone"),
    Reason.REPORTER: _l("filed from the same telephone"),
    Reason.HOUSE_CATEGORY: _l("the same house and category within 60 days"),
    Reason.HOUSE: _l("the same house"),
    Reason.NAME: _l("the same name"),
    Reason.NAME_ALIKE: _l("a name spelt alike"),
    Reason.TEXT: _l("nearly the same words"),
    Reason.TEXT_ALIKE: _l("similar words"),
    Reason.NEAR: _l("close by"),
}


def word(words: Mapping[str, Any], code: str | None) -> str:
    """The word for one value; nothing for none."""
    return "" if code is None else str(words.get(code, code))
