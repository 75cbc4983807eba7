"""Who is head of a household after somebody has left, come or died."""

from __future__ import annotations

from collections.abc import Mapping

from welfare.core.errors import Refused
from welfare.core.i18n import gettext as _
from welfare.households.kinds import NOBODY, Relation
from welfare.households.models import Household, Membership
from welfare.households.queries.kinship import Kin, kin_of
from welfare.households.services.operations.retelling import Standing, retold
from welfare.households.services.operations.scene import Scene, name_of
from welfare.households.services.operations.steps import relate

Heirs = Mapping[str, str]
"""The number of a household, and of the person who becomes its head (or ``NOBODY``)."""

Relations = Mapping[str, Relation]
"""The number of a person, and what they are to the head."""


def settle_heads(scene: Scene, heirs: Heirs, relations: Relations | None = None) -> None:
    """Let every household of the scene in which people live have a head.

    ``Refused`` (on ``new_head``) where one has lost its head and nobody was named.
    """
    for house in scene.houses.values():
        if scene.living(house) and scene.head(house) is None:
            _settle(scene, house, heirs.get(house.number, ""), relations or {})


def _settle(scene: Scene, house: Household, choice: str, relations: Relations) -> None:
    if choice == NOBODY:
        scene.headless.add(house.id)
    elif choice:
        make_head(scene, house, scene.member(house, choice), relations)
    elif house.id not in scene.headless:
        raise Refused(
            _("Please say who becomes head of the household %(number)s.", number=house.number),
            field="new_head",
        )


def make_head(
    scene: Scene, house: Household, heir: Membership, relations: Relations | None = None
) -> None:
    """Somebody who lives there is head from the day on; the others are told anew what they are to
    them, as given or as it follows. Where nothing follows, who sits before a page is asked; for
    others (a merge, an import) they count as relatives."""
    if heir.from_day is not None and scene.day < heir.from_day:
        raise Refused(
            _("On this day the new head did not live in this household yet."), field="day"
        )
    told, was = relations or {}, Standing(heir.person_id, heir.relation)
    others = [link for link in scene.open_of(house) if link is not heir]
    kin = kin_of([heir.person_id, *(link.person_id for link in others)])
    for link in others:
        given = told.get(scene.people[link.person_id].number)
        if given is Relation.HEAD:
            raise Refused(_("There can be one head only."), field="new_head")
        relate(scene, link, given or _follows(scene, was, link, kin))
    relate(scene, heir, Relation.HEAD)


def _follows(scene: Scene, was: Standing, link: Membership, kin: Kin) -> Relation:
    """What follows from what is known; ``Refused`` where it has to be asked and can be."""
    found = retold(was, Standing(link.person_id, link.relation), kin)
    if found is None and scene.asked:
        raise Refused(
            _(
                "Please say what %(name)s is to the new head.",
                name=name_of(scene.people[link.person_id]),
            ),
            field="new_head",
        )
    return found or Relation.RELATIVE
