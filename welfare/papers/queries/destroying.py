"""Lists of papers to be destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from welfare.accounts.models import User
from welfare.core.db import db, hold
from welfare.core.errors import NotFound
from welfare.core.security.permissions import Permission, Viewer
from welfare.papers.kinds import Archives, Fate, ListStatus
from welfare.papers.models import DestructionItem, DestructionList, Paper
from welfare.papers.parts import Kind, kind_of
from welfare.papers.policies import can_approve_list, can_draw_up_lists
from welfare.papers.queries.rights import named_papers, visible_papers

_Maker, _Approver, _Destroyer = aliased(User), aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list among the lists."""

    public_id: str
    status: ListStatus
    year: int
    made_by: str
    made_at: datetime
    papers: int


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper on a list; its title only where lists tell the viewer whom it concerns, its number
    and address only where the viewer may see it (``seen``)."""

    place: int
    public_id: str
    kind: Kind
    number: str
    dated: date | None
    title: str
    fate: Fate
    keep_until: date | None
    reason: str
    seen: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list with all that its page and its paper show."""

    public_id: str
    version: int
    status: ListStatus
    year: int
    made_by: str
    made_at: datetime
    committee: tuple[str, ...]
    order_no: str
    archives: Archives | None
    archives_on: date | None
    approved_by: str
    approved_at: datetime | None
    drop_reason: str
    destroyed_by: str
    destroyed_at: datetime | None
    papers: tuple[ListedPaper, ...]
    may_change: bool
    may_approve: bool

    def of(self, fate: Fate) -> int:
        """How many papers have this fate."""
        return sum(1 for one in self.papers if one.fate is fate)


def destruction_lists() -> list[ListRow]:
    """The newest lists, with how many papers each has."""
    count = (
        select(func.count())
        .where(DestructionItem.list_id == DestructionList.id)
        .scalar_subquery()
        .label("papers")
    )
    rows = db.session.execute(
        select(DestructionList, _Maker.display_name, count)
        .outerjoin(_Maker, _Maker.id == DestructionList.made_by_id)
        .order_by(DestructionList.id.desc())
        .limit(50)
    )
    return [
        ListRow(one.public_id, one.status, one.year, maker or "", one.made_at, papers)
        for one, maker, papers in rows
    ]


def list_page(public_id: str, *, viewer: Viewer) -> ListPage:
    """One list; ``NotFound`` where there is none, or the viewer has nothing to do with them."""
    if not (can_draw_up_lists(viewer) or viewer.can(Permission.DESTROY_PAPERS)):
        raise NotFound
    row = db.session.execute(
        select(
            DestructionList,
            _Maker.display_name.label("maker"),
            _Approver.display_name.label("approver"),
            _Destroyer.display_name.label("destroyer"),
        )
        .outerjoin(_Maker, _Maker.id == DestructionList.made_by_id)
        .outerjoin(_Approver, _Approver.id == DestructionList.approved_by_id)
        .outerjoin(_Destroyer, _Destroyer.id == DestructionList.destroyed_by_id)
        .where(DestructionList.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound
    one: DestructionList = row.DestructionList
    return ListPage(
        one.public_id, one.version, one.status, one.year, row.maker or "", one.made_at,
        tuple((one.committee or "").splitlines()), one.order_no, one.archives, one.archives_on,
        row.approver or "", one.approved_at, one.drop_reason, row.destroyer or "",
        one.destroyed_at, _papers(one.id, viewer), can_draw_up_lists(viewer),
        can_approve_list(viewer, one.made_by_id),
    )  # fmt: skip


def _papers(list_id: int, viewer: Viewer) -> tuple[ListedPaper, ...]:
    named = case((named_papers(viewer), 1), else_=0).label("named")
    seen = case((visible_papers(viewer), 1), else_=0).label("seen")
    rows = db.session.execute(
        select(
            DestructionItem.place, Paper.public_id, Paper.kind, Paper.number, Paper.dated,
            Paper.title, DestructionItem.fate, DestructionItem.keep_until, DestructionItem.reason,
            named, seen,
        )
        .join(Paper, Paper.id == DestructionItem.paper_id)
        .where(DestructionItem.list_id == list_id)
        .order_by(DestructionItem.place)
    )  # fmt: skip
    return tuple(
        ListedPaper(
            row.place, row.public_id if row.seen else "", kind_of(row.kind),
            row.number if row.seen else "", row.dated, row.title if row.named else "", row.fate,
            row.keep_until, row.reason, bool(row.seen),
        )
        for row in rows
    )  # fmt: skip


def load_list(public_id: str) -> DestructionList:
    """The record itself, held; ``NotFound`` where there is none."""
    return hold(select(DestructionList).where(DestructionList.public_id == public_id))
