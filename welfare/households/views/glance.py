"""What a household page says at a glance, and where its parts stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from welfare.core.i18n import gettext as _
from welfare.households.kinds import Condition, YesNo
from welfare.households.parts import Part
from welfare.households.queries import HouseholdFile

TOP = frozenset({"duplicates"})
ASIDE = frozenset({"operations_day", "photos", "extras"})
Badge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of the page: a notice above, the page itself, the column beside it."""

    top: list[Part] = field(default_factory=list)
    main: list[Part] = field(default_factory=list)
    aside: list[Part] = field(default_factory=list)


def placed(parts: Iterable[Part]) -> Places:
    """Each part where it belongs, in the order given."""
    places = Places()
    for part in parts:
        column = places.top if part.name in TOP else places.main
        (places.aside if part.name in ASIDE else column).append(part)
    return places


def badges(file: HouseholdFile) -> list[Badge]:
    """How many live there and what of them matters: a text and the tone of a tag each."""
    living = file.living
    counted = [
        (len(living), _("%(n)s live here", n=len(living)), "fact"),
        *(
            (n := sum(getattr(member.signs, sign) for member in living), _(words, n=n), tone)
            for sign, words, tone in SIGNS
        ),
        (
            len(file.registered_only),
            _("%(n)s registered only", n=len(file.registered_only)),
            "fact",
        ),
    ]
    found = [(words, tone) for n, words, tone in counted if n]
    if file.members and len(living) == 1 and living[0].signs.elderly:
        found.append((_("Old and alone"), "late"))
    house = file.facts
    if house.condition == Condition.WORN:
        found.append((_("House needs repair"), "waiting"))
    missing = [
        (house.water, _("No clean water")),
        (house.electricity, _("No electricity")),
        (house.toilet, _("No toilet")),
    ]
    found += [(words, "late") for state, words in missing if state == YesNo.NO]
    return found


SIGNS = (
    ("child", "%(n)s children", "fact"),
    ("elderly", "%(n)s aged 60 and over", "fact"),
    ("disabled", "%(n)s with a disability", "working"),
    ("home_bound", "%(n)s home-bound", "waiting"),
    ("bed_bound", "%(n)s bed-bound", "late"),
)


def named_for_the_catalogue() -> tuple[str, ...]:
    """The texts of ``SIGNS``, where the catalogue finds them; nobody calls this."""
    n = 0
    return (
        _("%(n)s children", n=n),
        _("%(n)s aged 60 and over", n=n),
        _("%(n)s with a disability", n=n),
        _("%(n)s home-bound", n=n),
        _("%(n)s bed-bound", n=n),
    )
