"""Taking a filtered list out of the program as a spreadsheet: same filters, same rights, noted.

Numbers of people (ID, telephone) are masked. Who may reveal them may ask for them whole, and that
is noted in the audit as a deed of its own. What goes out is noted before it goes; the file itself
is made while it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.spreadsheets import stream_sheet
from welfare.households import policies
from welfare.households.queries.filter_words import filter_words
from welfare.households.queries.filtering import (
    HouseholdFilters,
    PeopleFilters,
    sees_all_health,
)
from welfare.households.queries.sheets import (
    house_lines,
    households_of_list,
    people_of_list,
    person_lines,
)
from welfare.households.services.sheets import cells, household_parts, long_day, people_parts


@dataclass(frozen=True, slots=True)
class Export:
    """How many rows the file will hold, and the file piece by piece (read once, in a context of
    the program)."""

    count: int
    pieces: Iterator[bytes]


def export_people(*, actor: Viewer, filters: PeopleFilters, whole_numbers: bool = False) -> Export:
    """The people whom the filters leave for this viewer as a spreadsheet. Commits that it was
    asked for.

    ``whole_numbers``: IDs and telephones unmasked; ``Forbidden`` without the right to reveal.
    """
    _must_see(actor)
    if whole_numbers and not policies.can_reveal(actor):
        raise Forbidden
    health = sees_all_health(actor)
    _read_only()
    ids = people_of_list(filters, actor)
    begin_writing(db.session)
    details = {**filters.used(), "count": len(ids), "health": health}
    audit.record(actor, "people.exported", "registry", "people", details)
    if whole_numbers:
        audit.record(
            actor, "people.revealed", "registry", "people", {"what": "export", "count": len(ids)}
        )
    db.session.commit()
    _read_only()
    parts = people_parts(health=health, whole=whole_numbers)
    pieces = stream_sheet(
        title=_("People"),
        columns=[part.column for part in parts],
        rows=(cells(parts, line) for line in person_lines(ids, actor, health=health)),
        about_title=_("About this file"),
        about=_about(actor, filters.used()),
    )
    return Export(len(ids), pieces)


def export_households(*, actor: Viewer, filters: HouseholdFilters) -> Export:
    """The houses that the filters leave for this viewer as a spreadsheet. Commits that it was
    asked for."""
    _must_see(actor)
    health = sees_all_health(actor)
    _read_only()
    ids = households_of_list(filters, actor)
    begin_writing(db.session)
    details = {**filters.used(), "count": len(ids)}
    audit.record(actor, "households.exported", "registry", "households", details)
    db.session.commit()
    _read_only()
    parts = household_parts()
    pieces = stream_sheet(
        title=_("Households"),
        columns=[part.column for part in parts],
        rows=(cells(parts, line) for line in house_lines(ids, health=health)),
        about_title=_("About this file"),
        about=_about(actor, filters.used()),
    )
    return Export(len(ids), pieces)


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
        (
            _("Dates"),
            _("Each date stands twice: in the Buddhist era, and in the Christian era as a date."),
        ),
        (
            _("Coming in again"),
            _(
                "The columns are those that an import understands: a list that was corrected can"
                " be uploaded as it is."
            ),
        ),
        (_("Personal data"), _("For the work of the office only. Delete the file afterwards.")),
    ]
    return lines + [(_("Filter"), filter_words(name, each)) for name, each in filters.items()]
