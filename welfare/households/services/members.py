"""Verbs on who lives where."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from welfare.core import audit, clock
from welfare.core.db import db
from welfare.core.errors import Forbidden, Refused
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer
from welfare.households import labels, policies
from welfare.households.facts import MembershipFacts
from welfare.households.kinds import EndReason, Relation
from welfare.households.models import Household, Membership, Person
from welfare.households.models.changes import ChangeKind
from welfare.households.queries.loading import load_household, load_membership, load_person
from welfare.households.services.operations.death import record_death
from welfare.households.services.operations.doubts import ask_back
from welfare.households.services.operations.invariants import must_hold
from welfare.households.services.operations.running import operation, or_nothing
from welfare.households.services.operations.scene import Seen, set_scene
from welfare.households.services.operations.steps import leave, must_have_lived
from welfare.households.services.operations.succession import Heirs, Relations, settle_heads
from welfare.households.services.recording import recorded
from welfare.households.services.writing import must_be_fresh, must_edit, not_in_future


def add_member(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    relation: Relation,
    from_day: date | None = None,
    de_facto: bool = True,
    on_register: bool = True,
    move: bool = False,
    heirs: Heirs | None = None,
    seen: Seen | None = None,
) -> Membership:
    """Somebody is noted as belonging to a household, on a day or since nobody knows when. ``move``
    ends where they lived until then, on the same day (today where no day is given). ``Refused`` for
    a second head, for who is a member already or lives elsewhere, and for who has died."""
    scene = set_scene(
        actor,
        from_day or clock.today(),
        households=[household_number],
        people=[person_number],
        seen=seen,
    )
    house, person = scene.house(household_number), scene.person(person_number)
    must_have_lived(person, from_day or clock.today())
    _one_head(house, relation)
    scene.headless.add(house.id)
    with or_nothing(), recorded(actor, ChangeKind.MOVE_IN, day=from_day):
        for link in scene.of_person(person):
            if link.household_id == house.id:
                raise Refused(_("This person is already a member of this household."))
            if move:
                leave(scene, link)
            elif de_facto and link.de_facto:
                raise Refused(
                    _("This person lives in another household. Record that they have moved here.")
                )
        link = Membership(
            household_id=house.id,
            person_id=person.id,
            relation=relation,
            de_facto=de_facto,
            on_register=on_register,
            from_day=from_day,
        )
        db.session.add(link)
        audit.record(
            actor, "household.member_added", "household", house.number,
            {"person": person.number, "relation": relation.value},
        )  # fmt: skip
        audit.record(
            actor, "person.joined", "person", person.number,
            {"household": house.number, "relation": relation.value},
        )  # fmt: skip
        scene.links.append(link)
        scene.touched.add(person.id)
        settle_heads(scene, heirs or {})
        must_hold(scene.houses.keys(), [person.id], headless=scene.headless)
        ask_back(scene)
    return link


def edit_membership(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    version: int,
    relation: Relation,
    from_day: date | None,
    de_facto: bool,
    on_register: bool,
    seen: Seen | None = None,
) -> None:
    """Change relation, day of coming, or whether they live there or only stand in the register.
    ``Doubted`` where a new relation can hardly be, by the ages of both."""
    scene = set_scene(
        actor, clock.today(), households=[household_number], people=[person_number], seen=seen
    )
    house, person, link = _link(actor, household_number, person_number)
    _fresh(version, link)
    not_in_future(from_day, "from_day")
    if MembershipFacts(relation, from_day, de_facto, on_register) == _facts(link):
        return
    headless = _has_no_head(house)
    if relation != link.relation:
        _one_head(house, relation)
        if link.relation == Relation.HEAD and not headless:
            raise Refused(_("Record a change of head instead."), field="relation")
    if from_day is not None and from_day != link.from_day:
        must_have_lived(person, from_day, field="from_day")
    with or_nothing(), recorded(actor, ChangeKind.CORRECTION):
        if relation != link.relation:
            scene.touched.add(person.id)
        link.relation, link.from_day = relation, from_day
        link.de_facto, link.on_register = de_facto, on_register
        audit.record(
            actor, "household.member_edited", "household", house.number,
            {"person": person.number, **audit.changes_of(link)},
        )  # fmt: skip
        must_hold([house.id], [person.id], headless=[house.id] if headless else [])
        if scene.touched:
            ask_back(scene)


def end_membership(
    *,
    actor: Viewer,
    household_number: str,
    person_number: str,
    version: int,
    to_day: date,
    reason: EndReason,
    note: str = "",
    new_head: str = "",
    relations: Relations | None = None,
    seen: Seen | None = None,
) -> None:
    """Somebody no longer belongs to a household, from a day and for a reason; ``new_head`` is who
    becomes head of it where they were, ``relations`` what the others are to them.

    Who died is noted as deceased, and leaves every household on that day.
    """
    must_edit(actor)
    not_in_future(to_day, "to_day")
    __, person, link = _link(actor, household_number, person_number)
    _fresh(version, link)
    heirs = {household_number: new_head} if new_head else {}
    try:
        if reason == EndReason.DIED:
            record_death(
                actor=actor,
                number=person.number,
                deceased_on=to_day,
                reason=note,
                heirs=heirs,
                relations=relations,
                seen=seen,
            )
        else:
            _leave(
                actor,
                link,
                (household_number, person_number),
                to_day,
                reason,
                note,
                heirs,
                relations,
                seen,
            )
    except Refused as refused:
        refused.field = "to_day" if refused.field == "day" else refused.field
        raise


def _leave(
    actor: Viewer,
    link: Membership,
    numbers: tuple[str, str],
    day: date,
    reason: EndReason,
    note: str,
    heirs: Heirs,
    relations: Relations | None,
    seen: Seen | None,
) -> None:
    household, person = numbers
    scene = set_scene(actor, day, households=[household], people=[person], seen=seen)
    kind = ChangeKind.CORRECTION if reason == EndReason.MISTAKE else ChangeKind.MOVE_OUT
    why = labels.word(labels.END_REASON, reason)
    with operation(scene, kind, f"{why}: {note}" if note else why):
        leave(scene, link, why=reason, note=note)
        settle_heads(scene, heirs, relations)


def _house(actor: Viewer, number: str) -> Household:
    must_edit(actor)
    house = load_household(number, viewer=actor, for_update=True)
    if not policies.can_edit(actor, house.village_no):
        raise Forbidden
    return house


def _link(actor: Viewer, household: str, person: str) -> tuple[Household, Person, Membership]:
    house = _house(actor, household)
    who = load_person(person, viewer=actor, for_update=True)
    return house, who, load_membership(house.id, who.id, for_update=True)


def _fresh(version: int, link: Membership) -> None:
    must_be_fresh(version, link.version, _facts(link))


def _facts(link: Membership) -> MembershipFacts:
    return MembershipFacts(link.relation, link.from_day, link.de_facto, link.on_register)


def _one_head(house: Household, relation: Relation) -> None:
    if relation != Relation.HEAD:
        return
    head = select(Membership.id).where(
        Membership.household_id == house.id,
        Membership.relation == Relation.HEAD,
        Membership.to_day.is_(None),
    )
    if db.session.scalar(head.limit(1)):
        raise Refused(
            _("This household already has a head. Change that person's relation first."),
            field="relation",
        )


def _has_no_head(house: Household) -> bool:
    living = select(Membership.relation).where(
        Membership.household_id == house.id,
        Membership.to_day.is_(None),
        Membership.de_facto,
    )
    return Relation.HEAD not in set(db.session.scalars(living))
