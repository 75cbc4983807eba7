"""The steps that operations are made of: somebody leaves, comes, or becomes something else to the
head. Each is refused when it contradicts what is known of the days before and after."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from welfare.core import audit
from welfare.core.db import db
from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.core.i18n.page_words import spoken_language
from welfare.core.thai.dates import format_long
from welfare.households.kinds import EndReason, Relation
from welfare.households.models import EarlierRelation, Household, Membership, Person
from welfare.households.services.ending import end_one
from welfare.households.services.operations.scene import Scene, name_of

REASON_LENGTH = 120


def leave(
    scene: Scene,
    link: Membership,
    *,
    why: EndReason = EndReason.MOVED_OUT,
    note: str = "",
    keep_register: bool = False,
) -> None:
    """Somebody belongs to a household no more. With ``keep_register`` they still stand in its
    house register, where they did: that is a membership of its own, without living there."""
    house, person = scene.houses[link.household_id], scene.people[link.person_id]
    scene.must_edit(house)
    if link.from_day is not None and scene.day < link.from_day:
        raise Refused(
            _(
                "%(name)s came to this household on %(day)s only: the day given is before that.",
                name=name_of(person), day=_day(link.from_day),
            ),
            field="day",
        )  # fmt: skip
    no_later_relation(scene, link)
    text = f"{why.value}: {note}" if note else why.value
    end_one(scene.actor, link, (house.number, person.number), scene.day, text[:REASON_LENGTH])
    db.session.flush()
    if keep_register and link.on_register:
        relation = Relation.OTHER if link.relation is Relation.HEAD else link.relation
        _add(scene, house, person, relation, de_facto=False, on_register=True)


def enter(
    scene: Scene, house: Household, person: Person, relation: Relation, *, on_register: bool
) -> Membership:
    """Somebody comes to live in a household, having left where they lived."""
    must_have_lived(person, scene.day)
    _no_other_stay(scene, house, person)
    return _add(scene, house, person, relation, de_facto=True, on_register=on_register)


def stand_in_register(scene: Scene, house: Household, person: Person) -> Membership:
    """Somebody who lives elsewhere is entered in the house register of a household."""
    _no_other_stay(scene, house, person, living=False)
    return _add(scene, house, person, Relation.OTHER, de_facto=False, on_register=True)


def relate(scene: Scene, link: Membership, relation: Relation) -> None:
    """Somebody is something else to the head from the day on; what they were is kept.

    Who came later than that day was never anything else: there the relation is mended.
    """
    if link.relation is relation:
        return
    house, person = scene.houses[link.household_id], scene.people[link.person_id]
    scene.must_edit(house)
    last = no_later_relation(scene, link)
    if (link.from_day is None or link.from_day < scene.day) and last != scene.day:
        db.session.add(
            EarlierRelation(membership_id=link.id, relation=link.relation, until_day=scene.day)
        )
    link.relation = relation
    scene.touched.add(link.person_id)
    audit.record(
        scene.actor, "household.member_edited", "household", house.number,
        {"person": person.number, **audit.changes_of(link)},
    )  # fmt: skip
    db.session.flush()


def must_have_lived(person: Person, day: date, field: str = "day") -> None:
    """``Refused`` for a day before birth or after death."""
    if person.birth_date is not None and day < person.birth_date:
        raise Refused(
            _("On this day %(name)s was not born yet.", name=name_of(person)), field=field
        )
    if person.deceased_on is not None:
        raise Refused(
            _(
                "%(name)s is noted as deceased on %(day)s.",
                name=name_of(person), day=_day(person.deceased_on),
            ),
            field=field,
        )  # fmt: skip


def _add(
    scene: Scene,
    house: Household,
    person: Person,
    relation: Relation,
    *,
    de_facto: bool,
    on_register: bool,
) -> Membership:
    scene.must_edit(house)
    link = Membership(
        household_id=house.id, person_id=person.id, relation=relation, de_facto=de_facto,
        on_register=on_register, from_day=scene.day,
    )  # fmt: skip
    db.session.add(link)
    detail = {"relation": relation.value}
    audit.record(
        scene.actor, "household.member_added", "household", house.number,
        {"person": person.number, **detail},
    )  # fmt: skip
    audit.record(
        scene.actor, "person.joined", "person", person.number,
        {"household": house.number, **detail},
    )  # fmt: skip
    db.session.flush()
    scene.links.append(link)
    scene.touched.add(person.id)
    return link


def no_later_relation(scene: Scene, link: Membership) -> date | None:
    """The day of the last change of this relation; ``Refused`` when that is after the day given."""
    last: date | None = db.session.scalar(
        select(EarlierRelation.until_day)
        .where(EarlierRelation.membership_id == link.id)
        .order_by(EarlierRelation.until_day.desc())
        .limit(1)
    )
    if last is not None and last > scene.day:
        raise Refused(
            _(
                "What %(name)s is to the head has been changed on %(day)s, after the day given. "
                "Undo that change first.",
                name=name_of(scene.people[link.person_id]), day=_day(last),
            ),
            field="day",
        )  # fmt: skip
    return last


def _no_other_stay(scene: Scene, house: Household, person: Person, *, living: bool = True) -> None:
    """``Refused`` where they belonged to this household, or (``living``) lived elsewhere, on the
    day or later."""
    here = Membership.household_id == house.id
    ends = db.session.scalars(
        select(Membership.to_day).where(
            Membership.person_id == person.id,
            or_(here, Membership.de_facto) if living else here,
            or_(Membership.to_day.is_(None), Membership.to_day > scene.day),
        )
    ).all()
    if not ends:
        return
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        raise Refused(
            _("%(name)s already belongs to this household.", name=name_of(person)), field="people"
        )
    raise Refused(
        _(
            "%(name)s lived elsewhere, or here before, until %(day)s. The day given is earlier.",
            name=name_of(person), day=_day(max(known)),
        ),
        field="day",
    )  # fmt: skip


def _day(day: date) -> str:
    return format_long(day, lang="en" if spoken_language() == "en" else "th")
