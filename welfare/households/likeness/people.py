"""Are two records one person?"""

from __future__ import annotations

from welfare.households.kinds import Relation, Sex
from welfare.households.likeness.births import compare_births
from welfare.households.likeness.names import Agreement, Commonness, Named, compare_names
from welfare.households.likeness.numbers import compare_ids
from welfare.households.likeness.places import same_house
from welfare.households.likeness.signs import Likeness, Sign
from welfare.households.likeness.traits import PersonTraits
from welfare.households.likeness.weights import (
    FAMILY_HOUSE,
    FAMILY_PHONE,
    PRIOR,
    WEIGHTS,
    probability,
)

__all__ = ["Commonness", "compare_people", "sex_of"]

AVERAGE = Commonness()
_MEN = frozenset({"นาย", "เด็กชาย", "พระ", "สามเณร", "Mr"})
_WOMEN = frozenset({"นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "Mrs", "Ms", "Miss"})
_LOOSE = frozenset({None, Relation.OTHER, Relation.RELATIVE, Relation.LODGER})
"""Relations that are written where nobody knew better."""
LEAST_FOR_SAME_ID = 1.0
"""One number on two records is always shown to somebody, whatever else differs."""


def sex_of(person: PersonTraits) -> Sex:
    """As noted, or as the title says."""
    if person.sex != Sex.UNKNOWN:
        return person.sex
    if person.title in _MEN:
        return Sex.MALE
    if person.title in _WOMEN or person.title.endswith("หญิง"):
        return Sex.FEMALE
    return Sex.UNKNOWN


def compare_people(
    a: PersonTraits, b: PersonTraits, known: Commonness = AVERAGE, *, floor: float = -99.0
) -> Likeness | None:
    """How likely they are one person, with what speaks for and against it.

    ``known`` tells how common names are. ``None`` where the weight stays under ``floor`` bits,
    which spares the rest of the comparison where number, names and birth already say no.
    """
    sexes = (sex_of(a), sex_of(b))
    named = compare_names(a, b, woman=Sex.FEMALE in sexes, known=known)
    born, birth = compare_births(a.birth, a.precision, b.birth, b.precision)
    number, identifier = _numbers(a, b)
    bits = PRIOR + named.bits + born + number
    if bits + _MOST_OF_THE_REST < floor and identifier != Sign.SAME_ID:
        return None
    reasons, against = list(named.reasons), list(named.against)
    for value, sign in ((number, identifier), (born, birth)):
        if sign is not None:
            (reasons if value > 0 else against).append(sign)
    bits += _sex(sexes, reasons, against) + _surroundings(a, b, named, reasons, against)
    if Sign.OTHER_LAST in against and Sex.FEMALE in sexes and _person_stands(reasons):
        against.remove(Sign.OTHER_LAST)
        reasons.append(Sign.SURNAME_CHANGED)
    if identifier == Sign.SAME_ID:
        bits = max(bits, LEAST_FOR_SAME_ID)
    if bits < floor:
        return None
    order = list(Sign)
    return Likeness(
        round(probability(bits), 4),
        round(bits, 1),
        tuple(sorted(reasons, key=order.index)),
        tuple(sorted(against, key=order.index)),
    )


_MOST_OF_THE_REST = WEIGHTS[Sign.SAME_PHONE] + WEIGHTS[Sign.SAME_HOUSE] + WEIGHTS[Sign.SAME_SEX]


def _numbers(a: PersonTraits, b: PersonTraits) -> tuple[float, Sign | None]:
    if (a.numbers or b.numbers) and {a.identifier, *a.numbers} & {b.identifier, *b.numbers} - {""}:
        return WEIGHTS[Sign.SAME_ID], Sign.SAME_ID
    return compare_ids(a.identifier, b.identifier)


def _person_stands(reasons: list[Sign]) -> bool:
    return bool({Sign.SAME_BIRTH, Sign.SAME_ID, Sign.BIRTH_ERA, Sign.BIRTH_SWAPPED} & set(reasons))


def _sex(sexes: tuple[Sex, Sex], reasons: list[Sign], against: list[Sign]) -> float:
    if Sex.UNKNOWN in sexes:
        return 0.0
    same = sexes[0] == sexes[1]
    sign = Sign.SAME_SEX if same else Sign.OTHER_SEX
    (reasons if same else against).append(sign)
    return WEIGHTS[sign]


def _surroundings(
    a: PersonTraits, b: PersonTraits, named: Named, reasons: list[Sign], against: list[Sign]
) -> float:
    bits = 0.0
    together = same_house(a, b)
    if together:
        reasons.append(Sign.SAME_HOUSE)
        alone = not named.family or named.first <= Agreement.SOUNDS
        bits += WEIGHTS[Sign.SAME_HOUSE] if alone else FAMILY_HOUSE
        if _side_by_side(a, b):
            against.append(Sign.SIDE_BY_SIDE)
            bits += WEIGHTS[Sign.SIDE_BY_SIDE]
    if a.phone and a.phone == b.phone:
        reasons.append(Sign.SAME_PHONE)
        bits += FAMILY_PHONE if together or named.family else WEIGHTS[Sign.SAME_PHONE]
    if a.deceased != b.deceased:
        against.append(Sign.ONE_DEAD)
        bits += WEIGHTS[Sign.ONE_DEAD]
    return bits


def _side_by_side(a: PersonTraits, b: PersonTraits) -> bool:
    """Both are members of one household, as two different relatives of its head."""
    return (
        a.household_id is not None
        and a.household_id == b.household_id
        and a.relation != b.relation
        and not {a.relation, b.relation} & _LOOSE
    )
