"""Forms of a day's plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import Optional, ValidationError

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.digits import whole
from welfare.core.web.datefield import ThaiDateField
from welfare.core.web.forms import CreateForm, Form, short_enough
from welfare.dispatch.forms.fields import SeveralField
from welfare.dispatch.forms.visits import read_time
from welfare.dispatch.queries.day_jobs import Wish, minute_of
from welfare.dispatch.queries.plan_rows import StopRow


class CrewForm(CreateForm):
    """Which workers go out; the cases are ticked in their list, or named."""

    workers = SeveralField(_l("Who goes out"), validate_choice=False)
    more = StringField(_l("Other cases, by number"), validators=[Optional(), short_enough(1000)])

    @property
    def worker_ids(self) -> set[int]:
        """The workers ticked."""
        sent = (whole(one) for one in self.workers.chosen)
        return {one for one in sent if one is not None}

    @property
    def numbers(self) -> set[str]:
        """The numbers typed besides."""
        return {part.upper() for part in re.split(r"[\s,;]+", self.more.data or "") if part}


class ChoosePlanForm(CrewForm):
    """For which day as well."""

    day = ThaiDateField(_l("Day"), needed=_l("Please enter the day."))


class SettlePlanForm(Form):
    """Carries which state of a plan the person saw."""

    seen = HiddenField(default="0")

    @property
    def seen_version(self) -> int:
        """The version seen; 0, which fits nothing, when it was tampered with."""
        return whole(str(self.seen.data or "")) or 0


class RenewPlanForm(CrewForm, SettlePlanForm):
    """Who goes out on a day that is planned anew, and what comes in besides."""


@dataclass
class ReadWishes:
    """What was set by hand for the cases of a plan, by number, and what could not be read."""

    wishes: dict[str, Wish] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_wishes(stops: Iterable[StopRow], sent: Mapping[str, Any]) -> ReadWishes:
    """The wishes from the fields of each stop: ``worker-5``, ``time-5``, ``keep-5``, ``drop-5``."""
    found = ReadWishes()
    for stop in stops:
        wish = _wish(stop, sent, found.problems)
        if wish != Wish():
            found.wishes[stop.number] = wish
    return found


def _wish(stop: StopRow, sent: Mapping[str, Any], problems: list[str]) -> Wish:
    if sent.get(f"drop-{stop.id}"):
        return Wish(dropped=True)
    worker = whole(str(sent.get(f"worker-{stop.id}", "")))
    keep = bool(sent.get(f"keep-{stop.id}"))
    typed = str(sent.get(f"time-{stop.id}", "")).strip()
    at = None
    if typed:
        try:
            at = minute_of(read_time(typed), 0)
        except ValidationError:
            problems.append(f"{stop.number}: {_l('Please enter a time such as 09:30.')}")
    if keep:
        return Wish(worker or stop.worker_id, at if at is not None else stop.arrive)
    moved = worker if worker != stop.worker_id else None
    set_hour = at if at != stop.arrive else None
    return Wish(moved, set_hour)
