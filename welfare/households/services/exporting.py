"""Taking a filtered list out of the program as a spreadsheet: same filters, same rights, noted.

Numbers of people (ID, telephone) are masked. Who may reveal them may ask for them whole, and that
is noted in the audit as a deed of its own.
"""

from __future__ import annotations

from pathlib import Path

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.spreadsheets import write_sheet
from welfare.households import policies
from welfare.households.queries.filter_words import filter_words
from welfare.households.queries.filtering import (
    HouseholdFilters,
    PeopleFilters,
    sees_all_health,
)
from welfare.households.queries.lists import all_households, all_people
from welfare.households.services.sheets import (
    household_cells,
    household_columns,
    long_day,
    people_columns,
    person_cells,
)


def export_people(
    *, actor: Viewer, filters: PeopleFilters, path: Path, whole_numbers: bool = False
) -> int:
    """Write the people whom the filters leave for this viewer into a file; how many. Commits.

    ``whole_numbers``: IDs and telephones unmasked; ``Forbidden`` without the right to reveal.
    """
    _must_see(actor)
    if whole_numbers and not policies.can_reveal(actor):
        raise Forbidden
    health = sees_all_health(actor)
    _read_only()
    count = write_sheet(
        path,
        title=_("People"),
        columns=people_columns(health),
        rows=(person_cells(row, health, whole_numbers) for row in all_people(filters, actor)),
        about_title=_("About this file"),
        about=_about(actor, filters.used()),
    )
    begin_writing(db.session)
    details = {**filters.used(), "count": count, "health": health}
    audit.record(actor, "people.exported", "registry", "people", details)
    if whole_numbers:
        audit.record(
            actor, "people.revealed", "registry", "people", {"what": "export", "count": count}
        )
    db.session.commit()
    return count


def export_households(*, actor: Viewer, filters: HouseholdFilters, path: Path) -> int:
    """Write the houses that the filters leave for this viewer into a file; how many. Commits."""
    _must_see(actor)
    _read_only()
    count = write_sheet(
        path,
        title=_("Households"),
        columns=household_columns(),
        rows=(household_cells(row) for row in all_households(filters, actor)),
        about_title=_("About this file"),
        about=_about(actor, filters.used()),
    )
    begin_writing(db.session)
    details = {**filters.used(), "count": count}
    audit.record(actor, "households.exported", "registry", "households", details)
    db.session.commit()
    return count


def _must_see(actor: Viewer) -> None:
    if not actor.can(Permission.VIEW_REGISTRY):
        raise Forbidden


def _read_only() -> None:
    """A long reading must not keep others from writing (SQLite)."""
    db.session.rollback()
    expect_writes(False)


def _about(actor: Viewer, filters: dict[str, str]) -> list[tuple[str, str]]:
    now = clock.now()
    lines = [
        (_("Made on"), f"{long_day(now)} ({clock.today().isoformat()})"),
        (_("Made by"), actor.display_name),
        (_("Dates"), _("Each date stands twice: in the Buddhist era and as year-month-day.")),
        (_("Personal data"), _("For the work of the office only. Delete the file afterwards.")),
    ]
    return lines + [(_("Filter"), filter_words(name, each)) for name, each in filters.items()]
