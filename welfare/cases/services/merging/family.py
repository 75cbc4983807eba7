"""Children and parents of two cases that became one, and of two that are two again."""

from __future__ import annotations

from sqlalchemy import or_, select

from welfare.cases.models import Case, CaseLink, CaseMerge, CaseParent
from welfare.cases.services.merging.journal import Journal, values_of
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer


def join_families(actor: Viewer, survivor: Case, merged: Case, journal: Journal) -> dict[str, int]:
    """The other's children become the survivor's; its parent, where the survivor stands alone.

    Returns what the undo must know beside the journal.
    """
    children = list(db.session.scalars(select(CaseParent).where(CaseParent.parent_id == merged.id)))
    own = db.session.get(CaseParent, survivor.id)
    if own is not None and own.parent_id == merged.id:
        db.session.delete(own)
        return {"was_child": merged.id, **_along(children, survivor, journal)}
    if own is not None and children:
        raise Refused(
            _(
                "%(number)s is part of a larger case, and %(other)s has cases of its own. Take "
                "one of them out first.",
                number=survivor.number,
                other=merged.number,
            )
        )
    told = _along(children, survivor, journal)
    theirs = db.session.get(CaseParent, merged.id)
    alone = own is None and not _has_children(survivor)
    if theirs is not None and alone and theirs.parent_id != survivor.id:
        db.session.add(
            CaseParent(
                child_id=survivor.id, parent_id=theirs.parent_id,
                linked_by_id=actor.user_id or None, linked_at=clock.now(),
            )
        )  # fmt: skip
        told["took_parent"] = theirs.parent_id
    db.session.flush()
    return told


def _along(children: list[CaseParent], survivor: Case, journal: Journal) -> dict[str, int]:
    for row in children:
        if row.child_id == survivor.id:
            continue
        before = values_of(row, ("parent_id",))
        row.parent_id = survivor.id
        db.session.flush()
        journal.note_change(row, before)
    return {}


def join_links(survivor: Case, merged: Case, journal: Journal) -> None:
    """What the other had to do with, the survivor has to do with, once each."""
    standing = or_(
        *(
            column == one.id
            for column in (CaseLink.case_id, CaseLink.other_id)
            for one in (survivor, merged)
        )
    )
    links = db.session.scalars(
        select(CaseLink).where(CaseLink.ended_at.is_(None), standing).order_by(CaseLink.id)
    ).all()
    known = {_far(link, survivor) for link in links} | {survivor.id}
    for link in links:
        far = _far(link, merged)
        if far is None or far in known:
            continue
        known.add(far)
        mine = "case_id" if link.case_id == merged.id else "other_id"
        journal.put(link, **{mine: survivor.id})


def _far(link: CaseLink, case: Case) -> int | None:
    """The other end of a link of a case."""
    if case.id not in (link.case_id, link.other_id):
        return None
    return link.other_id if link.case_id == case.id else link.case_id


def _has_children(case: Case) -> bool:
    child = select(CaseParent.child_id).where(CaseParent.parent_id == case.id)
    return db.session.scalar(child.limit(1)) is not None


def part_families(merge: CaseMerge, survivor: Case, merged: Case, journal: Journal) -> None:
    """Whose children and whose parent as before, where nobody has said otherwise since."""
    journal.put_back("case_parents")
    journal.put_back("case_links")
    own = db.session.get(CaseParent, survivor.id)
    if own is not None and own.parent_id == merge.was.get("took_parent"):
        db.session.delete(own)
    if own is None and merge.was.get("was_child") == merged.id and not _has_children(survivor):
        db.session.add(CaseParent(child_id=survivor.id, parent_id=merged.id, linked_at=clock.now()))
    db.session.flush()
