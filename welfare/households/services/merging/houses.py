"""Two records of one house become one."""

from __future__ import annotations

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden
from welfare.core.security.permissions import Viewer
from welfare.households import policies
from welfare.households.kinds import PairKind
from welfare.households.likeness import compare_houses
from welfare.households.models import Household, Membership
from welfare.households.models.changes import ChangeKind
from welfare.households.models.keys import household_key
from welfare.households.parts import tell_new_words
from welfare.households.queries.duplicates.fields import (
    HOUSEHOLD_UNITS,
    A,
    chosen_values,
    defaults,
)
from welfare.households.queries.duplicates.records import houses_by_id
from welfare.households.queries.duplicates.stays import combine_members
from welfare.households.queries.loading import load_household
from welfare.households.services.merging.following import repoint_all, settle_pairs
from welfare.households.services.merging.heirs import said_headless, settle_heirs
from welfare.households.services.merging.lodging import apply_plan, stays_of
from welfare.households.services.merging.outcome import (
    REASON_LENGTH,
    UNKNOWN,
    Merged,
    Ours,
    must_be_seen,
    must_merge,
    settled,
    taken,
)
from welfare.households.services.operations.invariants import must_hold, without_head
from welfare.households.services.operations.running import or_nothing
from welfare.households.services.operations.scene import lock_all
from welfare.households.services.recording import Recording, recorded


def merge_houses(*, actor: Viewer, a: str, b: str, version: int, ours: Ours) -> Merged:
    """The record of the one becomes part of the other's: members, surveys, needs, photos, cases.

    That two households move together is an operation, not a merge. Errors as ``merge_people``.
    """
    must_merge(actor, a, b)
    one, other = load_household(a, viewer=actor), load_household(b, viewer=actor)
    if not all(policies.can_edit(actor, house.village_no) for house in (one, other)):
        raise Forbidden
    ids = (one.id, other.id)
    with or_nothing():
        people = set(
            db.session.scalars(select(Membership.person_id).where(Membership.household_id.in_(ids)))
        )
        lock_all(ids, people)
        must_be_seen(version, one.version, other.version)
        merge = _Merge(actor, one, other, ours)
        number = merge.run(people)
    return Merged(number, merge.survivor.number, merge.loser.number)


class _Merge:
    """One merge, step by step; everything is locked."""

    def __init__(self, actor: Viewer, a: Household, b: Household, ours: Ours) -> None:
        self.actor, self.ours = actor, ours
        self.a, self.b = a, b
        self.survivor, self.loser = (a, b) if ours.survivor == A else (b, a)
        proposed = defaults(HOUSEHOLD_UNITS, a, b, ours.survivor)
        self.sides = settled(HOUSEHOLD_UNITS, proposed, ours)
        self.values = chosen_values(HOUSEHOLD_UNITS, a, b, self.sides)

    def run(self, people: set[int]) -> str:
        """Do it all in one change set; its number."""
        survivor, loser = self.survivor, self.loser
        ids = (survivor.id, loser.id)
        pair = houses_by_id(ids)
        likeness = compare_houses(pair[ids[0]], pair[ids[1]]) if len(pair) > 1 else UNKNOWN
        old_words = (survivor.search_key, loser.search_key)
        units = taken(HOUSEHOLD_UNITS, self.a, self.b, self.sides, self.ours.survivor)
        headless = without_head(ids)
        reason, day = self.ours.reason[:REASON_LENGTH], clock.today()
        with recorded(self.actor, ChangeKind.MERGE_HOUSEHOLDS, day=day, reason=reason) as changes:
            self._members(changes)
            repoint_all(changes, "household", loser.id, survivor.id)
            self._columns()
            settle_pairs(
                self.actor, PairKind.HOUSEHOLD, loser.id, survivor.id, likeness, changes.number
            )
            if len(headless) == 2 or not people:
                headless = headless | {survivor.id}
            settle_heirs(self.actor, {survivor.id} - headless, self.ours.heirs)
            must_hold(
                {survivor.id}, people,
                headless=headless | said_headless({survivor.id}, self.ours.heirs),
            )  # fmt: skip
        for before in old_words:
            tell_new_words(before, survivor.search_key, household_id=survivor.id)
        self._note(changes.number, units)
        return changes.number

    def _members(self, changes: Recording) -> None:
        links = db.session.scalars(
            select(Membership)
            .where(Membership.household_id.in_((self.survivor.id, self.loser.id)))
            .order_by(Membership.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        plan = combine_members(stays_of(links), survivor=self.survivor.id)
        apply_plan(changes, plan, household_id=self.survivor.id)

    def _columns(self) -> None:
        survivor, loser = self.survivor, self.loser
        if self.values["house_code"] != survivor.house_code:
            loser.house_code = None
        loser.merged_into_id = survivor.id
        db.session.flush()
        for column, value in self.values.items():
            if getattr(survivor, column) != value:
                setattr(survivor, column, value)
        survivor.search_key = household_key(
            survivor.house_no, survivor.community, survivor.lane, survivor.road, survivor.landmark
        )
        survivor.updated_at = loser.updated_at = clock.now()
        db.session.flush()

    def _note(self, change: str, units: list[str]) -> None:
        survivor, loser = self.survivor.number, self.loser.number
        audit.record(
            self.actor, "household.merged", "household", survivor,
            {"other": loser, "change": change, "taken": units},
        )  # fmt: skip
        audit.record(self.actor, "household.merged_away", "household", loser, {"into": survivor})
        db.session.flush()
