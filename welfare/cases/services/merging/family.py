"""Children and parents of two cases that became one, and of two that are two again."""

from __future__ import annotations

from sqlalchemy import select

from welfare.cases.models import Case, CaseMerge, CaseParent
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


def _has_children(case: Case) -> bool:
    child = select(CaseParent.child_id).where(CaseParent.parent_id == case.id)
    return db.session.scalar(child.limit(1)) is not None


def part_families(merge: CaseMerge, survivor: Case, merged: Case, journal: Journal) -> None:
    """Whose children and whose parent as before, where nobody has said otherwise since."""
    journal.put_back("case_parents")
    own = db.session.get(CaseParent, survivor.id)
    if own is not None and own.parent_id == merge.was.get("took_parent"):
        db.session.delete(own)
    if own is None and merge.was.get("was_child") == merged.id and not _has_children(survivor):
        db.session.add(CaseParent(child_id=survivor.id, parent_id=merged.id, linked_at=clock.now()))
    db.session.flush()
