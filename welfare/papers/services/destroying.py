"""Destroying papers whose time is over: a list, the committee, a second person, the deed.

What is destroyed is the file and the words. The row of the register, the number, the hash and the
answer to whoever verifies stay, with the day and the order. Files go after the commit: one that is
left behind by a process that died then belongs to nobody, and is swept away with such.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import flag_modified

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.core.storage import StoredFile
from welfare.core.storage.files import remove_file
from welfare.core.thai.dates import BE_OFFSET
from welfare.papers.kinds import Archives, Fate, ListStatus
from welfare.papers.models import DestructionItem, DestructionList, Paper
from welfare.papers.policies import can_approve_list, can_draw_up_lists
from welfare.papers.queries.destroying import load_list
from welfare.papers.queries.keeping import due_papers, not_in_use, over
from welfare.papers.queries.rights import visible_papers
from welfare.papers.services.packing import drop_packages_with

FEWEST = 3
"""A chair and two members at least (Regulation on Records 2526, item 67)."""
SILENCE = timedelta(days=60)
"""After so long without a word the Archives have agreed (item 70.1)."""
LONGEST = 100
_QUIETLY = {"synchronize_session": False}


def draw_up_list(*, actor: Viewer) -> str:
    """Put what is due, and the actor may see, on a list; its public id. Nothing happens to the
    papers yet."""
    if not can_draw_up_lists(actor):
        raise Forbidden
    due = due_papers(viewer=actor)
    if not due:
        raise Refused(_("There is no paper whose time is over."))
    made = DestructionList(
        public_id=secrets.token_hex(10), year=clock.today().year - 1 + BE_OFFSET,
        made_by_id=actor.user_id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        DestructionItem(list_id=made.id, place=place, paper_id=one.id)
        for place, one in enumerate(due, start=1)
    )
    details = {"papers": len(due), "year": made.year}
    audit.record(actor, "papers.list_drawn_up", "destruction_list", made.public_id, details)
    db.session.flush()
    return made.public_id


def keep_longer(
    *, actor: Viewer, public_id: str, version: int, place: int, year: int, reason: str
) -> None:
    """The committee wants a paper kept to the end of a calendar year (พ.ศ.): it leaves the list."""
    if not can_draw_up_lists(actor):
        raise Forbidden
    held = _held(public_id, version, ListStatus.DRAWN)
    item = db.session.scalar(
        select(DestructionItem).where(
            DestructionItem.list_id == held.id,
            DestructionItem.place == place,
            DestructionItem.fate == Fate.WAITING,
        )
    )
    if item is None:
        raise Refused(_("There is no such line on the list."), field="place")
    first = clock.today().year + BE_OFFSET
    if not first <= year <= first + LONGEST:
        raise Refused(
            _("Please enter a year from %(first)s to %(last)s.", first=first, last=first + LONGEST),
            field="year",
        )
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    item.fate, item.keep_until = Fate.KEPT, date(year - BE_OFFSET, 12, 31)
    item.reason = reason
    paper = db.session.get_one(Paper, item.paper_id)
    paper.keep_until = item.keep_until
    flag_modified(held, "status")  # what is said of a line is said of the list
    details = {"list": public_id, "until": item.keep_until.isoformat()}
    audit.record(actor, "paper.kept_longer", "paper", paper.public_id, details)
    db.session.flush()


def approve_list(
    *,
    actor: Viewer,
    public_id: str,
    version: int,
    order_no: str,
    committee: Sequence[str],
    archives: Archives,
    archives_on: date,
) -> None:
    """The head approves what the committee found, by an order, once the Archives do not stand
    against it. Never who drew the list up, and never what they may not see."""
    held = load_list(public_id)
    if not can_approve_list(actor, held.made_by_id):
        raise Forbidden
    _fits(held, version, ListStatus.DRAWN)
    _refuse_unless_sound(order_no, committee, archives, archives_on)
    unseen = db.session.scalar(
        select(func.count())
        .select_from(DestructionItem)
        .join(Paper, Paper.id == DestructionItem.paper_id)
        .where(
            DestructionItem.list_id == held.id,
            DestructionItem.fate == Fate.WAITING,
            ~visible_papers(actor),
        )
    )
    if unseen:
        raise Refused(_("There are papers on this list that you may not see."))
    if not _waiting(held.id):
        raise Refused(_("No paper is left on this list."))
    held.status, held.order_no = ListStatus.APPROVED, order_no
    held.committee = "\n".join(committee)
    held.archives, held.archives_on = archives, archives_on
    held.approved_by_id, held.approved_at = actor.user_id, clock.now()
    details = {"order": order_no, "archives": archives.value}
    audit.record(actor, "papers.list_approved", "destruction_list", public_id, details)
    db.session.flush()


def _refuse_unless_sound(
    order_no: str, committee: Sequence[str], archives: Archives, archives_on: date
) -> None:
    if not order_no:
        raise Refused(_("Please enter the number of the order."), field="order_no")
    if len(committee) < FEWEST:
        raise Refused(_("A chair and two members at least, one a line."), field="committee")
    today = clock.today()
    if archives_on > today:
        raise Refused(_("This day lies ahead."), field="archives_on")
    if archives is Archives.SILENT and archives_on + SILENCE > today:
        raise Refused(
            _("Sixty days must have passed since the list was sent to them."), field="archives_on"
        )


def give_up_list(*, actor: Viewer, public_id: str, version: int, reason: str) -> None:
    """Nothing on it is destroyed; what is due comes up again. What was approved is given up by
    who may approve."""
    held = load_list(public_id)
    if not (can_draw_up_lists(actor) or can_approve_list(actor, held.made_by_id)):
        raise Forbidden
    _fits(held, version, ListStatus.DRAWN, ListStatus.APPROVED)
    if not reason:
        raise Refused(_("Please write the reason."), field="reason")
    if held.status is ListStatus.APPROVED and not can_approve_list(actor, held.made_by_id):
        raise Forbidden
    held.status, held.drop_reason = ListStatus.DROPPED, reason
    _settle(held.id, Fate.DROPPED)
    audit.record(actor, "papers.list_given_up", "destruction_list", public_id)
    db.session.flush()


def destroy_list(*, actor: Viewer, public_id: str, version: int) -> list[str]:
    """Destroy what was approved. It cannot be undone. Returns the files that are to be removed
    once this is committed (``remove_destroyed``).

    What came into use again meanwhile, or is to be kept longer by now, stays and is due again when
    that is over.
    """
    if not can_draw_up_lists(actor):
        raise Forbidden
    held = _held(public_id, version, ListStatus.APPROVED)
    rows = db.session.execute(
        select(
            Paper.id,
            Paper.public_id,
            Paper.sha256,
            Paper.file_id,
            StoredFile.public_id.label("file"),
        )
        .join(DestructionItem, DestructionItem.paper_id == Paper.id)
        .outerjoin(StoredFile, StoredFile.id == Paper.file_id)
        .where(DestructionItem.list_id == held.id, DestructionItem.fate == Fate.WAITING)
        .where(over(clock.today()), not_in_use())
        .order_by(DestructionItem.place)
    ).all()
    if not rows:
        raise Refused(_("Nothing on this list may be destroyed any more: it is in use again."))
    ids = [row.id for row in rows]
    db.session.execute(
        update(Paper)
        .where(Paper.id.in_(ids))
        .values(
            file_id=None, words=None, destroyed_at=clock.now(), destroyed_by_order=held.order_no
        ),
        execution_options=_QUIETLY,
    )
    db.session.execute(
        update(StoredFile)
        .where(StoredFile.id.in_([row.file_id for row in rows]))
        .values(claimed=False),
        execution_options=_QUIETLY,
    )
    db.session.execute(
        update(DestructionItem)
        .where(DestructionItem.list_id == held.id, DestructionItem.paper_id.in_(ids))
        .values(fate=Fate.DESTROYED),
        execution_options=_QUIETLY,
    )
    _settle(held.id, Fate.DROPPED)
    packed = drop_packages_with(ids)
    held.status = ListStatus.DESTROYED
    held.destroyed_at, held.destroyed_by_id = clock.now(), actor.user_id
    for row in rows:
        details = {"order": held.order_no, "sha256": (row.sha256 or b"").hex()}
        audit.record(actor, "paper.destroyed", "paper", row.public_id, details)
    details = {"order": held.order_no, "papers": str(len(rows))}
    audit.record(actor, "papers.list_destroyed", "destruction_list", public_id, details)
    db.session.flush()
    return packed + [row.file for row in rows if row.file]


def remove_destroyed(files: Sequence[str]) -> None:
    """Take the files of what was destroyed from the disk; after that was committed."""
    for public_id in files:
        remove_file(public_id)
    db.session.commit()


def _settle(list_id: int, fate: Fate) -> None:
    db.session.execute(
        update(DestructionItem)
        .where(DestructionItem.list_id == list_id, DestructionItem.fate == Fate.WAITING)
        .values(fate=fate),
        execution_options=_QUIETLY,
    )


def _waiting(list_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(DestructionItem)
            .where(DestructionItem.list_id == list_id, DestructionItem.fate == Fate.WAITING)
        )
        or 0
    )


def _held(public_id: str, version: int, *status: ListStatus) -> DestructionList:
    held = load_list(public_id)
    _fits(held, version, *status)
    return held


def _fits(held: DestructionList, version: int, *status: ListStatus) -> None:
    if held.status not in status:
        raise Refused(_("This list is past that already."))
    if held.version != version:
        raise StaleRecord(version=held.version, current={})
