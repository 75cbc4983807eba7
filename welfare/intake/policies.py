"""Who may know of a complaint and who may act on it; each rule as a test and as SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true

from welfare.cases.queries.rights import hidden_levels
from welfare.core.security.permissions import PUBLIC, Permission, Viewer
from welfare.core.thai.names import split_name
from welfare.core.thai.text import search_key
from welfare.intake.models import Complaint
from welfare.intake.workflow import Channel


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The complaints that a viewer may read, as an SQL condition on ``Complaint``."""
    if not viewer.can(Permission.VIEW_COMPLAINTS):
        return false()
    rules: list[ColumnElement[bool]] = [true()]
    if viewer.villages is not None:
        own = Complaint.village_no.in_(sorted(viewer.villages))
        rules.append(or_(Complaint.village_no.is_(None), own))
    hidden = hidden_levels(viewer)
    if hidden:
        rules.append(Complaint.sensitivity.not_in(hidden))
    return and_(*rules)


def can_view(viewer: Viewer, complaint: Complaint) -> bool:
    """The same rule for one complaint."""
    if not viewer.can(Permission.VIEW_COMPLAINTS) or not viewer.covers(complaint.village_no):
        return False
    return complaint.sensitivity not in hidden_levels(viewer)


def can_triage(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the viewer may decide what becomes of a complaint."""
    return can_view(viewer, complaint) and viewer.can(Permission.TRIAGE_COMPLAINTS)


def is_about(viewer: Viewer, words: str) -> bool:
    """Whether a complaint about staff names the viewer: then somebody else must decide on it."""
    first = split_name(viewer.display_name).first
    return len(first) > 1 and search_key(first) in search_key(words)


def can_reveal(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether telephone and e-mail may be shown whole (each time noted in the audit)."""
    return can_view(viewer, complaint) and viewer.can(Permission.REVEAL_IDENTIFIERS)


def can_annotate(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the viewer may write an internal note on a complaint: who decides or manages."""
    knows = viewer.can(Permission.TRIAGE_COMPLAINTS) or viewer.can(Permission.EDIT_CASES)
    return can_view(viewer, complaint) and knows


def can_file(viewer: Viewer, channel: Channel) -> bool:
    """Whether a complaint may come in this way: the public by web, staff for somebody else."""
    if viewer == PUBLIC:
        return channel in {Channel.WEB, Channel.LINE}
    return viewer.can(Permission.FILE_FOR_OTHERS)


def filed_by(viewer: Viewer) -> ColumnElement[bool]:
    """The complaints that the viewer filed for somebody, as an SQL condition."""
    if not viewer.can(Permission.VIEW_OWN_FILINGS):
        return false()
    return Complaint.filed_by_id == viewer.user_id
