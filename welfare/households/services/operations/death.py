"""Somebody dies, and who is head then; a death that was noted by mistake."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households.kinds import MaritalStatus
from welfare.households.models import Membership, Person
from welfare.households.models.changes import ChangeKind, ChangeSet, ChangeSubject
from welfare.households.queries.loading import load_person
from welfare.households.services.deaths import take_back_death
from welfare.households.services.operations.doubts import doubt_death
from welfare.households.services.operations.running import operation
from welfare.households.services.operations.scene import Seen, name_of, set_scene
from welfare.households.services.operations.status import left_widowed, note_marital_status
from welfare.households.services.operations.steps import no_later_relation
from welfare.households.services.operations.succession import Heirs, Relations, settle_heads
from welfare.households.services.operations.taking_back import take_back
from welfare.households.services.persons import mark_deceased
from welfare.households.services.writing import must_be_fresh, must_edit


def record_death(
    *,
    actor: Viewer,
    number: str,
    version: int | None = None,
    deceased_on: date,
    reason: str = "",
    heirs: Heirs | None = None,
    relations: Relations | None = None,
    seen: Seen | None = None,
) -> str:
    """Note that somebody has died; every membership of theirs ends on that day, and where they
    were head ``heirs`` says who is head then; a husband or wife of theirs in the household is
    widowed from the day on. The number of the change set.

    ``StaleRecord`` when the person was saved since ``version`` was read.
    """
    must_edit(actor)
    scene = set_scene(actor, deceased_on, people=[number], seen=seen)
    person = scene.person(number)
    if version is not None:
        must_be_fresh(version, person.version)
    with operation(scene, ChangeKind.DEATH, reason) as changes:
        for link in scene.of_person(person):
            no_later_relation(scene, link)
        _nothing_later(person, deceased_on)
        if person.birth_date is not None and deceased_on < person.birth_date:
            raise Refused(
                _("On this day %(name)s was not born yet.", name=name_of(person)), field="day"
            )
        doubt_death(scene, person)
        widowed = left_widowed(scene, person)
        mark_deceased(actor, person, deceased_on)
        settle_heads(scene, heirs or {}, relations)
        if widowed is not None:
            note_marital_status(scene, widowed, MaritalStatus.WIDOWED)
    return changes.number


def _nothing_later(person: Person, day: date) -> None:
    later = db.session.scalar(
        select(Membership.id)
        .where(Membership.person_id == person.id, Membership.to_day > day)
        .limit(1)
    )
    if later is not None:
        raise Refused(
            _(
                "%(name)s is noted as living in a household after this day. Undo that first.",
                name=name_of(person),
            ),
            field="day",
        )


def undo_death(*, actor: Viewer, number: str, version: int) -> None:
    """Take back a death that was noted by mistake, with all that was noted with it. A death from
    before such things were kept: the memberships stay ended."""
    must_edit(actor)
    person = load_person(number, viewer=actor, for_update=True)
    must_be_fresh(version, person.version)
    if person.deceased_on is None:
        return
    noted = db.session.scalar(
        select(ChangeSet.number)
        .join(ChangeSubject, ChangeSubject.change_set_id == ChangeSet.id)
        .where(
            ChangeSubject.person_id == person.id,
            ChangeSet.kind == ChangeKind.DEATH,
            ChangeSet.undone_by_id.is_(None),
            ChangeSet.day == person.deceased_on,
        )
        .order_by(ChangeSet.id.desc())
        .limit(1)
    )
    if noted is not None:
        take_back(actor=actor, number=noted)
        return
    audit.record(
        actor, "person.death_undone", "person", person.number,
        {"deceased_on": (person.deceased_on, None)},
    )  # fmt: skip
    person.deceased_on = None
    take_back_death(actor, person, _("Noted by mistake"))
    person.updated_at = clock.now()
    db.session.flush()
