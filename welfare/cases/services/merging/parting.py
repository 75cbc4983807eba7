"""Two cases again: what came from the other goes back, what was done since stays and is named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from welfare.cases.counters import Counted, count_change
from welfare.cases.joining import Hands, who_takes_part
from welfare.cases.models import (
    Assistance,
    Case,
    CaseMerge,
    CaseMergeRow,
    DelayQuestion,
    EquipmentLoan,
    HelpDelivery,
)
from welfare.cases.policies import can_edit, can_see
from welfare.cases.queries.loading import lock_case
from welfare.cases.queries.merging import later_merge, made_since
from welfare.cases.services.events import add_event
from welfare.cases.services.merging.choosing import words_of_one
from welfare.cases.services.merging.clocks import part_clocks
from welfare.cases.services.merging.family import part_families
from welfare.cases.services.merging.journal import Journal, values_of
from welfare.cases.services.merging.risks import risk_that_stays
from welfare.cases.services.moving import move_case
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db, hold
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

_BY_STEPS = frozenset({"assignee_id", "status"})


def undo_merge(*, actor: Viewer, merge_id: int, version: int, reason: str) -> str:
    """Take a merge back; returns the number of the case that stands on its own again.

    ``Refused`` says what stands in the way: the survivor closed, or part of a third by now.
    """
    merge = _loaded(merge_id, version)
    survivor, merged = _lock(actor, merge)
    journal = Journal(merge)
    stayed = [*made_since(merge), *risk_that_stays(merge)]
    counted = Counted.of(survivor)
    before = values_of(survivor, ("category_id", "priority"))
    journal.move_back(merged, survivor, {"assistance": _help_along(merge)})
    kept = _facts_back(journal, survivor, merged)
    part_families(merge, survivor, merged, journal)
    was = CaseStatus(merge.was["status"])
    ours, theirs = who_takes_part().part(
        actor=actor, survivor=survivor, merged=merged, was=was, notes=journal
    )
    _question_back(journal, theirs.worker_id)
    clocks = part_clocks(
        survivor, other_kind=before != values_of(survivor, ("category_id", "priority"))
    )
    survivor.search_text = words_of_one(survivor, merged, merge.was.get("words", ""))
    survivor.updated_at = clock.now()
    merge.undone_at, merge.undone_by_id = clock.now(), actor.user_id or None
    merge.undone_reason = reason
    lost = [one.lost for one in (ours, theirs) if one.lost]
    merge.stayed = [*stayed, *(["field", name] for name in kept), *(["words", one] for one in lost)]
    db.session.flush()
    count_change(counted, Counted.of(survivor))
    data = {"merge": merge.id, "stayed": merge.stayed}
    audit.record(actor, "case.gave_out", "case", survivor.number, {"other": merged.number, **data})
    move_case(
        actor=actor, case=merged, action=CaseAction.UNMERGE, text=reason, judged=True,
        data={"verb": "own_again", "case": survivor.number, "merge": merge.id},
        assignee_id=theirs.worker_id, end=theirs.status,
    )  # fmt: skip
    told = {"verb": "gave_out", "case": merged.number, **data, **clocks}
    _hand_back(actor, survivor, ours, reason, told)
    outbox.publish("case.parted", {"number": survivor.number, "other": merged.number})
    db.session.flush()
    return merged.number


def _loaded(merge_id: int, version: int) -> CaseMerge:
    merge = hold(select(CaseMerge).where(CaseMerge.id == merge_id))
    if merge.undone_at is not None or merge.version != version:
        raise Refused(_("This was undone already. Please look at it again."))
    return merge


def _lock(actor: Viewer, merge: CaseMerge) -> tuple[Case, Case]:
    found = {
        case_id: lock_case(case_id) for case_id in sorted((merge.survivor_id, merge.merged_id))
    }
    survivor, merged = found[merge.survivor_id], found[merge.merged_id]
    if survivor is None or merged is None or not can_see(actor, survivor):
        raise NotFound
    if not can_see(actor, merged):
        raise NotFound
    _refuse_state(survivor)
    if not can_edit(actor, survivor):
        raise Forbidden
    return survivor, merged


def _refuse_state(survivor: Case) -> None:
    if survivor.status == CaseStatus.MERGED:
        words = _("%(number)s has itself become part of %(other)s. Undo that first.",
                  number=survivor.number, other=later_merge(survivor.id))  # fmt: skip
        raise Refused(words)
    if survivor.status == CaseStatus.CLOSED:
        raise Refused(
            _("%(number)s is closed. Reopen it first: what came from the other would be closed "
              "with it, and nobody would hear of it.", number=survivor.number)
        )  # fmt: skip
    if survivor.status == CaseStatus.REVIEW:
        raise Refused(
            _("A manager reads the closing of %(number)s. It must be decided first.",
              number=survivor.number)
        )  # fmt: skip


def _help_along(merge: CaseMerge) -> list[int]:
    """Records of help that requests and loans brought which came with the other case: they go back
    with them, also those made since."""
    came = select(CaseMergeRow.row_id).where(
        CaseMergeRow.merge_id == merge.id, CaseMergeRow.before.is_(None)
    )
    requests = came.where(CaseMergeRow.table_name == "help_requests")
    loans = came.where(CaseMergeRow.table_name == "equipment_loans")
    delivered = select(HelpDelivery.assistance_id).where(HelpDelivery.request_id.in_(requests))
    lent = select(EquipmentLoan.assistance_id).where(EquipmentLoan.id.in_(loans))
    return list(
        db.session.scalars(
            select(Assistance.id).where(or_(Assistance.id.in_(delivered), Assistance.id.in_(lent)))
        )
    )


def _facts_back(journal: Journal, survivor: Case, merged: Case) -> list[str]:
    """Facts that still stand as the merge left them; the names of those that do not."""
    kept = []
    for row_id, (before, after) in journal.was("cases").items():
        case = survivor if row_id == survivor.id else merged
        for name, value in before.items():
            if name in _BY_STEPS:
                continue
            if getattr(case, name) == after[name]:
                setattr(case, name, value)
            elif case is survivor:
                kept.append(name)
    journal.put_back("case_stages")
    return kept


def _question_back(journal: Journal, worker_id: int | None) -> None:
    """Why the other is late is asked as before, of whoever has it now."""
    journal.put_back("delay_questions")
    for question_id in journal.was("delay_questions"):
        question = db.session.get(DelayQuestion, question_id)
        if question is not None and question.answered_at is None:
            question.owner_id = worker_id


def _hand_back(
    actor: Viewer, survivor: Case, hands: Hands, text: str, data: dict[str, Any]
) -> None:
    if (survivor.assignee_id, survivor.status) == (hands.worker_id, hands.status):
        add_event(actor=actor, case=survivor, kind=EventKind.PARTED, text=text, data=data)
        return
    move_case(
        actor=actor, case=survivor, action=CaseAction.GIVE_OUT, text=text, data=data,
        assignee_id=hands.worker_id, end=hands.status, judged=True,
    )  # fmt: skip
