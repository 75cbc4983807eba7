"""What can hardly be so and yet may be: asked back once, never refused.

What cannot be (a birth before the mother's, death before birth, a day to come) is refused where it
is done. A question has a key; whoever answers yes sends the key back, and other questions are
asked anew.
"""

from __future__ import annotations

from welfare.core.i18n import gettext as _
from welfare.households import labels
from welfare.households.kinds import ParentKind, Relation
from welfare.households.models import Household, Person
from welfare.households.services.ages import (
    BEARING,
    FATHERING,
    LEAST_BETWEEN_PARENT_AND_CHILD,
    OF_AGE_AS_HEAD,
    OLDEST,
    age_of,
    too_young_to_marry,
)
from welfare.households.services.asking_back import ask
from welfare.households.services.operations.scene import Scene, name_of


def ask_back(scene: Scene) -> None:
    """``Doubted`` where an operation leaves questions that nobody has answered, and somebody sits
    before a page."""
    if scene.seen is None:
        return
    _look_at_relations(scene)
    ask(scene.doubts, scene.seen.sure)


def doubt_parent(scene: Scene, parent: Person, kind: ParentKind) -> None:
    """Note the question of a mother or father of an unlikely age on the day of the birth."""
    years = age_of(parent, scene.day)
    if years is not None and years not in (BEARING if kind is ParentKind.MOTHER else FATHERING):
        scene.doubts.append(
            _("%(name)s was %(years)s years old when this child was born. Is that right?",
              name=name_of(parent), years=years)
        )  # fmt: skip


def doubt_marriage(scene: Scene, person: Person) -> None:
    """Note the question of somebody who marries as a child."""
    years = age_of(person, scene.day)
    if law := too_young_to_marry(years, scene.day):
        scene.doubts.append(
            _("%(name)s was %(years)s years old on the day of the marriage; it was allowed from"
              " %(age)s (%(basis)s). Is that right?",
              name=name_of(person), years=years, age=law[0], basis=law[1])
        )  # fmt: skip


def doubt_death(scene: Scene, person: Person) -> None:
    """Note the question of somebody who would have grown older than people do."""
    years = age_of(person, scene.day)
    if years is not None and years > OLDEST:
        scene.doubts.append(
            _("%(name)s would have been %(years)s years old on that day. Is that right?",
              name=name_of(person), years=years)
        )  # fmt: skip


def _look_at_relations(scene: Scene) -> None:
    for house in scene.houses.values():
        head = scene.head(house)
        if head is None:
            continue
        who = scene.people[head.person_id]
        if head.person_id in scene.touched and head.from_day != who.birth_date:
            _doubt_head(scene, who, house)
        spouses = []
        for link in scene.living(house):
            if link.relation is Relation.SPOUSE:
                spouses.append(link.person_id)
            if {link.person_id, head.person_id} & scene.touched:
                _doubt_relation(scene, scene.people[link.person_id], link.relation, who)
        if len(spouses) > 1 and {*spouses, head.person_id} & scene.touched:
            scene.doubts.append(
                _("%(name)s would have two spouses in this household. Is that right?",
                  name=name_of(who))
            )  # fmt: skip


def _doubt_head(scene: Scene, who: Person, house: Household) -> None:
    years = age_of(who, scene.day)
    if years is not None and years < OF_AGE_AS_HEAD:
        scene.doubts.append(
            _("%(name)s, head of household %(number)s, was %(years)s years old on that day. Is that"
              " right?", name=name_of(who), number=house.number, years=years)
        )  # fmt: skip


_OLDER = {
    Relation.CHILD: LEAST_BETWEEN_PARENT_AND_CHILD,
    Relation.GRANDCHILD: 2 * LEAST_BETWEEN_PARENT_AND_CHILD,
    Relation.PARENT: -LEAST_BETWEEN_PARENT_AND_CHILD,
    Relation.GRANDPARENT: -2 * LEAST_BETWEEN_PARENT_AND_CHILD,
}
"""By how many years the head is older at least; below nought: younger."""


def _doubt_relation(scene: Scene, who: Person, relation: Relation, head: Person) -> None:
    if relation is Relation.SPOUSE:
        doubt_spouse(scene, who)
        return
    least, born, headed = _OLDER.get(relation), who.birth_date, head.birth_date
    if least is None or born is None or headed is None:
        return
    between = born.year - headed.year
    if between < least if least > 0 else between > least:
        scene.doubts.append(_between(who, relation, head, between))


def _between(who: Person, relation: Relation, head: Person, years: int) -> str:
    words = {
        "name": name_of(who), "head": name_of(head), "years": abs(years),
        "relation": labels.word(labels.RELATION, relation),
    }  # fmt: skip
    if years < 0:
        return _(
            "%(name)s (%(relation)s) is %(years)s years older than the head, %(head)s. Is that"
            " right?", **words,
        )  # fmt: skip
    if years == 0:
        return _(
            "%(name)s (%(relation)s) was born in the same year as the head, %(head)s. Is that"
            " right?", **words,
        )  # fmt: skip
    if relation in (Relation.PARENT, Relation.GRANDPARENT):
        return _(
            "%(name)s (%(relation)s) is %(years)s years younger than the head, %(head)s. Is that"
            " right?", **words,
        )  # fmt: skip
    return _(
        "%(name)s (%(relation)s) is only %(years)s years younger than the head, %(head)s. Is that"
        " right?", **words,
    )  # fmt: skip


def doubt_spouse(scene: Scene, who: Person) -> None:
    """Note the question of a child as a spouse."""
    years = age_of(who, scene.day)
    if too_young_to_marry(years, scene.day):
        scene.doubts.append(
            _("%(name)s, a spouse, was %(years)s years old on that day. Is that right?",
              name=name_of(who), years=years)
        )  # fmt: skip
