"""Two cases that are one: everything that hangs on the other comes to the one that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from welfare.cases.counters import Counted, count_change
from welfare.cases.joining import Hands, who_takes_part
from welfare.cases.models import Case, CaseMerge, DelayQuestion
from welfare.cases.policies import can_merge, can_see
from welfare.cases.queries.loading import lock_case, merged_away
from welfare.cases.queries.merging import id_behind, marks
from welfare.cases.services.events import add_event
from welfare.cases.services.merging.choosing import Chosen, Side, chosen_values, words_of_both
from welfare.cases.services.merging.clocks import join_clocks
from welfare.cases.services.merging.family import join_families, join_links
from welfare.cases.services.merging.journal import Journal, values_of
from welfare.cases.services.merging.risks import join_risks
from welfare.cases.services.moving import move_case
from welfare.cases.workflow import CaseAction, CaseStatus, EventKind
from welfare.core import audit, clock, outbox
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases as somebody saw them."""

    survivor: str
    other: str
    version: int
    other_version: int


def merge_cases(*, actor: Viewer, pair: Pair, chosen: Chosen, reason: str = "") -> int:
    """Make one case of two; returns the id of the merge, by which it can be undone.

    Both must be seen, changeable and open (``Refused`` with words otherwise); who saw another
    version of one of them sees it anew first (``StaleRecord``).
    """
    survivor, merged = lock_both(actor, pair)
    theirs = _whose_worker(actor, survivor, merged, chosen)
    merge = _begun(actor, survivor, merged, reason)
    journal = Journal(merge)
    hands = who_takes_part().join(
        actor=actor, survivor=survivor, merged=merged, theirs=theirs, notes=journal
    )
    counted = Counted.of(survivor)
    data = _facts(actor, survivor, merged, chosen, journal)
    _point(actor, merged, survivor, merge, reason, journal)
    moved = journal.move_all(merged, survivor)
    _lapse_question(merged, journal)
    merge.was = {**merge.was, **join_risks(actor, survivor, merged)}
    merge.was = {**merge.was, **join_families(actor, survivor, merged, journal)}
    join_links(survivor, merged, journal)
    kept = {"verb": "took_in", "case": merged.number, "merge": merge.id, "moved": moved, **data}
    survivor.updated_at = clock.now()
    details = {"other": merged.number, "merge": merge.id, "moved": moved}
    audit.record(actor, "case.took_in", "case", survivor.number,
                 {**details, **_untold(audit.changes_of(survivor))})  # fmt: skip
    db.session.flush()
    count_change(counted, Counted.of(survivor))
    _hand_on(actor, survivor, hands, reason, kept)
    numbers = {"number": survivor.number, "other": merged.number}
    outbox.publish("case.merged", numbers)
    db.session.flush()
    return merge.id


def lock_both(actor: Viewer, pair: Pair) -> tuple[Case, Case]:
    """The two cases, locked in the order of their ids whoever asks for what."""
    if pair.survivor == pair.other:
        raise Refused(_("This is one and the same case."), field="other")
    ids = {number: id_behind(number) for number in (pair.survivor, pair.other)}
    found: dict[str, Case] = {}
    for number, case_id in sorted(ids.items(), key=lambda item: item[1] or 0):
        case = lock_case(case_id) if case_id is not None else None
        if case is None or not can_see(actor, case):
            if number == pair.survivor:
                raise NotFound
            raise Refused(_("There is no other case with this number that you may see."),
                          field="other")  # fmt: skip
        found[number] = case
    survivor, merged = found[pair.survivor], found[pair.other]
    for case, version in ((survivor, pair.version), (merged, pair.other_version)):
        if case.status == CaseStatus.MERGED:
            raise merged_away(case.number, viewer=actor)
        _refuse_state(case)
        if not can_merge(actor, case):
            raise Forbidden
        if case.version != version:
            raise StaleRecord(version=case.version, current={})
    return survivor, merged


def _refuse_state(case: Case) -> None:
    if case.status == CaseStatus.CLOSED:
        raise Refused(
            _("%(number)s is closed. Reopen it first, if its trouble is not over.",
              number=case.number)
        )  # fmt: skip
    if case.status == CaseStatus.REVIEW:
        raise Refused(
            _("A manager reads the closing of %(number)s. It must be decided first.",
              number=case.number)
        )  # fmt: skip


def _whose_worker(actor: Viewer, survivor: Case, merged: Case, chosen: Chosen) -> bool:
    """Whether the other's worker goes on with it: as chosen, or because there is no other."""
    both = survivor.assignee_id is not None and merged.assignee_id is not None
    two = both and survivor.assignee_id != merged.assignee_id
    if two and not actor.can(Permission.ASSIGN_CASES):
        raise Refused(_("Two workers have these cases. Only who gives out work may make them one."))
    if not both:
        return merged.assignee_id is not None
    return chosen.worker is Side.THEIRS


def _begun(actor: Viewer, survivor: Case, merged: Case, reason: str) -> CaseMerge:
    merge = CaseMerge(
        survivor_id=survivor.id,
        merged_id=merged.id,
        into_id=survivor.id,
        reason=reason,
        made_by_id=actor.user_id or None,
        made_at=clock.now(),
        was={
            "status": merged.status.value,
            "worker": merged.assignee_id,
            "words": survivor.search_text,
            "marks": marks(survivor.id),
        },
        stayed=[],
    )
    db.session.add(merge)
    db.session.flush()
    return merge


_FACTS = ("title", "summary", "category_id", "priority", "sensitivity",
          "household_id", "person_id", "village_no")  # fmt: skip


def _facts(
    actor: Viewer, survivor: Case, merged: Case, chosen: Chosen, journal: Journal
) -> dict[str, Any]:
    """The survivor's facts as chosen; its deadlines; found by the words of both."""
    before = values_of(survivor, _FACTS)
    values = chosen_values(survivor, merged, chosen)
    if not actor.covers(values.get("village_no", survivor.village_no)):
        raise Refused(_("This village is outside your area."), field="subject")
    with db.session.no_autoflush:
        journal.put(survivor, **values)
        other_kind = bool({"category_id", "priority"} & {*_changed(before, survivor)})
    db.session.flush()
    clocks = join_clocks(
        actor=actor, survivor=survivor, merged=merged, other_kind=other_kind, journal=journal
    )
    survivor.search_text = words_of_both(survivor, merged)
    fields = _changed(before, survivor)
    return {**clocks, **({"fields": fields} if fields else {})}


def _changed(before: dict[str, Any], case: Case) -> list[str]:
    now = values_of(case, before)
    return sorted(name for name in before if before[name] != now[name])


def _point(
    actor: Viewer, merged: Case, survivor: Case, merge: CaseMerge, reason: str, journal: Journal
) -> None:
    """The other becomes a pointer; whatever pointed to it points to the survivor."""
    journal.put(merged, sensitivity=survivor.sensitivity)
    move_case(
        actor=actor, case=merged, action=CaseAction.MERGE, text=reason,
        data={"verb": "became_part", "case": survivor.number, "merge": merge.id},
    )  # fmt: skip
    db.session.execute(
        update(CaseMerge)
        .where(CaseMerge.into_id == merged.id, CaseMerge.undone_at.is_(None))
        .values(into_id=survivor.id)
    )


def _lapse_question(merged: Case, journal: Journal) -> None:
    """Nobody need say any more why the other is late: its work is the survivor's."""
    for question in db.session.scalars(
        select(DelayQuestion).where(
            DelayQuestion.case_id == merged.id, DelayQuestion.answered_at.is_(None)
        )
    ):
        journal.put(question, answered_at=clock.now())


def _hand_on(actor: Viewer, survivor: Case, hands: Hands, text: str, data: dict[str, Any]) -> None:
    """Say it on the survivor's timeline; if its worker or state changes, by a step of the table."""
    if (survivor.assignee_id, survivor.status) == (hands.worker_id, hands.status):
        add_event(actor=actor, case=survivor, kind=EventKind.MERGED, text=text, data=data)
        return
    move_case(
        actor=actor, case=survivor, action=CaseAction.TAKE_IN, text=text, data=data,
        assignee_id=hands.worker_id, end=hands.status,
    )  # fmt: skip


def _untold(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in changes.items() if name not in {"search_text", "version"}}
