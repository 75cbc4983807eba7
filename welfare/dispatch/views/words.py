"""What a worker carries, in a line of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from welfare.core.i18n import gettext as _
from welfare.dispatch.queries import WorkerLoad


def load_words(worker: WorkerLoad) -> str:
    """``12 open · 2 urgent · 3 overdue · 5 visits this week · villages 1, 2``."""
    parts = [_("%(n)s open", n=worker.open)]
    if worker.urgent:
        parts.append(_("%(n)s urgent", n=worker.urgent))
    if worker.overdue:
        parts.append(_("%(n)s overdue", n=worker.overdue))
    if worker.offered:
        parts.append(_("%(n)s not yet answered", n=worker.offered))
    parts.append(_("%(n)s visits this week", n=worker.visits_week))
    area = _("villages %(area)s", area=worker.area) if worker.area else _("all villages")
    parts.append(area)
    return " · ".join(parts)


def choices(workers: Iterable[WorkerLoad]) -> list[tuple[str, str]]:
    """Workers for a list of radio buttons."""
    return [(str(worker.id), worker.name) for worker in workers]


def hints(workers: Iterable[WorkerLoad], said_no: Collection[int] = frozenset()) -> dict[str, str]:
    """What each of them carries, by the value of the radio button; ``said_no``: the ids of those
    who have declined the case before."""
    lines = {}
    for worker in workers:
        declined = [_("has declined this case")] if worker.id in said_no else []
        lines[str(worker.id)] = " · ".join([*declined, load_words(worker)])
    return lines
