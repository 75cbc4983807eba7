"""The deadlines of a case in words: where each stands, and how it was reckoned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from markupsafe import Markup

from welfare.cases.kinds import Stage, WaitingFor
from welfare.cases.labels import STAGES, WAITED_FOR
from welfare.cases.queries import CaseFile
from welfare.cases.queries.deadlines.stages import StageFile
from welfare.cases.views.daystrip import day_strip
from welfare.core import clock
from welfare.core.deadlines import Deadline
from welfare.core.i18n import gettext as _
from welfare.core.municipality import closures_in_english
from welfare.core.thai.dates import format_short
from welfare.core.web.templating import language


@dataclass(frozen=True, slots=True)
class StageWords:
    """One deadline ready for the page. ``tone``: as ``components/status.html`` knows it."""

    stage: Stage
    name: str
    state: str
    tone: str
    due_at: datetime
    words: str
    by_hand: str
    in_force: str
    strip: Markup | None
    runs: bool


def stage_words(case: CaseFile) -> list[StageWords]:
    """Every deadline of a case, in order."""
    stages = _in_english(case.stages) if language() == "en" else case.stages
    return [_one(case, stage) for stage in stages]


def _in_english(stages: Sequence[StageFile]) -> list[StageFile]:
    """The same with closed days by their English names; the arithmetic keeps the Thai ones."""
    days = [day for one in stages if one.reckoning for day, _name in one.reckoning.closed]
    names = closures_in_english(min(days), max(days)) if days else {}
    return [
        replace(
            one,
            reckoning=replace(
                one.reckoning,
                closed=tuple((day, names.get(day, name)) for day, name in one.reckoning.closed),
            ),
        )
        if one.reckoning
        else one
        for one in stages
    ]


def _one(case: CaseFile, stage: StageFile) -> StageWords:
    state, tone = _state(case, stage)
    known = stage.reckoning
    return StageWords(
        stage=stage.stage,
        name=str(STAGES[stage.stage]),
        state=state,
        tone=tone,
        due_at=stage.due_at,
        words=sentence(known) if known else "",
        by_hand=_by_hand(stage),
        in_force=_in_force(stage),
        strip=day_strip(known, language()) if known else None,
        runs=stage.runs and case.closed_at is None,
    )


def _state(case: CaseFile, stage: StageFile) -> tuple[str, str]:
    now = clock.now()
    if stage.ended_at is not None:
        return _("no longer needed"), "closed"
    if stage.met_at is not None:
        day = _day(clock.local(stage.met_at).date())
        if stage.met_at > stage.due_at:
            return _("met late, %(day)s", day=day), "late"
        return _("met %(day)s", day=day), "done"
    if case.paused_at is not None and stage.due_at >= case.paused_at:
        return _("stands still"), "waiting"
    return (_("overdue"), "late") if now > stage.due_at else (_("runs"), "working")


def _day(day: date) -> str:
    return format_short(day, lang=language())


def sentence(known: Deadline) -> str:
    """The arithmetic of a deadline in one sentence."""
    left_out = []
    if known.weekend_days:
        left_out.append(_("%(n)s Saturdays and Sundays", n=known.weekend_days))
    left_out += [f"{name} {days}" for name, days in _closed_words(known.closed)]
    parts = [_("%(n)s working days from %(day)s", n=known.working_days, day=_day(known.start))]
    if left_out:
        parts.append(_("not counted: %(what)s", what=", ".join(left_out)))
    parts += _waits(known)
    return f"{'; '.join(parts)} → {_day(known.due_on)}"


def _waits(known: Deadline) -> list[str]:
    """How many working days were waited, and for whom."""
    if known.waited and not known.waited_on:
        return [_("waited %(n)s working days", n=known.waited)]
    counted = Counter(whom for _waited, whom in known.waited_on)
    return [
        _(
            "waited %(n)s working days for %(whom)s",
            n=n,
            whom=WAITED_FOR.get(WaitingFor(whom) if whom else WaitingFor.OTHER, ""),
        )
        for whom, n in counted.items()
    ]


def _closed_words(closed: Iterable[tuple[date, str]]) -> list[tuple[str, str]]:
    """Closed days by name, days in a row put together: Songkran 13–15."""
    runs: list[tuple[str, date, date]] = []
    for day, name in closed:
        if runs and runs[-1][0] == name and day - runs[-1][2] == timedelta(days=1):
            runs[-1] = (name, runs[-1][1], day)
        else:
            runs.append((name, day, day))
    return [(name, _span(first, last)) for name, first, last in runs]


def _span(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _by_hand(stage: StageFile) -> str:
    if stage.hand_on is None or stage.hand_at is None:
        return ""
    return _(
        "Set by hand to %(day)s by %(name)s on %(when)s: %(reason)s",
        day=_day(stage.hand_on),
        name=stage.hand_by or _("the office"),
        when=_day(clock.local(stage.hand_at).date()),
        reason=stage.hand_reason,
    )


def _in_force(stage: StageFile) -> str:
    if stage.rule_from is None:
        return _("%(n)s working days, by its category", n=stage.working_days)
    words = _(
        "%(n)s working days, in force since %(day)s",
        n=stage.working_days,
        day=_day(stage.rule_from),
    )
    return f"{words} · {stage.legal_basis}" if stage.legal_basis else words
