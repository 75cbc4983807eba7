"""Every step of the workflow as staff take it, and a rule of its own on who may take which.

The rule knows the one table of transitions and the rights of each role, and nothing of the
policies: what the program allows is compared with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from tests import cast
from welfare.cases import queries, services
from welfare.cases.models import Case, CaseMerge, Category
from welfare.cases.services import Chosen, Pair, Side
from welfare.cases.workflow import TRANSITIONS, CaseAction, CaseStatus, Outcome
from welfare.core.db import db
from welfare.core.security.permissions import ROLE_PERMISSIONS, Permission, Viewer
from welfare.dispatch import services as dispatch
from welfare.dispatch.models import Assignment

A, S = CaseAction, CaseStatus
EVERYBODY = (cast.ORN, cast.KAN, cast.TON, cast.MALEE, cast.ANAN, cast.AEK, cast.WAN)
REVIEWED = "disability"
"""The kind of trouble whose closings a manager looks over, in these walks."""


def review_closings() -> None:
    """Let one kind of trouble be closed by managers only."""
    chosen = db.update(Category).where(Category.code == REVIEWED)
    db.session.execute(chosen.values(review_closing=True))
    db.session.commit()
    queries.forget_kept()


@dataclass(frozen=True)
class Standing:
    """A case as the database has it."""

    number: str
    status: CaseStatus
    assignee_id: int | None
    opened_by_id: int | None
    reviewed: bool
    version: int


def standing(number: str) -> Standing:
    """How a case stands now, whoever may see it."""
    row = db.session.execute(
        select(
            Case.number, Case.status, Case.assignee_id, Case.opened_by_id, Case.category_id,
            Case.version,
        ).where(Case.number == number)
    ).one()  # fmt: skip
    category = queries.category_by_id(row.category_id)
    assert category is not None
    return Standing(
        row.number, row.status, row.assignee_id, row.opened_by_id, category.review_closing,
        row.version,
    )  # fmt: skip


def sees(actor: Viewer, case: Standing) -> bool:
    """Who may know of a normal case: who sees all, and who works on it or opened it."""
    rights = frozenset().union(*(ROLE_PERMISSIONS[role] for role in actor.roles))
    if Permission.VIEW_ALL_CASES in rights:
        return True
    return Permission.VIEW_CASES in rights and actor.user_id in (
        case.assignee_id, case.opened_by_id,
    )  # fmt: skip


def may(actor: Viewer, case: Standing, action: CaseAction) -> bool:
    """Whether the table and the rights of the role allow this step of this case."""
    rights = frozenset().union(*(ROLE_PERMISSIONS[role] for role in actor.roles))
    fitting = [one for one in TRANSITIONS if (one.before, one.action) == (case.status, action)]
    if not fitting or fitting[0].permission not in rights or not sees(actor, case):
        return False
    asks = case.reviewed and Permission.DECIDE_ASSISTANCE not in rights
    if (action is A.CLOSE and asks) or (action is A.ASK_CLOSE and not asks):
        return False
    return not fitting[0].assignee_only or case.assignee_id == actor.user_id


def said(action: CaseAction, actor: Viewer, case: Standing) -> CaseAction:
    """Closing is one button: it closes, or asks a manager."""
    if action not in (A.CLOSE, A.ASK_CLOSE):
        return action
    return A.CLOSE if may(actor, case, A.CLOSE) else A.ASK_CLOSE


def pair_of(survivor: str, other: str) -> Pair:
    """The two as they stand now."""
    return Pair(survivor, other, standing(survivor).version, standing(other).version)


def last_version(number: str) -> int:
    """The version of the newest assignment of a case; 0: it never had one."""
    found = db.session.scalar(
        select(Assignment.version)
        .join(Case, Case.id == Assignment.case_id)
        .where(Case.number == number)
        .order_by(Assignment.id.desc())
        .limit(1)
    )
    return found or 0


def merge_behind(number: str) -> CaseMerge | None:
    """The merge that stands, in which a case took part."""
    return db.session.scalar(
        select(CaseMerge)
        .join(Case, (Case.id == CaseMerge.survivor_id) | (Case.id == CaseMerge.merged_id))
        .where(Case.number == number, CaseMerge.undone_at.is_(None))
        .order_by(CaseMerge.id.desc())
        .limit(1)
    )


def undo(actor: Viewer, number: str) -> None:
    """Undo the merge that stands, if there is one."""
    found = merge_behind(number)
    services.undo_merge(
        actor=actor,
        merge_id=found.id if found else 0,
        version=found.version if found else 0,
        reason="เดินต่อ",
    )


Take = Callable[[Viewer, str, str], object]
"""``take(actor, number, other)``: one step of a case; ``other`` is a second one for merges."""


def _version(number: str) -> int:
    return standing(number).version


def _offer(actor: Viewer, number: str, other: str) -> None:
    kan, ton = (cast.viewer(name).user_id for name in (cast.KAN, cast.TON))
    worker = ton if standing(number).assignee_id == kan else kan
    dispatch.offer_case(actor=actor, number=number, worker_id=worker)


def _close(actor: Viewer, number: str, other: str) -> None:
    services.close_case(
        actor=actor, number=number, version=_version(number), outcome=Outcome.SOLVED,
        outcome_note="เสร็จแล้ว", open_known=True,
    )  # fmt: skip


def _take_in(actor: Viewer, number: str, other: str) -> None:
    chosen = Chosen(worker=Side.THEIRS)
    services.merge_cases(actor=actor, pair=pair_of(number, other), chosen=chosen)


TAKE: dict[CaseAction, Take] = {
    A.OFFER: _offer,
    A.ACCEPT: lambda actor, number, _o: dispatch.accept_case(actor=actor, number=number),
    A.DECLINE: lambda actor, number, _o: dispatch.decline_case(
        actor=actor, number=number, reason="ไม่ว่าง"
    ),
    A.TAKE_BACK: lambda actor, number, _o: dispatch.take_back_case(
        actor=actor, number=number, reason="ให้คนอื่น"
    ),
    A.WAIT: lambda actor, number, _o: services.wait_case(
        actor=actor, number=number, version=_version(number), reason="รอเอกสาร"
    ),
    A.RESUME: lambda actor, number, _o: services.resume_case(
        actor=actor, number=number, version=_version(number)
    ),
    A.CLOSE: _close,
    A.ASK_CLOSE: _close,
    A.SEND_BACK: lambda actor, number, _o: services.send_back_case(
        actor=actor, number=number, version=_version(number), reason="ยังขาดเอกสาร"
    ),
    A.REOPEN: lambda actor, number, _o: services.reopen_case(
        actor=actor, number=number, version=_version(number), reason="ยังไม่จบ"
    ),
    A.UNDO_DECLINE: lambda actor, number, _o: dispatch.undo_decline(
        actor=actor, number=number, version=last_version(number)
    ),
    A.UNDO_TAKE_BACK: lambda actor, number, _o: dispatch.undo_take_back(
        actor=actor, number=number, version=last_version(number)
    ),
    A.MERGE: lambda actor, number, other: services.merge_cases(
        actor=actor, pair=pair_of(other, number), chosen=Chosen()
    ),
    A.TAKE_IN: _take_in,
    A.UNMERGE: lambda actor, number, _o: undo(actor, number),
    A.GIVE_OUT: lambda actor, number, _o: undo(actor, number),
}
"""How each step is taken; closing asks or closes, as the category and the actor make it."""
