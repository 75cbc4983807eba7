"""The timeline in words: what each line says, grouped by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from welfare.cases import queries
from welfare.cases.kinds import AgreedBy, Fault, RiskLevel, Stage, Tick, Told
from welfare.cases.labels import (
    AGREED_BY,
    EVENTS,
    FAULTS,
    FIELDS,
    ICONS,
    KINDS_OF_HELP,
    OUTCOMES,
    RISKS,
    STAGES,
    STATUSES,
    TOLD,
)
from welfare.cases.queries import Line
from welfare.cases.workflow import AssistanceKind, CaseStatus, EventKind, Outcome
from welfare.core import clock
from welfare.core.errors import NotFound
from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.dates import format_short
from welfare.core.thai.money import format_baht
from welfare.core.web.templating import language
from welfare.papers.parts import kind_of

KEPT = {
    "notes": frozenset({EventKind.NOTE, EventKind.CITIZEN, EventKind.VISIT}),
    "steps": frozenset(
        {
            EventKind.OPENED,
            EventKind.JOINED,
            EventKind.STATUS,
            EventKind.ASSIGNED,
            EventKind.ACCEPTED,
            EventKind.DECLINED,
            EventKind.TAKEN_BACK,
            EventKind.CLOSED,
            EventKind.REOPENED,
            EventKind.MERGED,
            EventKind.PARTED,
            EventKind.FAMILY,
        }
    ),
    "work": frozenset(
        {
            EventKind.TASK,
            EventKind.ASSISTANCE,
            EventKind.ATTACHMENT,
            EventKind.REFERRAL,
            EventKind.ASSESSMENT,
            EventKind.PLAN,
            EventKind.CHECKLIST,
            EventKind.RISK,
            EventKind.PAPER,
        }
    ),
    "deadlines": frozenset({EventKind.DEADLINE}),
    "rules": frozenset({EventKind.RULE}),
}
"""What each filter of the timeline keeps; ``told`` keeps what the citizen reads, ``rules`` what
any rule did."""
BY_RULE = frozenset({"escalated", "asked", "lapsed", "reckoned", "reminded", "loan_reminded"})
"""Verbs of lines that a rule has written, whatever they are about."""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line ready for ``components/timeline.html``."""

    title: str
    time: str
    who: str
    icon: str
    kind: str | None
    body: str = ""
    quote: str = ""
    url: str | None = None


def story(lines: Iterable[Line], show: str) -> list[tuple[str, list[ToldLine]]]:
    """The lines that a filter keeps, by day, newest first."""
    kept = [line for line in lines if _keeps(show, line)]
    return [
        (_day(day), [_told(line) for line in group])
        for day, group in groupby(kept, key=lambda line: clock.local(line.at).date())
    ]


def _keeps(show: str, line: Line) -> bool:
    if show == "told":
        return line.public
    if show == "rules":
        return line.kind is EventKind.RULE or line.data.get("verb") in BY_RULE
    return show not in KEPT or line.kind in KEPT[show]


def _day(day: date) -> str:
    written = format_short(day, lang=language())
    if day == clock.today():
        return _("Today, %(date)s", date=written)
    if day == clock.today() - timedelta(days=1):
        return _("Yesterday, %(date)s", date=written)
    return written


def _told(line: Line) -> ToldLine:
    words = _TITLES.get(line.kind)
    citizen = line.kind == EventKind.CITIZEN
    said_on = clock.local(line.at).date().isoformat()
    title = words({**line.data, "said_on": said_on}) if words else str(EVENTS[line.kind])
    if line.origin:
        title = _("%(title)s (in %(case)s)", title=title, case=line.origin)
    return ToldLine(
        title=title,
        time=clock.local(line.at).strftime("%H:%M"),
        who=line.who,
        icon=ICONS[line.kind],
        kind="told" if line.public else None,
        body="" if citizen else line.text,
        quote=line.text if citizen else "",
    )


def _joined(data: dict[str, Any]) -> str:
    return _("Request %(reference)s joined to the case", reference=data.get("complaint", ""))


def _moved(data: dict[str, Any]) -> str:
    if data.get("proposes"):
        return _("Asked to close: %(outcome)s", outcome=OUTCOMES[Outcome(data["proposes"])])
    if data.get("before") == CaseStatus.REVIEW:
        return _("The manager sent the closing back")
    if data.get("after") == CaseStatus.WAITING:
        if data.get("until"):
            return _(
                "The deadline stands still until %(day)s: waiting for somebody else",
                day=_written(data["until"]),
            )
        return _("The deadline stands still: waiting for somebody else")
    if data.get("before") == CaseStatus.WAITING:
        return _("Work goes on; working days waited: %(days)s", days=_waited(data))
    after = data.get("after")
    return str(STATUSES[CaseStatus(after)]) if after else str(EVENTS[EventKind.STATUS])


def _waited(data: dict[str, Any]) -> int:
    return int(data.get("clock", {}).get("waited", 0))


def _assigned(data: dict[str, Any]) -> str:
    name = _worker(data)
    if data.get("verb") in _PASSED:
        return str(_PASSED[data["verb"]]) % {"name": name}
    second = queries.name_of(data.get("companion_id"))
    if name and second:
        return _("Offered to %(name)s, with %(second)s along", name=name, second=second)
    return _("Offered to %(name)s", name=name) if name else str(EVENTS[EventKind.ASSIGNED])


_PASSED = {
    "transfer_asked": _l("%(name)s was asked to take the case over"),
    "transfer_agreed": _l("%(name)s has taken the case over"),
    "transfer_refused": _l("%(name)s does not take the case over"),
    "transfer_withdrawn": _l("%(name)s is no longer asked to take the case over"),
    "handed_over": _l("Handed over to %(name)s"),
    "handed_back": _l("Hand-over undone: back with %(name)s"),
    "conflict_lifted": _l("%(name)s can be proposed for this case again"),
    "decline_undone": _l("%(name)s did not mean to decline: it waits for the answer again"),
    "take_back_undone": _l("Taking back was undone: again with %(name)s"),
}
"""How a case passes from one worker to another, by ``data["verb"]``."""


def _declined(data: dict[str, Any]) -> str:
    name = _worker(data)
    if name and data.get("conflict"):
        return _("Declined by %(name)s: related, or a conflict of interest", name=name)
    return _("Declined by %(name)s", name=name) if name else str(EVENTS[EventKind.DECLINED])


def _taken_back(data: dict[str, Any]) -> str:
    name = _worker(data)
    return _("Taken back from %(name)s", name=name) if name else str(EVENTS[EventKind.TAKEN_BACK])


def _worker(data: dict[str, Any]) -> str:
    return str(data.get("worker") or queries.name_of(data.get("worker_id")))


def _edited(data: dict[str, Any]) -> str:
    fields = [str(FIELDS[name]) for name in data.get("fields", []) if name in FIELDS]
    return _("Changed: %(fields)s", fields=", ".join(fields))


def _task(data: dict[str, Any]) -> str:
    return {
        "added": _("Task noted"),
        "finished": _("Task done"),
        "dropped": _("Task no longer needed"),
    }.get(data.get("verb", ""), str(EVENTS[EventKind.TASK]))


def _visit(data: dict[str, Any]) -> str:
    if data.get("verb") == "planned" and data.get("planned_on"):
        day = format_short(date.fromisoformat(data["planned_on"]), lang=language())
        second = queries.name_of(data.get("companion_id"))
        if second:
            return _("Visit planned for %(date)s, with %(name)s along", date=day, name=second)
        return _("Visit planned for %(date)s", date=day)
    if data.get("verb") == "moved":
        return _("Visit moved to %(time)s", time=data.get("planned_time", ""))
    return {
        "restored": _("Visit to be made after all"),
        "planned": _("Visit planned"),
        "recorded": _("Visit made"),
        "corrected": _("Record of a visit corrected"),
        "missed": _("Visit did not take place"),
        "cancelled": _("Visit called off"),
        "taken_over": _("Planned visit taken over"),
        "adl": _("Daily living written down at a visit"),
    }.get(data.get("verb", ""), str(EVENTS[EventKind.VISIT]))


def _given(data: dict[str, Any]) -> str:
    verb = data.get("verb")
    if verb == "withdrawn":
        return _("Record of help withdrawn")
    if verb in _HELP_STEPS:
        words = str(_HELP_STEPS[verb])
        if data.get("amount"):
            return _("%(step)s: %(amount)s baht", step=words, amount=_baht(data))
        return words
    kind = data.get("kind")
    words = str(KINDS_OF_HELP[AssistanceKind(kind)]) if kind else ""
    if data.get("amount"):
        return _("Help given: %(kind)s, %(amount)s baht", kind=words, amount=_baht(data))
    return _("Help given: %(kind)s", kind=words)


_HELP_STEPS = {
    "help_asked": _l("Help asked of a fund"),
    "help_withdrawn": _l("Request for help taken back"),
    "help_voted": _l("A member of the committee has voted"),
    "help_approved": _l("Help approved"),
    "help_refused": _l("Help not approved"),
    "help_undone": _l("Resolution of the committee taken back"),
    "help_recused": _l("A member of the committee does not vote on it"),
    "help_rejoined": _l("A member of the committee votes on it after all"),
    "help_delivered": _l("Approved help handed over"),
    "help_released": _l("Rest of the approval given up"),
    "help_returned": _l("Help given back to the fund"),
    "loan_lent": _l("Equipment lent"),
    "loan_extended": _l("Loan of equipment extended"),
    "loan_came_back": _l("Equipment brought back"),
    "loan_lost": _l("Equipment does not come back"),
    "loan_reminded": _l("Reminded of equipment on loan"),
}


def _baht(data: dict[str, Any]) -> str:
    return format_baht(Decimal(data["amount"]))


def _file(data: dict[str, Any]) -> str:
    if data.get("verb") == "removed":
        return _("File removed")
    return str(EVENTS[EventKind.ATTACHMENT])


def _deadline(data: dict[str, Any]) -> str:
    return _DEADLINE_LINES.get(data.get("verb", ""), _plain_deadline)(data)


def _plain_deadline(_data: dict[str, Any]) -> str:
    return str(EVENTS[EventKind.DEADLINE])


def _stage(data: dict[str, Any]) -> str:
    return str(STAGES[Stage(data["stage"])])


def _written(day: str) -> str:
    return format_short(date.fromisoformat(day), lang=language())


def _reckoned(data: dict[str, Any]) -> str:
    moved = ", ".join(
        f"{STAGES[Stage(stage)]} {_moment_day(before)} → {_moment_day(after)}"
        for stage, before, after in data.get("moved", [])
    )
    return _("Closed days were changed; deadlines reckoned anew: %(moved)s", moved=moved)


def _moment_day(moment: str) -> str:
    return format_short(clock.local(datetime.fromisoformat(moment)).date(), lang=language())


def _set_by_hand(data: dict[str, Any]) -> str:
    return _(
        "Deadline set by hand: %(stage)s %(before)s → %(after)s",
        stage=_stage(data),
        before=_written(data["before"]),
        after=_written(data["after"]),
    )


def _escalated(data: dict[str, Any]) -> str:
    names = ", ".join(name for one in data.get("to", []) if (name := queries.name_of(one)))
    words = _(
        "%(what)s (%(stage)s, due %(due)s): told %(names)s",
        what=_when(int(data.get("offset", 0)), data["due"], data["said_on"]),
        stage=_stage(data),
        due=_written(data["due"]),
        names=names or _("nobody"),
    )
    if data.get("fault"):
        meant, why = TOLD[Told(data["told"])], FAULTS[Fault(data["fault"])]
        words += " " + _("instead of: %(meant)s, because %(why)s", meant=meant, why=why)
    return words


def _when(offset: int, due: str, said_on: str) -> str:
    """How near the deadline was when it was told: a rule may speak later than it was to."""
    if offset <= 0 and due < said_on:
        return _("Deadline passed")
    if due == said_on:
        return _("Deadline today")
    if offset <= 0:
        return _("Deadline in %(n)s working days", n=-offset)
    return _("Deadline passed %(n)s working days ago", n=offset)


def _asked(data: dict[str, Any]) -> str:
    name = queries.name_of(data.get("owner")) or _("the officers")
    return _(
        "Asked %(name)s why it is late: %(stage)s, due %(due)s",
        name=name,
        stage=_stage(data),
        due=_written(data["due"]),
    )


def _answered(data: dict[str, Any]) -> str:
    return _("Why it is late: %(stage)s", stage=_stage(data))


def _lapsed(data: dict[str, Any]) -> str:
    return _("No longer late: %(stage)s", stage=_stage(data))


_DEADLINE_LINES: dict[str, Callable[[dict[str, Any]], str]] = {
    "reckoned": _reckoned,
    "set": _set_by_hand,
    "escalated": _escalated,
    "asked": _asked,
    "answered": _answered,
    "lapsed": _lapsed,
}


def _closed(data: dict[str, Any]) -> str:
    outcome = data.get("outcome")
    words = str(OUTCOMES[Outcome(outcome)]) if outcome else ""
    name = _worker(data)
    if name:
        return _("Case closed: %(outcome)s; worked on by %(name)s", outcome=words, name=name)
    return _("Case closed: %(outcome)s", outcome=words)


_REFERRAL_LINES = {
    "drafted": _l("Referral prepared: %(agency)s"),
    "edited": _l("Prepared referral changed: %(agency)s"),
    "issued": _l("Referred to %(agency)s"),
    "opened": _l("%(agency)s has opened the referral"),
    "accept": _l("%(agency)s takes it up"),
    "result": _l("%(agency)s tells the result"),
    "decline": _l("%(agency)s declines"),
    "more_time": _l("%(agency)s asks for more time"),
    "extended": _l("More time to answer: %(agency)s"),
    "chased": _l("Asked again for an answer: %(agency)s"),
    "renewed": _l("New code for the agency's page: %(agency)s"),
    "reminded": _l("Reminded that no answer came: %(agency)s"),
    "withdrawn": _l("Referral taken back: %(agency)s"),
}


def _referral(data: dict[str, Any]) -> str:
    words = _REFERRAL_LINES.get(data.get("verb", ""))
    if words is None:
        return str(EVENTS[EventKind.REFERRAL])
    return str(words) % {"agency": data.get("agency", "")}


_CARE_LINES = {
    "needs.assessed": _l("Needs assessed"),
    "needs.withdrawn": _l("Assessment taken back"),
    "goal.added": _l("Goal set"),
    "goal.edited": _l("Goal changed"),
    "goal.met": _l("Goal met"),
    "goal.dropped": _l("Goal given up"),
    "goal.taken_up": _l("Goal taken up again"),
    "plan_action.added": _l("Action planned"),
    "plan_action.edited": _l("Action changed"),
    "plan_action.done": _l("Action done"),
    "plan_action.dropped": _l("Action dropped"),
    "plan_action.taken_up": _l("Action taken up again"),
}


def _care(data: dict[str, Any]) -> str:
    verb = data.get("verb", "")
    if verb == "plan.agreed":
        by = AGREED_BY[AgreedBy(data["agreed_by"])]
        return _("Plan agreed on %(day)s by: %(by)s", day=_written(data["agreed_on"]), by=by)
    words = str(_CARE_LINES.get(verb, EVENTS[EventKind.PLAN]))
    if data.get("assessed_on"):
        return f"{words} ({_written(data['assessed_on'])})"
    return words


def _risk(data: dict[str, Any]) -> str:
    level = RISKS[RiskLevel(data["level"])]
    english = language() == "en"
    reasons = ", ".join(en if english and en else th for th, en in data.get("reasons", []))
    if data.get("before") and data["before"] != data["level"]:
        before = RISKS[RiskLevel(data["before"])]
        level = _("%(level)s (before: %(before)s)", level=level, before=before)
    return f"{level}: {reasons}" if reasons else str(level)


def _checked(data: dict[str, Any]) -> str:
    if data.get("verb") == "checklist.unticked":
        return _("Tick of the checklist taken back")
    if data.get("tick") == Tick.NOT_NEEDED:
        return _("Of the checklist, does not apply")
    return _("Of the checklist, done")


def _by_rule(data: dict[str, Any]) -> str:
    name = data.get("name", "")
    if data.get("verb") == "could_not":
        why = FAULTS[Fault(data["fault"])]
        return _(
            "The rule “%(rule)s” could not run because %(why)s: passed to the officer",
            rule=name,
            why=why,
        )
    names = ", ".join(name for one in data.get("workers", []) if (name := queries.name_of(one)))
    return _("The rule “%(rule)s” proposes first: %(names)s", rule=name, names=names or "–")


_PAPER_LINES = {
    "issued": _l("%(kind)s issued: %(number)s"),
    "withdrawn": _l("%(kind)s taken back: %(number)s"),
    "replaced": _l("%(kind)s replaced: %(number)s"),
}


def _paper(data: dict[str, Any]) -> str:
    words = _PAPER_LINES.get(data.get("verb", ""))
    try:
        kind = kind_of(str(data.get("kind", ""))).name(language())
    except NotFound:
        kind = str(EVENTS[EventKind.PAPER])
    return str(words) % {"kind": kind, "number": data.get("number", "")} if words else kind


_BESIDE = {
    "took_in": _l("%(case)s became part of this case"),
    "became_part": _l("Became part of %(case)s"),
    "gave_out": _l("%(case)s stands on its own again"),
    "own_again": _l("Stands on its own again, apart from %(case)s"),
    "two": _l("Not the same as %(case)s"),
    "related": _l("Linked with a case that has to do with it"),
    "unrelated": _l("No longer linked with another case"),
    "parent_set": _l("Is now part of the larger case %(case)s"),
    "parent_left": _l("No longer part of the larger case %(case)s"),
    "child_came": _l("%(case)s belongs to this case now"),
    "child_left": _l("%(case)s no longer belongs to this case"),
    "child_opened": _l("%(case)s was opened from this case"),
}


def _beside(data: dict[str, Any]) -> str:
    words = _BESIDE.get(data.get("verb", ""))
    if words is None:
        return str(EVENTS[EventKind.FAMILY])
    return str(words) % {"case": data.get("case", "")}


_TITLES: dict[EventKind, Callable[[dict[str, Any]], str]] = {
    EventKind.JOINED: _joined,
    EventKind.STATUS: _moved,
    EventKind.ASSIGNED: _assigned,
    EventKind.DECLINED: _declined,
    EventKind.TAKEN_BACK: _taken_back,
    EventKind.EDITED: _edited,
    EventKind.TASK: _task,
    EventKind.VISIT: _visit,
    EventKind.ASSISTANCE: _given,
    EventKind.ATTACHMENT: _file,
    EventKind.CLOSED: _closed,
    EventKind.DEADLINE: _deadline,
    EventKind.REFERRAL: _referral,
    EventKind.ASSESSMENT: _care,
    EventKind.PLAN: _care,
    EventKind.RISK: _risk,
    EventKind.CHECKLIST: _checked,
    EventKind.RULE: _by_rule,
    EventKind.PAPER: _paper,
    EventKind.MERGED: _beside,
    EventKind.PARTED: _beside,
    EventKind.FAMILY: _beside,
}
