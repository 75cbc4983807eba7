"""Two records of one person become one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import FactKind, PairKind
from welfare.households.likeness import compare_people
from welfare.households.models import Household, Membership, Person
from welfare.households.models.changes import ChangeKind
from welfare.households.parts import tell_new_words
from welfare.households.queries.duplicates.fields import (
    PERSON_UNITS,
    A,
    chosen_values,
    defaults,
)
from welfare.households.queries.duplicates.records import people_by_id
from welfare.households.queries.duplicates.stays import combine
from welfare.households.queries.health import sees_health
from welfare.households.queries.loading import load_person
from welfare.households.services.merging.following import (
    care_for_nobody_themselves,
    put_parents_together,
    repoint_all,
    settle_pairs,
)
from welfare.households.services.merging.heirs import must_cover_all, said_headless, settle_heirs
from welfare.households.services.merging.lodging import apply_plan, stays_of
from welfare.households.services.merging.naming import (
    keep_numbers,
    keep_phones,
    put_names_together,
    search_words,
    words_of,
)
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
from welfare.households.services.projecting import (
    before_facts,
    follow_edit,
    kinds_of,
    project,
)
from welfare.households.services.recording import Recording, recorded


def merge_people(*, actor: Viewer, a: str, b: str, version: int, ours: Ours) -> Merged:
    """The record of the one becomes part of the other's: names, numbers, stays, facts, cases.

    ``a`` and ``b`` are numbers, ``version`` what ``seen_versions`` gave when they were compared.
    ``Refused`` with the reason in words, ``StaleRecord`` when one was changed meanwhile,
    ``MergedAway`` when one is part of another already.
    """
    must_merge(actor, a, b)
    one, other = load_person(a, viewer=actor), load_person(b, viewer=actor)
    ids = (one.id, other.id)
    houses = _houses(ids)
    with or_nothing():
        lock_all(houses, ids)
        must_be_seen(version, one.version, other.version)
        merge = _Merge(actor, one, other, ours)
        must_cover_all(actor, merge.links)
        number = merge.run(houses)
    return Merged(number, merge.survivor.number, merge.loser.number)


def _houses(people: Collection[int]) -> set[int]:
    rows = db.session.scalars(
        select(Membership.household_id).where(Membership.person_id.in_(people))
    )
    return set(rows)


class _Merge:
    """One merge, step by step; everything is locked."""

    def __init__(self, actor: Viewer, a: Person, b: Person, ours: Ours) -> None:
        self.actor, self.ours = actor, ours
        self.a, self.b = a, b
        self.survivor, self.loser = (a, b) if ours.survivor == A else (b, a)
        self.links = list(
            db.session.scalars(
                select(Membership)
                .where(Membership.person_id.in_((a.id, b.id)))
                .order_by(Membership.id)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
        )
        proposed = defaults(PERSON_UNITS, a, b, ours.survivor)
        sees = sees_health(actor, a.id) and sees_health(actor, b.id)
        mine = tuple(unit for unit in PERSON_UNITS if sees or not unit.health)
        self.sides = settled(mine, proposed, ours)
        self.values = chosen_values(PERSON_UNITS, a, b, self.sides)

    def run(self, houses: set[int]) -> str:
        """Do it all in one change set; its number. ``houses``: where the two belong before it, some
        of which they may belong to no more."""
        headless = without_head(houses)
        survivor, loser = self.survivor, self.loser
        old_words = (survivor.search_key, loser.search_key)
        ids = (survivor.id, loser.id)
        pair = people_by_id(ids)
        likeness = compare_people(pair[ids[0]], pair[ids[1]]) or UNKNOWN
        taken_units = taken(PERSON_UNITS, self.a, self.b, self.sides, self.ours.survivor)
        reason = self.ours.reason[:REASON_LENGTH]
        day = clock.today()
        with recorded(self.actor, ChangeKind.MERGE, day=day, reason=reason) as changes:
            self._stays(changes)
            self._facts(changes)
            self._columns()
            put_parents_together(loser.id, survivor.id)
            care_for_nobody_themselves(survivor.id)
            settle_pairs(
                self.actor, PairKind.PERSON, loser.id, survivor.id, likeness, changes.number
            )
            houses |= _houses(ids)
            settle_heirs(self.actor, houses - headless, self.ours.heirs)
            must_hold(houses, ids, headless=headless | said_headless(houses, self.ours.heirs))
        for before in old_words:
            tell_new_words(before, survivor.search_key, person_id=survivor.id)
        self._note(changes.number, taken_units)
        return changes.number

    def _stays(self, changes: Recording) -> None:
        plan = combine(
            stays_of(self.links),
            survivor=self.survivor.id,
            home=self._home(),
            died=self.values["deceased_on"],
        )
        apply_plan(changes, plan, person_id=self.survivor.id)

    def _home(self) -> int | None:
        if not self.ours.home:
            return None
        open_now = [link.household_id for link in self.links if link.to_day is None]
        found = db.session.scalar(select(Household.id).where(Household.number == self.ours.home))
        if found not in open_now:
            raise Refused(_("Please choose where they live."), field="home")
        return found

    def _facts(self, changes: Recording) -> None:
        """What was known in columns alone becomes a fact, so that nothing of it is lost."""
        for person in (self.survivor, self.loser):
            for kind in FactKind:
                before_facts(person, kind)
        repoint_all(changes, "person", self.loser.id, self.survivor.id)
        project(self.survivor)

    def _columns(self) -> None:
        survivor, loser = self.survivor, self.loser
        before = words_of(survivor)
        numbers = [(person.id_kind, person.identifier or "") for person in (survivor, loser)]
        phones = [survivor.phone, loser.phone]
        differing = {c for c, value in self.values.items() if getattr(survivor, c) != value}
        for column in differing:
            setattr(survivor, column, self.values[column])
        self._clear_loser()
        db.session.flush()
        if kinds := kinds_of(differing):
            follow_edit(self.actor, survivor, kinds)
        note = _("from the record %(number)s", number=loser.number)
        keep_numbers(survivor, numbers, note)
        keep_phones(survivor, phones, note)
        put_names_together(survivor, loser, before)
        survivor.search_key = search_words(survivor)
        survivor.updated_at = loser.updated_at = clock.now()
        db.session.flush()

    def _clear_loser(self) -> None:
        """A record that is only a number any more has neither ID nor telephone of its own."""
        loser = self.loser
        loser.identifier = loser.phone = None
        loser.identifier_index = loser.phone_index = None
        loser.merged_into_id = self.survivor.id

    def _note(self, change: str, units: list[str]) -> None:
        survivor, loser = self.survivor.number, self.loser.number
        said: dict[str, Any] = {"other": loser, "change": change, "taken": units}
        audit.record(self.actor, "person.merged", "person", survivor, said)
        audit.record(self.actor, "person.merged_away", "person", loser, {"into": survivor})
        db.session.flush()
