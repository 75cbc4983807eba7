"""Taking a filtered list out of the program as a spreadsheet: same filters, same rights, noted.

Numbers of people (ID, telephone) are masked. Who may reveal them may ask for them whole, and that
is noted in the audit as a deed of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from welfare.core import audit, clock
from welfare.core.db import begin_writing, db
from welfare.core.db.engine import expect_writes
from welfare.core.errors import Forbidden
from welfare.core.i18n import gettext as _
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.spreadsheets import Column, write_sheet
from welfare.core.thai.dates import format_long, format_partial
from welfare.core.thai.identity import format_house_code, format_id, mask_id
from welfare.core.thai.phones import format_phone, mask_phone
from welfare.households import labels, policies
from welfare.households.kinds import DatePrecision
from welfare.households.queries.filter_words import filter_words
from welfare.households.queries.filtering import (
    HouseholdFilters,
    PeopleFilters,
    sees_all_health,
)
from welfare.households.queries.lists import all_households, all_people
from welfare.households.queries.rows import age

Cells = list[str]


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
        columns=_people_columns(health),
        rows=(_person_cells(row, health, whole_numbers) for row in all_people(filters, actor)),
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
        columns=_household_columns(),
        rows=(_household_cells(row) for row in all_households(filters, actor)),
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
        (_("Made on"), f"{_long(now)} ({clock.today().isoformat()})"),
        (_("Made by"), actor.display_name),
        (_("Dates"), _("Each date stands twice: in the Buddhist era and as year-month-day.")),
        (_("Personal data"), _("For the work of the office only. Delete the file afterwards.")),
    ]
    return lines + [(_("Filter"), filter_words(name, each)) for name, each in filters.items()]


def _people_columns(health: bool) -> list[Column]:
    columns = [
        Column(_("Number")), Column(_("Title"), 10), Column(_("First name"), 18),
        Column(_("Middle name"), 10), Column(_("Last name"), 20), Column(_("Kind of number"), 20),
        Column(_("ID number"), 20), Column(_("Telephone")), Column(_("Sex"), 8),
        Column(_("Born (Buddhist era)"), 20), Column(_("Born (year-month-day)"), 14),
        Column(_("Age in years"), 8), Column(_("Died (Buddhist era)"), 20),
        Column(_("Died (year-month-day)"), 14), Column(_("Household number")),
        Column(_("House number"), 12), Column(_("Village"), 8), Column(_("Lane"), 16),
        Column(_("Relation to the head"), 18), Column(_("Lives there now"), 12),
        Column(_("Registered elsewhere"), 30), Column(_("Nationality"), 12),
        Column(_("Marital status"), 12), Column(_("Occupation"), 18),
        Column(_("State welfare card"), 14), Column(_("Card seen (Buddhist era)"), 20),
        Column(_("Card seen (year-month-day)"), 14),
    ]  # fmt: skip
    if health:
        columns += [
            Column(_("Disability"), 20), Column(_("Disability card until (Buddhist era)"), 20),
            Column(_("Disability card until (year-month-day)"), 14), Column(_("ADL score"), 8),
            Column(_("ADL taken (Buddhist era)"), 20), Column(_("ADL taken (year-month-day)"), 14),
        ]  # fmt: skip
    return columns


def _person_cells(row: Any, health: bool, whole: bool) -> Cells:
    lives = row.household_id is not None and row.to_day is None
    years = age(row.birth_date, row.birth_precision, row.deceased_on)
    cells = [
        row.number, row.title, row.first_name, row.middle_name, row.last_name,
        labels.word(labels.ID_KIND, row.id_kind), _id_number(row.identifier, whole),
        _telephone(row.phone, whole), labels.word(labels.SEX, row.sex),
        *_born(row.birth_date, row.birth_precision), "" if years is None else str(years),
        *_days(row.deceased_on), row.household_number or "", row.house_no or "",
        "" if row.village_no is None else str(row.village_no), row.lane or "",
        labels.word(labels.RELATION, row.relation) if row.relation else "",
        _("yes") if lives else "", row.registered_address, row.nationality,
        labels.word(labels.MARITAL, row.marital_status), row.occupation,
        labels.word(labels.YES_NO, row.welfare_card), *_days(row.welfare_card_on),
    ]  # fmt: skip
    if health:
        cells += [
            labels.word(labels.DISABILITY, row.disability) if row.disability else "",
            *_days(row.disability_card_expires),
            "" if row.adl_score is None else str(row.adl_score), *_days(row.adl_on),
        ]  # fmt: skip
    return cells


def _id_number(number: str | None, whole: bool) -> str:
    return "" if not number else format_id(number) if whole else mask_id(number)


def _telephone(number: str | None, whole: bool) -> str:
    return "" if not number else format_phone(number) if whole else mask_phone(number)


def _household_columns() -> list[Column]:
    return [
        Column(_("Number")), Column(_("House code"), 16), Column(_("House number"), 12),
        Column(_("Village"), 8), Column(_("Community"), 16), Column(_("Lane"), 16),
        Column(_("Road"), 16), Column(_("Subdistrict"), 14), Column(_("District"), 14),
        Column(_("Province"), 14), Column(_("Postcode"), 10), Column(_("Landmark"), 30),
        Column(_("Members"), 8), Column(_("Tenure"), 18), Column(_("State of the house"), 18),
        Column(_("Water")), Column(_("Electricity")), Column(_("Toilet")), Column(_("Latitude")),
        Column(_("Longitude")),
    ]  # fmt: skip


def _household_cells(row: Any) -> Cells:
    return [
        row.number, format_house_code(row.house_code) if row.house_code else "", row.house_no,
        "" if row.village_no is None else str(row.village_no), row.community, row.lane, row.road,
        row.subdistrict, row.district, row.province, row.postcode, row.landmark, str(row.members),
        labels.word(labels.TENURE, row.tenure), labels.word(labels.CONDITION, row.condition),
        labels.word(labels.YES_NO, row.water), labels.word(labels.YES_NO, row.electricity),
        labels.word(labels.YES_NO, row.toilet), "" if row.lat is None else f"{row.lat:.6f}",
        "" if row.lng is None else f"{row.lng:.6f}",
    ]  # fmt: skip


def _long(day: date) -> str:
    return format_long(day, lang="th")


def _days(day: date | None) -> Cells:
    """A day in both calendars."""
    return ["", ""] if day is None else [_long(day), day.isoformat()]


def _born(day: date | None, precision: DatePrecision) -> Cells:
    """A day of birth as far as it is known, in both calendars."""
    if day is None or precision is DatePrecision.DAY:
        return _days(day)
    known = day.isoformat()[:4] if precision is DatePrecision.YEAR else day.isoformat()[:7]
    return [format_partial(day, precision.value, lang="th"), known]
