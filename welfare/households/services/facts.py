"""Verbs on the dated facts of people. A fact is added, superseded, ended or withdrawn, never
rewritten; the columns of ``Person`` repeat the newest one that stands."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, NotFound, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.barthel import HIGHEST, read_items, total_of
from welfare.households.facts import FactEntry
from welfare.households.kinds import HEALTH_KINDS, Disability, FactKind, MaritalStatus, YesNo
from welfare.households.models import Person, PersonFact
from welfare.households.queries.health import sees_health
from welfare.households.queries.loading import load_person
from welfare.households.services.asking_back import ask
from welfare.households.services.fact_sense import doubts_of, must_be_of_their_life
from welfare.households.services.projecting import before_facts, project
from welfare.households.services.writing import must_be_fresh, must_edit, not_in_future

CODES: dict[FactKind, frozenset[str]] = {
    FactKind.DISABILITY: frozenset(Disability),
    FactKind.WELFARE_CARD: frozenset(YesNo),
    FactKind.MARITAL: frozenset(set(MaritalStatus) - {MaritalStatus.UNKNOWN}),
}
WORDS = frozenset({FactKind.ILLNESS, FactKind.SCHOOL, FactKind.OCCUPATION})


def add_fact(
    *, actor: Viewer, number: str, entry: FactEntry, sure: str | None = None
) -> PersonFact:
    """Something is known of a person from a day on. ``Forbidden`` for health that the writer may
    not see; ``Refused`` for what does not hold together; ``Doubted`` for what can hardly be, where
    somebody sits before a page and has not said yes (``sure``, see ``asking_back``)."""
    person = _person(actor, number, entry.kind)
    fact = _made(actor, person, entry, sure)
    _noted(actor, person, "person.fact_added", fact)
    project(person, entry.kind)
    db.session.flush()
    return fact


def correct_fact(
    *,
    actor: Viewer,
    number: str,
    fact_id: int,
    version: int,
    entry: FactEntry,
    sure: str | None = None,
) -> PersonFact:
    """What was entered was wrong: a new fact takes its place, the old one stays to be read.
    ``sure`` as in :func:`add_fact`."""
    person = _person(actor, number, entry.kind)
    old = _standing(actor, person, fact_id)
    if old.kind != entry.kind:
        raise NotFound
    must_be_fresh(version, old.version, entry_of(old))
    fact = _made(actor, person, entry, sure)
    db.session.flush()
    old.superseded_by_id = fact.id
    _noted(actor, person, "person.fact_corrected", fact)
    db.session.flush()
    project(person, entry.kind)
    db.session.flush()
    return fact


def end_fact(*, actor: Viewer, number: str, fact_id: int, version: int, to_day: date) -> None:
    """It held until a day."""
    person = _person(actor, number)
    fact = _standing(actor, person, fact_id)
    must_be_fresh(version, fact.version)
    not_in_future(to_day, "to_day")
    if fact.from_day is not None and to_day < fact.from_day:
        raise Refused(_("This day is before the day from which it holds."), field="to_day")
    fact.to_day = to_day
    _noted(actor, person, "person.fact_ended", fact)
    db.session.flush()
    project(person, fact.kind)
    db.session.flush()


def withdraw_fact(*, actor: Viewer, number: str, fact_id: int, version: int, reason: str) -> None:
    """It should not be there. It stays in the history with the reason."""
    person = _person(actor, number)
    fact = _standing(actor, person, fact_id)
    must_be_fresh(version, fact.version)
    if not reason:
        raise Refused(_("Please say why it is taken back."), field="reason")
    fact.withdrawn_at = clock.now()
    fact.withdrawn_by_id = actor.user_id or None
    fact.withdrawn_reason = reason
    _noted(actor, person, "person.fact_withdrawn", fact)
    db.session.flush()
    project(person, fact.kind)
    db.session.flush()


def entry_of(fact: PersonFact) -> FactEntry:
    """What a form would have sent for this fact."""
    other = (
        db.session.scalar(select(Person.number).where(Person.id == fact.other_person_id))
        if fact.other_person_id
        else None
    )
    return FactEntry(
        kind=fact.kind,
        from_day=fact.from_day,
        from_precision=fact.from_precision,
        to_day=fact.to_day,
        code=fact.code,
        text=fact.text or "",
        amount=fact.amount,
        score=fact.score,
        items=fact.items or "",
        issued_on=fact.issued_on,
        expires_on=fact.expires_on,
        due_on=fact.due_on,
        other=other or "",
        source=fact.source,
        source_note=fact.source_note or "",
    )


def _person(actor: Viewer, number: str, kind: FactKind | None = None) -> Person:
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    if kind in HEALTH_KINDS and not sees_health(actor, person.id):
        raise Forbidden
    return person


def _standing(actor: Viewer, person: Person, fact_id: int) -> PersonFact:
    fact = db.session.scalar(
        select(PersonFact)
        .where(PersonFact.id == fact_id, PersonFact.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if fact is None or (fact.kind in HEALTH_KINDS and not sees_health(actor, person.id)):
        raise NotFound
    if fact.withdrawn_at is not None or fact.superseded_by_id is not None:
        raise Refused(_("This entry has been replaced or taken back by somebody meanwhile."))
    return fact


def _made(actor: Viewer, person: Person, entry: FactEntry, sure: str | None) -> PersonFact:
    checked(entry)
    must_be_of_their_life(person, entry)
    other = _other(actor, person, entry)
    ask(doubts_of(person, entry), sure)
    before_facts(person, entry.kind)
    fact = PersonFact(
        person_id=person.id,
        kind=entry.kind,
        from_day=entry.from_day,
        from_precision=entry.from_precision,
        to_day=entry.to_day,
        code=entry.code,
        text=entry.text or None,
        amount=entry.amount,
        score=total_of(entry.items) if entry.items else entry.score,
        items=entry.items or None,
        issued_on=entry.issued_on,
        expires_on=entry.expires_on,
        due_on=entry.due_on,
        other_person_id=other,
        source=entry.source,
        source_note=entry.source_note or None,
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id or None,
    )
    db.session.add(fact)
    return fact


def _other(actor: Viewer, person: Person, entry: FactEntry) -> int | None:
    if entry.kind != FactKind.CARER or not entry.other:
        return None
    try:
        carer = load_person(entry.other, viewer=actor)
    except NotFound:
        raise Refused(_("There is nobody with this number."), field="other") from None
    if carer.id == person.id:
        raise Refused(_("Nobody is their own carer. Leave it empty instead."), field="other")
    return carer.id


def checked(entry: FactEntry) -> None:
    """``Refused`` with the field, where a fact does not hold together."""
    kind = entry.kind
    not_in_future(entry.from_day, "from_day")
    if entry.to_day is not None and entry.from_day is not None and entry.to_day < entry.from_day:
        raise Refused(_("This day is before the day from which it holds."), field="to_day")
    if kind in CODES and entry.code not in CODES[kind]:
        raise Refused(_("Please choose one of the list."), field="code")
    if kind in WORDS and not entry.text:
        raise Refused(_("Please write what is known."), field="text")
    if kind == FactKind.CARER and not (entry.text or entry.other):
        raise Refused(_("Please say who it is: a name, or a number of the registry."), field="text")
    if kind == FactKind.CARER and entry.text and entry.other:
        raise Refused(
            _("Please choose one: somebody of the list, or a name that is written."), field="text"
        )
    if kind == FactKind.INCOME and (entry.amount is None or entry.amount < 0):
        raise Refused(_("Please enter the amount in baht."), field="amount")
    if kind == FactKind.ADL:
        _adl(entry)
    if entry.issued_on and entry.expires_on and entry.expires_on < entry.issued_on:
        raise Refused(_("The card cannot expire before it was issued."), field="expires_on")


def _adl(entry: FactEntry) -> None:
    if entry.items:
        try:
            read_items(entry.items)
        except ValueError:
            raise Refused(_("Please answer all ten items."), field="adl_1") from None
    elif entry.score is None or not 0 <= entry.score <= HIGHEST:
        raise Refused(_("The ADL score is a number from 0 to 20."), field="score")


def _noted(actor: Viewer, person: Person, action: str, fact: PersonFact) -> None:
    """Into the audit; that somebody is ill or pregnant is itself a matter of health."""
    kind = "health" if fact.kind in HEALTH_KINDS else fact.kind.value
    audit.record(actor, action, "person", person.number, {"kind": kind})
