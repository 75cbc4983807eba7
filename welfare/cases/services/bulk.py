"""One step for many cases; the right to it is checked for each, and what was left is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from welfare.cases.queries.loading import load_case
from welfare.cases.services.editing import edit_case
from welfare.cases.services.events import add_note
from welfare.cases.services.tasks import add_task
from welfare.cases.workflow import Priority
from welfare.core.errors import Forbidden, NotFound, Refused, StaleRecord
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Viewer

Told = tuple[list[str], list[tuple[str, str]]]
"""Numbers of the cases where it was done; the others, each with the reason in words."""


def set_priorities(*, actor: Viewer, versions: Mapping[str, int], priority: Priority) -> Told:
    """Give these cases another urgency, and with it its deadlines; ``versions`` as seen."""

    def one(number: str) -> None:
        case = load_case(number, viewer=actor, for_update=True)
        if case.priority == priority:
            raise Refused(_("it has this urgency already."))
        edit_case(
            actor=actor, number=number, version=versions[number], title=case.title,
            summary=case.summary, category_id=case.category_id, priority=priority,
            sensitivity=case.sensitivity, village_no=case.village_no,
        )  # fmt: skip

    return _each(versions, one)


def note_on_each(*, actor: Viewer, versions: Mapping[str, int], text: str) -> Told:
    """Note the same on each of these cases, for staff only."""
    return _each(versions, lambda number: add_note(actor=actor, number=number, text=text))


def task_on_each(*, actor: Viewer, versions: Mapping[str, int], title: str) -> Told:
    """Note something to be done on each of these cases, by whoever works on it."""

    def one(number: str) -> None:
        case = load_case(number, viewer=actor, for_update=True)
        add_task(actor=actor, number=number, title=title, assignee_id=case.assignee_id)

    return _each(versions, one)


def _each(versions: Mapping[str, int], act: Callable[[str], None]) -> Told:
    """In the order of the numbers, so that two at once never wait for each other crosswise."""
    done: list[str] = []
    left: list[tuple[str, str]] = []
    for number in sorted(versions):
        try:
            act(number)
        except StaleRecord:
            left.append((number, _("somebody has changed it meanwhile.")))
        except Refused as refusal:
            left.append((number, refusal.message))
        except Forbidden:
            left.append((number, _("you may not change it, or it is closed.")))
        except NotFound:
            left.append((number, _("there is no such case that you may see.")))
        else:
            done.append(number)
    return done, left
