"""Words of the closed lists of reports."""

from __future__ import annotations

from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus
from welfare.reports.kinds import Basis, ListKind, ListStatus

BASES: dict[Basis, Any] = {
    Basis.GIVEN: _l("Help that was handed over"),
    Basis.GRANTED: _l("Help that was granted"),
}

LISTS: dict[ListKind, Any] = {
    ListKind.RECIPIENTS: _l("Register of recipients"),
    ListKind.LABELS: _l("Address labels"),
    ListKind.ENVELOPES: _l("Envelopes"),
}

STATES: dict[ListStatus, Any] = {
    ListStatus.WAITING: _l("Waits to be drawn"),
    ListStatus.WORKING: _l("Being drawn"),
    ListStatus.DONE: _l("Ready"),
    ListStatus.FAILED: _l("Could not be drawn"),
}

TONES: dict[ListStatus, str] = {
    ListStatus.WAITING: "waiting",
    ListStatus.WORKING: "working",
    ListStatus.DONE: "done",
    ListStatus.FAILED: "refused",
}

FAILURES: dict[str, Any] = {
    "rights": _l("You may not make this list any more."),
    "large": _l("The list is too long to be drawn. Choose a shorter period or fewer villages."),
    "error": _l("Something went wrong while it was drawn. Nothing was lost; try it again."),
}

COMPLAINT_STATES: dict[ComplaintStatus, Any] = {
    ComplaintStatus.SUBMITTED: _l("To be decided"),
    ComplaintStatus.NEEDS_INFO: _l("Waiting for the citizen"),
    ComplaintStatus.ACCEPTED: _l("Accepted into a case"),
    ComplaintStatus.REFERRED: _l("Referred away"),
    ComplaintStatus.DECLINED: _l("Declined with a reason"),
    ComplaintStatus.WITHDRAWN: _l("Withdrawn by its filer"),
}

COMPLAINT_KINDS: dict[ComplaintKind, Any] = {
    ComplaintKind.REQUEST: _l("Asks for help"),
    ComplaintKind.CONCERN: _l("Worried about somebody"),
    ComplaintKind.COMPLAINT: _l("Complains"),
}

CHANNELS: dict[Channel, Any] = {
    Channel.WEB: _l("Web page"),
    Channel.WALK_IN: _l("At the counter"),
    Channel.PHONE: _l("By telephone"),
    Channel.LETTER: _l("By letter"),
    Channel.LINE: _l("By LINE"),
    Channel.VOLUNTEER: _l("Through a volunteer"),
    Channel.OUTREACH: _l("On a visit"),
}
