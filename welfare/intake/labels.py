"""Words of complaints: those of their closed lists, as staff and reports read them, and those that
citizens read on pages and papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.dates import Language, format_long, local_date
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

KINDS = [
    (ComplaintKind.REQUEST.value, _l("I ask for help for myself or my family")),
    (ComplaintKind.CONCERN.value, _l("I am worried about somebody else")),
    (ComplaintKind.COMPLAINT.value, _l("I report a problem or complain")),
]
"""What somebody files, in their own words."""


def next_steps(acknowledge_by: datetime | None, lang: Language) -> tuple[str, ...]:
    """What happens after filing, in the language in force, which is ``lang``."""
    day = format_long(local_date(acknowledge_by), lang=lang) if acknowledge_by else ""
    first = (
        _("An officer reads the request by %(day)s at the latest.", day=day)
        if day
        else _("An officer reads the request.")
    )
    return (
        first,
        _("If it is taken up, a worker is named who deals with it and may visit."),
        _("You can see how it stands at any time with the number and the secret."),
    )


def channel_word(channel: Channel) -> str:
    """How it reached the office."""
    words = {
        Channel.WEB: _("by the web page"),
        Channel.WALK_IN: _("at the office"),
        Channel.PHONE: _("by telephone"),
        Channel.LETTER: _("by letter"),
        Channel.LINE: _("by LINE"),
        Channel.VOLUNTEER: _("through a volunteer"),
        Channel.OUTREACH: _("at a visit of the office"),
    }
    return words[channel]


def place_words(house_no: str, village_no: int | None, landmark: str) -> str:
    """Where it is, in one line."""
    parts = [
        _("House number %(no)s", no=house_no) if house_no else "",
        _("Village %(no)s", no=village_no) if village_no else "",
        landmark,
    ]
    return " ".join(part for part in parts if part)
