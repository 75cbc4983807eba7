"""Rows of cases, what was done for them, and their timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from welfare.cases.models.work import AssistanceKind
from welfare.cases.workflow import CaseStatus, Outcome, Priority, Sensitivity, TaskStatus
from welfare.core.thai.text import search_key
from welfare.demo.answers import unhappy_at
from welfare.demo.bulk import Row
from welfare.demo.complaint_rows import complaint_words
from welfare.demo.ground import Ground
from welfare.demo.seeds import CaseSeed
from welfare.dispatch.workflow import AssignmentStatus, VisitStatus
from welfare.households.models.keys import household_key, person_key

SUMMARY_LENGTH = 400


def case_row(case: CaseSeed, ground: Ground) -> Row:
    """Return one row of `cases`; its deadline is counted as the office counts it."""
    number, town = ground.numbers[case.index], ground.town
    summary = town.complaints[case.complaints[0]].description[:SUMMARY_LENGTH]
    return {
        "id": case.index + 1,
        "number": number,
        "title": case.title,
        "summary": summary,
        "category_id": ground.categories[case.category],
        "priority": Priority(case.priority),
        "sensitivity": Sensitivity(case.sensitivity),
        "status": CaseStatus(case.status),
        "household_id": case.household + 1 if case.household is not None else None,
        "person_id": case.subject + 1 if case.subject is not None else None,
        "village_no": case.village_no,
        "assignee_id": ground.user(case.assignee or ""),
        "opened_by_id": ground.user(case.opened_by),
        "opened_at": case.opened_at,
        "due_at": _due_at(case, ground),
        "paused_at": case.paused_at,
        "closed_at": case.closed_at,
        "outcome": Outcome(case.outcome) if case.outcome else None,
        "outcome_note": case.outcome_note,
        "reopened_times": case.reopened_times,
        "unhappy_at": unhappy_at(case, town.now),
        "search_text": _words(case, number, summary, ground),
        "updated_at": case.updated_at,
        "version": 1 + len(case.events),
    }


def _words(case: CaseSeed, number: str, summary: str, ground: Ground) -> str:
    """Return the search text in the lines that the services of cases keep."""
    town, subject = ground.town, ""
    if case.subject is not None:
        person = town.people[case.subject]
        subject = person_key(person.given_name, "", person.surname)
    if case.household is not None:
        house = town.households[case.household]
        key = household_key(house.house_no, "", house.lane, "", house.landmark)
        subject = f"{subject} {key}"
    lines = [search_key(f"{number} {case.title} {summary}"), search_key(subject)]
    for index in case.complaints:
        lines.append(complaint_words(town.complaints[index], ground.references[index]))
    return "\n".join(line for line in lines if line)


def clock_start(case: CaseSeed) -> datetime:
    """Return when the deadline last began to run: at the opening or the last reopening."""
    reopened = [event.at for event in case.events if event.kind == "reopened"]
    return reopened[-1] if reopened else case.opened_at


def waits(case: CaseSeed, since: datetime) -> list[tuple[datetime, datetime | None]]:
    """Return the finished waits after `since`."""
    found: list[tuple[datetime, datetime | None]] = []
    for event in case.events:
        if event.kind != "status" or event.at < since:
            continue
        if event.detail == "wait":
            found.append((event.at, None))
        elif found:
            found[-1] = (found[-1][0], event.at)
    return [pause for pause in found if pause[1] is not None]


def _due_at(case: CaseSeed, ground: Ground) -> datetime:
    start = clock_start(case)
    days = ground.closure_days(case.category, case.priority, start)
    return ground.due(start, days, waits(case, start)).due_at


def assignment_rows(case: CaseSeed, ground: Ground) -> Iterator[Row]:
    """Return whom the case was given to."""
    for item in case.assignments:
        yield {
            "case_id": case.index + 1,
            "worker_id": ground.users[item.worker],
            "status": AssignmentStatus(item.status),
            "offered_by_id": ground.user(item.offered_by),
            "offered_at": item.offered_at,
            "answered_at": item.answered_at,
            "ended_at": item.ended_at,
            "reason": item.reason,
            "version": 1,
        }


def visit_rows(case: CaseSeed, ground: Ground) -> Iterator[Row]:
    """Return the visits."""
    for place, visit in enumerate(case.visits):
        local = visit.planned_at
        yield {
            "number": ground.visits[case.index][place],
            "case_id": case.index + 1,
            "worker_id": ground.users[visit.worker],
            "planned_on": local.date(),
            "planned_time": local.strftime("%H:%M"),
            "purpose": visit.purpose,
            "status": VisitStatus(visit.status),
            "visited_at": local if visit.status == "done" else None,
            "who_present": visit.who_present,
            "findings": visit.findings,
            "needs": "\n".join(visit.needs),
            "missed_reason": visit.reason,
            "created_by_id": ground.users[visit.worker],
            "created_at": visit.planned_by_at,
            "version": 1 if visit.status == "planned" else 2,
        }


def assistance_rows(case: CaseSeed, ground: Ground) -> Iterator[Row]:
    """Return the help that was given."""
    for place, item in enumerate(case.assistance):
        yield {
            "id": ground.first_help[case.index] + place,
            "case_id": case.index + 1,
            "person_id": case.subject + 1 if case.subject is not None else None,
            "kind": AssistanceKind(item.kind),
            "description": item.what,
            "amount": item.amount,
            "fund": item.fund,
            "given_on": item.given_on,
            "decided_by": item.decided_by,
            "recorded_by_id": ground.user(item.recorded_by),
            "recorded_at": item.recorded_at,
            "version": 1,
        }


def task_rows(case: CaseSeed, ground: Ground) -> Iterator[Row]:
    """Return the tasks."""
    for place, task in enumerate(case.tasks):
        done = task.done_at is not None
        yield {
            "id": ground.first_task[case.index] + place,
            "case_id": case.index + 1,
            "title": task.title,
            "status": TaskStatus.DONE if done else TaskStatus.OPEN,
            "assignee_id": ground.user(task.assignee),
            "due_on": task.due_on,
            "created_by_id": ground.user("officer"),
            "created_at": task.created_at,
            "done_at": task.done_at,
            "done_by_id": ground.user(task.assignee) if done else None,
            "version": 2 if done else 1,
        }
