"""Words of the closed lists of complaints, as staff and reports read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.intake.workflow import Channel, ComplaintKind, ComplaintStatus

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
