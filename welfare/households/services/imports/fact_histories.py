"""What becomes of a person's dated facts when a list says something new of them.

The same rules as :mod:`~welfare.households.services.projecting` follows for a form, over rows that
were read in one for many people.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from welfare.households.facts import COLUMNS
from welfare.households.kinds import SIDE_BY_SIDE, DatePrecision, FactKind, FactSource
from welfare.households.models import PersonFact
from welfare.households.services.imports.noting import Edit
from welfare.households.services.imports.spool import Row
from welfare.households.services.projecting import is_known, newest, put_last

if TYPE_CHECKING:
    from welfare.households.services.imports.composing import Composing


class FactHistory:
    """The facts of one person; ``added`` are new, the newest first, since older ones may refer to
    them."""

    def __init__(self, composing: Composing, person: Row, facts: list[Row]) -> None:
        self._all, self._person = composing, person
        self._read = {row["id"]: row for row in facts}
        self._facts: list[Any] = [SimpleNamespace(**row) for row in facts]
        self._new: list[Any] = []

    def follow(self, kinds: Iterable[FactKind], after: Row) -> None:
        """What stood before the first fact of a kind becomes one; what is new holds from now."""
        was, now = SimpleNamespace(**self._person), SimpleNamespace(**{**self._person, **after})
        for kind in kinds:
            if is_known(was, kind) and not self._of(kind):
                self._add(was, kind, FactSource.FILE)
            if not is_known(now, kind):
                self._end(kind)
                continue
            facts = self._of(kind)
            present = newest(facts)
            fact = self._add(now, kind, FactSource.IMPORT)
            fact.recorded_by_id = self._all.actor.user_id or None
            dated = "from_day" in COLUMNS[kind].values()
            if not dated and kind not in SIDE_BY_SIDE and present:
                fact.from_day = self._all.today
            if present is not None and kind in SIDE_BY_SIDE:
                present.superseded_by_id = fact.id
            put_last(fact, facts)

    @property
    def added(self) -> list[Row]:
        """New facts, the newest first."""
        return [vars(fact) for fact in reversed(self._new)]

    def edits(self) -> list[Edit]:
        """Facts that were there and have been ended or superseded."""
        found = []
        for fact in self._facts:
            before = self._read.get(fact.id)
            if before is not None and vars(fact) != before:
                found.append((before, vars(fact)))
        return found

    def _of(self, kind: FactKind) -> list[Any]:
        return [fact for fact in self._facts if fact.kind == kind]

    def _add(self, person: Any, kind: FactKind, source: FactSource) -> Any:
        row: Row = dict.fromkeys(column.name for column in PersonFact.__table__.columns)
        row |= {
            "person_id": self._person["id"],
            "kind": kind,
            "code": "",
            "from_precision": DatePrecision.DAY,
            "source": source,
            "recorded_at": self._all.now,
            "version": 1,
        }
        for column, target in COLUMNS[kind].items():
            value = getattr(person, column)
            row[target] = ("" if value is None else str(value)) if target == "code" else value
        del row["id"]
        fact = SimpleNamespace(**self._all.notes.named(PersonFact, row))
        self._facts.append(fact)
        self._new.append(fact)
        return fact

    def _end(self, kind: FactKind) -> None:
        for fact in self._of(kind):
            if fact.to_day is None and fact.withdrawn_at is None and fact.superseded_by_id is None:
                fact.to_day = max(self._all.today, fact.from_day or self._all.today)
