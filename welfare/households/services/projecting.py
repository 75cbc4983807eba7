"""The columns of a person that repeat their newest facts, kept in step in both directions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select

from welfare.core import clock
from welfare.core.db import db
from welfare.core.security.permissions import Viewer
from welfare.households.facts import COLUMNS, EMPTY, KEEP
from welfare.households.kinds import (
    SIDE_BY_SIDE,
    Disability,
    FactKind,
    FactSource,
    MaritalStatus,
    YesNo,
)
from welfare.households.models import Person, PersonFact

TURNED: dict[str, Any] = {
    "disability": Disability,
    "welfare_card": YesNo,
    "marital_status": MaritalStatus,
}


def project(person: Person, *kinds: FactKind) -> None:
    """Set the columns of a loaded, locked person from what stands; without kinds, all of them."""
    wanted = [kind for kind in (kinds or COLUMNS) if kind in COLUMNS]
    if not wanted:
        return
    db.session.flush()
    facts = _facts(person.id, wanted)
    for kind in wanted:
        of_kind = [fact for fact in facts if fact.kind == kind]
        if of_kind:
            _set(person, kind, newest(of_kind))


def newest(facts: Iterable[Any]) -> Any:
    """The one that holds today, of facts of one kind in any order."""
    today = clock.today()
    standing = sorted(
        (fact for fact in facts if fact.withdrawn_at is None and fact.superseded_by_id is None),
        key=lambda fact: (fact.from_day or date.min, fact.id),
    )
    if standing and standing[-1].kind in SIDE_BY_SIDE:
        standing = [fact for fact in standing if fact.to_day is None or fact.to_day > today]
    last = standing[-1] if standing else None
    ended = last is not None and last.to_day is not None and last.to_day <= today
    return None if ended else last


def before_facts(person: Person, kind: FactKind) -> None:
    """Keep what stood in the columns before the first fact of a kind as a fact of its own, so that
    it is there again when the new one is taken back."""
    if kind not in COLUMNS or not is_known(person, kind) or _facts(person.id, [kind]):
        return
    db.session.add(_from_columns(person, kind, FactSource.FILE))
    db.session.flush()


def changed_columns(person: Person, *facts: Any) -> set[str]:
    """Those columns of facts that an edit is about to change; ``None`` and ``KEEP`` say nothing."""
    return {
        field.name
        for part in facts
        if part is not None
        for field in fields(part)
        if getattr(part, field.name) is not KEEP
        and getattr(part, field.name) != getattr(person, field.name)
    }


def kinds_of(columns: Collection[str]) -> list[FactKind]:
    """The kinds of facts that these columns repeat."""
    return [kind for kind, own in COLUMNS.items() if set(own) & set(columns)]


def follow_edit(
    actor: Viewer, person: Person, kinds: Iterable[FactKind], source: FactSource = FactSource.FILE
) -> None:
    """The columns of a person were written in a form: what changed becomes a fact and holds from
    now on. What stood before was kept by :func:`before_facts` ahead of the edit."""
    for kind in kinds:
        if not is_known(person, kind):
            _end_all(person, kind)
            continue
        facts = _facts(person.id, [kind])
        present = newest(facts)
        fact = _from_columns(person, kind, source)
        fact.recorded_by_id = actor.user_id or None
        if "from_day" not in COLUMNS[kind].values() and kind not in SIDE_BY_SIDE and present:
            fact.from_day = clock.today()
        db.session.add(fact)
        db.session.flush()
        if present is not None and kind in SIDE_BY_SIDE:
            present.superseded_by_id = fact.id
        put_last(fact, facts)
    db.session.flush()


def put_last(fact: Any, others: list[Any]) -> None:
    """What would still hold instead of this one is superseded by it."""
    while (holds := newest([*others, fact])) is not fact:
        if holds is None:
            return
        holds.superseded_by_id = fact.id


def _end_all(person: Person, kind: FactKind) -> None:
    today = clock.today()
    for fact in _facts(person.id, [kind]):
        if fact.to_day is None and fact.withdrawn_at is None and fact.superseded_by_id is None:
            fact.to_day = max(today, fact.from_day or today)


def _facts(person_id: int, kinds: Iterable[FactKind]) -> list[PersonFact]:
    return list(
        db.session.scalars(
            select(PersonFact)
            .where(PersonFact.person_id == person_id, PersonFact.kind.in_(list(kinds)))
            .order_by(PersonFact.id)
        )
    )


def is_known(person: Any, kind: FactKind) -> bool:
    """Whether the columns of a person say anything of this kind."""
    main = next(iter(COLUMNS[kind]))
    return bool(getattr(person, main) not in (None, "", EMPTY.get(main)))


def _from_columns(person: Person, kind: FactKind, source: FactSource) -> PersonFact:
    fact = PersonFact(
        person_id=person.id, kind=kind, source=source, code="", recorded_at=clock.now()
    )
    for column, target in COLUMNS[kind].items():
        value = getattr(person, column)
        if target == "code":
            value = "" if value is None else str(value)
        setattr(fact, target, value)
    return fact


def _set(person: Person, kind: FactKind, fact: PersonFact | None) -> None:
    for column, source in COLUMNS[kind].items():
        value = getattr(fact, source) if fact is not None else None
        if value in (None, ""):
            value = EMPTY.get(column)
        elif column in TURNED:
            value = TURNED[column](value)
        if getattr(person, column) != value:
            setattr(person, column, value)
