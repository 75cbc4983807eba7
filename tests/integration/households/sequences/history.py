"""Runs sequences and watches: every refusal leaves nothing, every undo restores exactly."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from tests.integration.households.sequences.steps import Stage, Step
from tests.integration.households.sequences.truth import faults, strays, without_head
from tests.integration.households.sequences.world import Rows, World, changed
from welfare.core.db import db
from welfare.core.errors import NotFound, Refused
from welfare.households import services
from welfare.households.errors import MergedAway
from welfare.households.models.changes import ChangeSet
from welfare.households.queries.strays import households_without_head, people_without_household
from welfare.households.services.merging import undo_merge


@dataclass(eq=False)
class Done:
    """One change set with the rows before and after. ``root``: what was done in the first place, if
    this is an undo of it, or the undo of that."""

    number: str
    root: str
    before: Rows
    after: Rows
    merge: bool = False
    undone: bool = False


@dataclass
class History:
    """What was done to a world so far. ``line``: what leads from the first day to the present,
    undos included; without what has been taken back at once."""

    world: World
    counts: Counter[str] = field(default_factory=Counter)
    done: list[Done] = field(default_factory=list)
    line: list[Done] = field(default_factory=list)
    headless: set[int] = field(default_factory=set)
    mixed: bool = False

    def start(self) -> "History":
        """The world as it is before the first step."""
        self.stage = Stage(self.world)
        self.present = self.world.rows()
        self.first = self.present
        assert faults(self.present) == []
        return self

    def take(self, step: Step) -> None:
        """Do one step, an operation or an undo."""
        if step.kind == "undo":
            self._undo_some(step)
        else:
            self._operate(step)

    def _operate(self, step: Step) -> None:
        last = self._last_set()
        people, houses = list(self.world.people), list(self.world.households)
        try:
            self.stage.act(step)
        except (Refused, NotFound, MergedAway):
            db.session.rollback()
            self.world.people, self.world.households = people, houses
            self._nothing_happened()
            self.counts[f"{step.kind} refused"] += 1
            return
        db.session.commit()
        before, self.present = self.present, self.world.rows()
        self.counts[step.kind] += 1
        allowed = step.flag(1) or step.kind == "note"
        self._look(said=without_head(self.present) if allowed else set(), before=before)
        for number in self._sets_since(last):
            merge = step.kind.startswith("merge")
            self.done.append(Done(number, number, before, self.present, merge))
            self.line.append(self.done[-1])

    def _undo_some(self, step: Step) -> None:
        if self.done:
            self.undo(self.done[step.one % len(self.done)])

    def undo(self, which: Done, *, must: bool = False) -> None:
        """Take a set back, or be refused and change nothing."""
        earlier, last = self.present, self._last_set()
        latest = not changed(which.after, earlier)
        try:
            told = self._take_back(which)
        except (Refused, NotFound):
            db.session.rollback()
            assert not must, "the last thing done can be taken back"
            self._nothing_happened()
            self.counts["undo refused"] += 1
            return
        db.session.commit()
        self.present = self.world.rows()
        self.counts["undo"] += 1
        touched = changed(which.before, which.after)
        later = {key for key in touched if earlier.get(key) != which.after.get(key)}
        assert which.merge or not later, "a strict undo went over later changes"
        if not later:
            for key in touched - told:
                assert self.present.get(key) == which.before.get(key), f"{key} is not as it was"
        others = changed(earlier, self.present) - touched
        assert not others, f"the undo touched {others}"
        assert not (latest and told), "the last thing done goes back as a whole"
        which.undone = True
        self._look(said=without_head(which.before), before=earlier)
        (number,) = self._sets_since(last)
        if which.merge:
            self._two_again(which, latest)
        else:
            self.done.append(Done(number, which.root, earlier, self.present))
            self._follow(self.done[-1])

    def _two_again(self, merge: Done, latest: bool) -> None:
        """A merge is undone for good, with nothing that came after it there any more, or all."""
        if latest and merge in self.line:
            del self.line[self.line.index(merge) :]
        self.mixed |= not latest

    def _follow(self, undo: Done) -> None:
        last = self.line[-1] if self.line else undo
        if last.root == undo.root and last is not undo and not changed(last.before, undo.after):
            self.line.pop()
        else:
            self.line.append(undo)

    def _take_back(self, which: Done) -> set[tuple[str, int]]:
        """The rows of which it says that they stay as they are in part: somebody else has become
        head, or lives elsewhere, since the merge."""
        if which.merge:
            done = undo_merge(actor=self.world.actor, number=which.number, reason="คนละคน")
            return {(kept.table_name, kept.row_id) for kept in done.kept}
        services.take_back(actor=self.world.actor, number=which.number, reason="ผิด")
        return set()

    def undo_all(self) -> None:
        """Everything back, the last first, undos too: the world is as on the first day.

        A merge that was undone before what came after it leaves the later words standing: then
        what is still to be undone may be refused, and the invariants are all that is asked.
        """
        if self.mixed:
            for which in reversed(self._standing()):
                self.undo(which)
            return
        while self.line:
            step = self.line[-1]
            self.undo(self._carrier(step.root), must=True)
            assert not changed(step.before, self.present), "each step goes back as it was taken"
        assert not changed(self.first, self.present)

    def _carrier(self, root: str) -> Done:
        """The last of what was done, taken back and done again: that is what can be undone."""
        return next(each for each in reversed(self.done) if each.root == root)

    def _standing(self) -> list[Done]:
        """Sets whose effect is there: neither undone, nor the undo of one."""
        numbers = {each.number: each for each in self.done if not each.undone}
        rows = db.session.execute(select(ChangeSet.number, ChangeSet.id, ChangeSet.undoes_id)).all()
        by_id = {row.id: row for row in rows}
        found = []
        for row in sorted(rows, key=lambda row: row.id):
            depth, one = 0, row
            while one.undoes_id is not None:
                depth, one = depth + 1, by_id[one.undoes_id]
            if row.number in numbers and depth % 2 == 0:
                found.append(numbers[row.number])
        db.session.rollback()
        return found

    def _look(self, *, said: set[int], before: Rows) -> None:
        self.headless |= said
        self.headless &= without_head(self.present)
        found = faults(self.present, headless=self.headless | without_head(before))
        assert found == [], found
        actor, first = self.world.actor, self.world.first
        listed = people_without_household(viewer=actor, after=first["people"], limit=1000)
        missing = strays(self.present) - {row.number for row in listed}
        assert not missing, f"lost: {missing}"
        flagged = households_without_head(viewer=actor, after=first["households"], limit=1000)
        assert without_head(self.present) <= {row.id for row in flagged}
        db.session.rollback()

    def _nothing_happened(self) -> None:
        now = self.world.rows()
        assert changed(self.present, now) == set(), "a refusal changed something"

    def _last_set(self) -> int:
        found = db.session.scalar(select(ChangeSet.id).order_by(ChangeSet.id.desc()).limit(1))
        return found or 0

    def _sets_since(self, last: int) -> list[str]:
        return list(
            db.session.scalars(
                select(ChangeSet.number).where(ChangeSet.id > last).order_by(ChangeSet.id)
            )
        )
