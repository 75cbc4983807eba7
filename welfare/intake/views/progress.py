"""The page of a followed request, in the citizen's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from welfare.cases.queries import PublicEvent
from welfare.cases.workflow import EventKind, Outcome
from welfare.core import clock
from welfare.core.i18n import gettext as _
from welfare.core.thai.dates import format_datetime, format_long, local_date
from welfare.core.web.templating import language
from welfare.intake.forms.tracking import HelpedForm, InformationForm
from welfare.intake.queries.stages import ROAD, Stage
from welfare.intake.queries.tracking import Followed, PublicLine
from welfare.intake.views import photos


@dataclass(frozen=True, slots=True)
class RoadSign:
    """One stage of the way: ``state`` is ``past``, ``now`` or ``next``."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history on the page."""

    title: str
    time: str
    quote: str
    icon: str
    kind: str | None = None


def stage_word(stage: Stage) -> str:
    """A stage in a word or two."""
    words = {
        Stage.RECEIVED: _("Sent to the office"),
        Stage.NEEDS_INFO: _("The office asks for more"),
        Stage.TAKEN_UP: _("Taken up"),
        Stage.WORKING: _("Being worked on"),
        Stage.FINISHED: _("Finished"),
        Stage.REFERRED: _("Passed on to another office"),
        Stage.DECLINED: _("Not taken up"),
        Stage.WITHDRAWN: _("Withdrawn"),
    }
    return words[stage]


def now_words(one: Followed) -> str:
    """What happens now and by when, in one sentence or two."""
    if one.stage is Stage.FINISHED and one.case is not None:
        return one.case.outcome_note or _("The office has finished its work on this.")
    if one.stage is Stage.NEEDS_INFO:
        return _("The office needs an answer from you before it can go on.")
    if one.stage is Stage.RECEIVED:
        if one.acknowledge_by is not None and one.acknowledge_by >= clock.now():
            return _(
                "The request waits to be read by an officer, on %(day)s at the latest.",
                day=_day(one.acknowledge_by),
            )
        return _("The request is at the office and waits to be read and decided.")
    if one.stage is Stage.TAKEN_UP:
        return _with_day(_("The office has taken up the request and names a worker."), one)
    if one.stage is Stage.WORKING:
        return _with_day(_("A worker of the office deals with it."), one)
    return one.decision_text or _("This request is closed.")


def _with_day(words: str, one: Followed) -> str:
    due = one.case.due_at if one.case is not None else one.due_at
    if due is None:
        return words
    if due < clock.now():
        until = _(
            "It takes longer than planned (%(day)s). The office goes on with it.", day=_day(due)
        )
    else:
        until = _("It should be settled by %(day)s.", day=_day(due))
    return f"{words} {until}"


def _day(moment: datetime) -> str:
    return format_long(local_date(moment), lang=language())


def outcome_word(outcome: Outcome | None) -> str:
    """How it ended, in plain words."""
    words = {
        Outcome.SOLVED: _("The trouble is solved."),
        Outcome.PARTLY: _("The trouble is solved in part."),
        Outcome.REFERRED: _("Another office goes on with it."),
        Outcome.NOT_ELIGIBLE: _("The rules of the programme do not allow this help."),
        Outcome.NOT_SOLVED: _("The office could not solve the trouble."),
        Outcome.WITHDRAWN: _("The request was withdrawn."),
        Outcome.DECEASED: _("The person has died."),
        Outcome.UNFOUNDED: _("The office found no such trouble."),
    }
    return words[outcome] if outcome is not None else ""


def road(stage: Stage) -> list[RoadSign]:
    """The usual way with where the request is on it; empty when it left the way."""
    stage = Stage.RECEIVED if stage is Stage.NEEDS_INFO else stage
    if stage not in ROAD:
        return []
    here = ROAD.index(stage)
    states = ["past" if n < here else "now" if n == here else "next" for n in range(len(ROAD))]
    return [RoadSign(stage_word(each), state) for each, state in zip(ROAD, states, strict=True)]


def history(one: Followed) -> list[tuple[str, list[Told]]]:
    """What happened so far, newest first, ready for the timeline."""
    told = [(line.at, _told(line)) for line in one.lines]
    if one.case is not None:
        told += [
            (event.at, _told_of_case(event))
            for event in one.case.public_events
            if event.text or event.kind is EventKind.REOPENED
        ]
    told.sort(key=lambda pair: pair[0], reverse=True)
    return [("", [line for _at, line in told])]


def _told_of_case(event: PublicEvent) -> Told:
    if event.kind is EventKind.REOPENED:
        title = _("The office has taken the matter up again")
        return Told(title, _time(event.at), event.text, "arrow-repeat")
    return Told(_("From the office"), _time(event.at), event.text, "chat-left-text")


def _told(line: PublicLine) -> Told:
    titles = {
        "filed": (_("You filed the request"), "send"),
        "asked": (_("The office asked"), "question-circle"),
        "answered": (_("You answered"), "chat-left-text"),
        "added": (_("You added"), "chat-left-text"),
        "accepted": (_("The office took up the request"), "check-lg"),
        "referred": (_("The office passed it on"), "arrow-right"),
        "declined": (_("The office did not take it up"), "x-lg"),
        "withdrawn": (_("You withdrew the request"), "x-lg"),
        "returned": (_("The office looks into it again"), "arrow-repeat"),
        "feedback": (_("You told whether it helped"), "heart"),
    }
    title, icon = titles.get(line.kind.value, (_("From the office"), "chat-left-text"))
    photos_added = int(line.data.get("photos") or 0)
    quote = line.text
    if photos_added:
        pictures = _("%(n)s photos", n=photos_added)
        quote = f"{quote}\n{pictures}".strip()
    return Told(title, _time(line.at), quote, icon)


def _time(moment: datetime) -> str:
    return format_datetime(moment, lang=language())


def progress_page(
    one: Followed,
    *,
    information: InformationForm | None = None,
    helped: HelpedForm | None = None,
    kept: list[str] | None = None,
) -> str:
    """The page, with the forms as they were sent if something was wrong with them."""
    case = one.case
    finished = case is not None and one.stage is Stage.FINISHED
    return render_template(
        "intake/tracking/progress.html",
        one=one,
        stage=one.stage.value,
        stage_label=stage_word(one.stage),
        now_text=now_words(one),
        road=road(one.stage),
        outcome=outcome_word(case.outcome) if finished and case is not None else "",
        history=history(one),
        information=information or InformationForm(formdata=None),
        helped=helped or (HelpedForm(formdata=None) if finished else None),
        photos=photos.shown(kept or []),
        may_withdraw=one.stage in {*ROAD, Stage.NEEDS_INFO} and not finished,
        may_add=one.stage is not Stage.WITHDRAWN,
    )
