"""The workers beside the board, in words: load, day, skills, villages; the best for one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import format_short
from welfare.core.web.templating import language
from welfare.dispatch.forms.crew import VEHICLES
from welfare.dispatch.queries import Ranking, Teammate
from welfare.dispatch.queries.wants import CaseWant
from welfare.dispatch.views.reasons import (
    absence_words,
    could_not_words,
    language_words,
    ranked_words,
)
from welfare.dispatch.views.words import load_words
from welfare.dispatch.workflow import Vehicle

SHOWN = 6
"""How many of the best a case lists; the others stand on its own page."""
MOST_HOURS = 6


@dataclass(frozen=True, slots=True)
class MateWords:
    """One worker as the board shows them."""

    id: int
    username: str
    name: str
    weight: int
    load: str
    today: str
    can: str
    away: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the best for a case."""

    id: int
    name: str
    before: int
    after: int
    words: str


@dataclass(frozen=True, slots=True)
class Selected:
    """A case with its best workers; ``barred``: how many must not have it."""

    case: CaseWant
    best: tuple[Choice, ...]
    more: int
    barred: tuple[str, ...]
    could_not: tuple[str, ...] = ()


def mate_words(mate: Teammate, skills: Mapping[str, str]) -> MateWords:
    """What a dispatcher wants to know of a worker at a glance."""
    member = mate.member
    away = ""
    if mate.away is not None:
        until = format_short(mate.away.last_day, lang=language())
        kind = absence_words().get(mate.away.kind.value, "")
        away = _("%(kind)s until %(day)s", kind=kind, day=until)
    return MateWords(
        id=member.id,
        username=member.username,
        name=member.name,
        weight=mate.load.weight,
        load=load_words(mate.load),
        today=_today(mate.today),
        can=_can(mate, skills),
        away=away,
    )


def _today(hours: tuple[str, ...]) -> str:
    if not hours:
        return ""
    set_hours = [hour for hour in hours if hour][:MOST_HOURS]
    words = _("%(n)s visits today", n=len(hours))
    return f"{words}: {', '.join(set_hours)}" if set_hours else words


def _can(mate: Teammate, skills: Mapping[str, str]) -> str:
    member, spoken = mate.member, language_words()
    parts = [skills.get(code, code) for code in sorted(member.skills)]
    parts += [spoken.get(code, code) for code in sorted(member.languages)]
    if member.villages:
        home = ", ".join(str(no) for no in sorted(member.villages))
        parts.append(_("at home in Moo %(area)s", area=home))
    if member.vehicle is not Vehicle.NONE:
        parts.append(str(dict(VEHICLES)[member.vehicle.value]))
    return " · ".join(parts)


def selected_words(ranking: Ranking, skills: Mapping[str, str]) -> Selected:
    """The best for a case, each with its reasons and what the case does to their load."""
    fit = [one for one in ranking.ranked if one.allowed]
    return Selected(
        case=ranking.case,
        best=tuple(
            Choice(
                one.member.id, one.member.name, one.before, one.before + one.extra,
                ranked_words(one, skills),
            )
            for one in fit[:SHOWN]
        ),
        more=max(len(fit) - SHOWN, 0),
        barred=tuple(
            f"{one.member.name}: {ranked_words(one, skills)}"
            for one in ranking.ranked
            if not one.allowed
        ),
        could_not=tuple(could_not_words(ranking)),
    )  # fmt: skip
