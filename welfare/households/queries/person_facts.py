"""The dated facts of a person: what holds now, and how it came to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from welfare.accounts.models import User
from welfare.core import clock
from welfare.core.db import db
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import labels, policies
from welfare.households.barthel import GROUP_WORDS, HIGHEST, group_of, read_items
from welfare.households.facts import COLUMNS, EMPTY
from welfare.households.kinds import HEALTH_KINDS, SIDE_BY_SIDE, DatePrecision, FactKind, FactSource
from welfare.households.models import Person, PersonFact
from welfare.households.queries.rows import full_name

ORDER = {kind: place for place, kind in enumerate(FactKind)}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as pages show it. ``id`` is 0 for what stands in the file without a fact.

    ``until`` is its own last day, or the day from which a later one holds. ``present``: it holds
    today. ``state``: standing, superseded (corrected by a later entry) or withdrawn.
    """

    id: int
    version: int
    kind: FactKind
    code: str
    text: str
    amount: Decimal | None
    score: int | None
    scores: tuple[int, ...]
    other: str
    other_seen: bool
    carer: str
    from_day: date | None
    from_precision: DatePrecision
    to_day: date | None
    until: date | None
    issued_on: date | None
    expires_on: date | None
    due_on: date | None
    source: FactSource
    source_note: str
    recorded_at: datetime | None
    recorded_by: str
    state: str
    withdrawn_reason: str
    present: bool = False

    @property
    def value(self) -> str:
        """What is known, in words."""
        return _value(self)

    @property
    def dates(self) -> list[tuple[str, date]]:
        """The other days that belong to it, each with its word."""
        named = (
            (_("Card issued"), self.issued_on),
            (_("Card expires"), self.expires_on),
            (_("Baby is due"), self.due_on),
        )
        return [(word, day) for word, day in named if day is not None]


@dataclass(frozen=True, slots=True)
class FactsOfPerson:
    """All facts that a viewer may see: what holds now by kind, and every line, newest first."""

    present: tuple[FactLine, ...] = ()
    lines: tuple[FactLine, ...] = ()


def _value(line: FactLine) -> str:
    match line.kind:
        case FactKind.DISABILITY:
            return labels.word(labels.DISABILITY, line.code) if line.code else _("No disability")
        case FactKind.ADL:
            return adl_words(line.score)
        case FactKind.WELFARE_CARD:
            return labels.word(labels.YES_NO, line.code)
        case FactKind.MARITAL:
            return labels.word(labels.MARITAL, line.code)
        case FactKind.PREGNANCY:
            return _("Expecting")
        case FactKind.INCOME:
            return "" if line.amount is None else _("%(baht)s baht", baht=f"{line.amount:,.0f}")
        case FactKind.CARER:
            return line.carer or line.text
        case FactKind.DEATH:
            return _("Deceased")
    return line.text


def adl_words(score: int | None) -> str:
    """``7 of 20: home-bound``; a dash where nothing is known."""
    if score is None:
        return "–"
    group = str(GROUP_WORDS[group_of(score)])
    return _("%(score)s of %(highest)s: %(group)s", score=score, highest=HIGHEST, group=group)


def facts_of(person_id: int, *, viewer: Viewer, health: bool) -> FactsOfPerson:
    """The facts of a person whom the viewer may see; those of health with ``health`` only."""
    statement = (
        select(
            PersonFact,
            User.display_name,
            Person.number.label("carer_number"),
            Person.title,
            Person.first_name,
            Person.middle_name,
            Person.last_name,
            policies.person_in_area(viewer).label("seen"),
        )
        .outerjoin(User, User.id == PersonFact.recorded_by_id)
        .outerjoin(Person, Person.id == PersonFact.other_person_id)
        .where(PersonFact.person_id == person_id)
        .order_by(PersonFact.id)
    )
    if not health:
        statement = statement.where(PersonFact.kind.not_in(sorted(HEALTH_KINDS)))
    lines = arranged([_line(row) for row in db.session.execute(statement)])
    present = sorted((line for line in lines if line.present), key=lambda line: ORDER[line.kind])
    newest = sorted(lines, key=lambda line: (line.from_day or date.min, line.id), reverse=True)
    return FactsOfPerson(tuple(present), tuple(newest))


def fact_line(
    person_id: int, fact_id: int, *, viewer: Viewer, health: bool, standing: bool = True
) -> FactLine:
    """One of them; ``NotFound`` where it is not there for the viewer, or no longer stands."""
    for line in facts_of(person_id, viewer=viewer, health=health).lines:
        if line.id == fact_id and (not standing or line.state == "standing"):
            return line
    raise NotFound


def arranged(lines: Iterable[FactLine]) -> list[FactLine]:
    """Lines with ``until`` and ``present`` filled in: of a kind of which one holds at a time, a
    later one ends the one before."""
    everything = list(lines)
    today = clock.today()
    done: list[FactLine] = []
    for kind in FactKind:
        standing = [line for line in everything if line.kind == kind and line.state == "standing"]
        standing.sort(key=lambda line: (line.from_day or date.min, line.id))
        done += _ended(standing, today, one=kind not in SIDE_BY_SIDE)
    return done + [line for line in everything if line.state != "standing"]


def _ended(standing: Sequence[FactLine], today: date, *, one: bool) -> list[FactLine]:
    ended: list[FactLine] = []
    for place, line in enumerate(standing):
        later = standing[place + 1] if one and place + 1 < len(standing) else None
        until = line.to_day or (later.from_day if later else None)
        holds = later is None and (line.to_day is None or line.to_day > today)
        ended.append(replace(line, until=until, present=holds))
    return ended


def _line(row: Any) -> FactLine:
    fact: PersonFact = row.PersonFact
    state = "standing"
    if fact.withdrawn_at is not None:
        state = "withdrawn"
    elif fact.superseded_by_id is not None:
        state = "superseded"
    carer = row.carer_number is not None
    return FactLine(
        id=fact.id,
        version=fact.version,
        kind=fact.kind,
        code=fact.code,
        text=fact.text or "",
        amount=fact.amount,
        score=fact.score,
        scores=read_items(fact.items) if fact.items else (),
        other=row.carer_number or "",
        other_seen=bool(carer and row.seen),
        carer=full_name(row.title, row.first_name, row.middle_name, row.last_name) if carer else "",
        from_day=fact.from_day,
        from_precision=fact.from_precision,
        to_day=fact.to_day,
        until=fact.to_day,
        issued_on=fact.issued_on,
        expires_on=fact.expires_on,
        due_on=fact.due_on,
        source=fact.source,
        source_note=fact.source_note or "",
        recorded_at=fact.recorded_at,
        recorded_by=row.display_name or "",
        state=state,
        withdrawn_reason=fact.withdrawn_reason or "",
    )


def with_columns(known: FactsOfPerson, person: Person, *, health: bool) -> FactsOfPerson:
    """The same, and what stands in the person's columns without a fact (bulk loads write columns
    only), as lines without a day and a writer."""
    there = {line.kind for line in known.lines}
    bare = [
        _bare(person, kind)
        for kind in COLUMNS
        if kind not in there and (health or kind not in HEALTH_KINDS)
    ]
    found = [line for line in bare if line is not None]
    present = sorted((*known.present, *found), key=lambda line: ORDER[line.kind])
    return FactsOfPerson(tuple(present), (*known.lines, *found))


def _bare(person: Person, kind: FactKind) -> FactLine | None:
    columns = COLUMNS[kind]
    main = next(iter(columns))
    if getattr(person, main) in (None, "", EMPTY.get(main)):
        return None
    values = {target: getattr(person, column) for column, target in columns.items()}
    return FactLine(
        id=0, version=0, kind=kind,
        code=str(values.get("code") or ""),
        text=values.get("text") or "",
        amount=values.get("amount"),
        score=values.get("score"),
        scores=(), other="", other_seen=False, carer="",
        from_day=values.get("from_day"),
        from_precision=DatePrecision.DAY,
        to_day=None, until=None,
        issued_on=values.get("issued_on"),
        expires_on=values.get("expires_on"),
        due_on=None,
        source=FactSource.FILE,
        source_note="", recorded_at=None, recorded_by="", state="standing",
        withdrawn_reason="", present=True,
    )  # fmt: skip
