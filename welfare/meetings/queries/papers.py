"""What papers of a meeting ask of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, false, select, true

from welfare.benefits.models import Fund
from welfare.cases.models import HelpRequest
from welfare.cases.queries.papers import cases_in_use
from welfare.cases.queries.rights import rights_to_read
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.meetings.models import Meeting, MeetingItem
from welfare.meetings.policies import can_keep
from welfare.meetings.queries.page import MeetingPage
from welfare.papers.kinds import Secrecy
from welfare.papers.parts import About, Needs


def needs_of(page: MeetingPage) -> Needs:
    """What whoever reads a paper of it must be allowed."""
    rights = rights_to_read({one.level for one in page.items}) | {Permission.ISSUE_PAPERS}
    known = frozenset(one.village_no for one in page.items if one.village_no is not None)
    return Needs(rights, known)


def meeting_by_number(reference: str, viewer: Viewer) -> About:
    """What its papers are about; ``NotFound`` when the viewer may not see it."""
    return _about(Meeting.reference == reference, viewer)


def meeting_by_id(meeting_id: int, viewer: Viewer) -> About:
    """The same by its id."""
    return _about(Meeting.id == meeting_id, viewer)


def _about(which: Any, viewer: Viewer) -> About:
    found = db.session.execute(
        select(Meeting.id, Meeting.reference, Meeting.number, Meeting.fiscal_year, Fund.name_th)
        .join(Fund, Fund.id == Meeting.fund_id)
        .where(which)
    ).first()
    if found is None or not can_keep(viewer):
        raise NotFound
    title = f"{found.name_th} ครั้งที่ {found.number}/{found.fiscal_year}"
    return About(
        "meeting", found.id, found.reference, title, f"/desk/meetings/{found.reference}",
        may_write=True, may_issue=True, secrecy=Secrecy.SENSITIVE, called=title,
    )  # fmt: skip


def visible_meetings(viewer: Viewer) -> Select[Any]:
    """The ids of the meetings that a viewer may know of."""
    return select(Meeting.id).where(true() if can_keep(viewer) else false())


def meetings_in_use() -> Select[Any]:
    """The ids of the meetings whose papers tell of a case that is not ended: they are kept as long
    as that, and then as long as papers of their kind are."""
    return (
        select(MeetingItem.meeting_id)
        .join(HelpRequest, HelpRequest.id == MeetingItem.request_id)
        .where(HelpRequest.case_id.in_(cases_in_use()))
    )


def meeting_numbers(ids: Collection[int], viewer: Viewer) -> Mapping[int, str]:
    """What they are called."""
    if not ids or not can_keep(viewer):
        return {}
    rows = db.session.execute(
        select(Meeting.id, Meeting.reference).where(Meeting.id.in_(sorted(ids)))
    )
    return {row.id: row.reference for row in rows}
