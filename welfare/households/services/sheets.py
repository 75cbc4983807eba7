"""What a spreadsheet of people or houses holds: headings and cells, every one a text."""

from __future__ import annotations

from datetime import date
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.spreadsheets import Column
from welfare.core.thai.dates import format_long, format_partial
from welfare.core.thai.identity import format_house_code, format_id, mask_id
from welfare.core.thai.phones import format_phone, mask_phone
from welfare.households import labels
from welfare.households.kinds import DatePrecision
from welfare.households.queries.rows import age

Cells = list[str]


def people_columns(health: bool) -> list[Column]:
    """The headings of a sheet of people; those of health for who may read them."""
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
        Column(_("Income a month (baht)"), 12),
        Column(_("State welfare card"), 14), Column(_("Card seen (Buddhist era)"), 20),
        Column(_("Card seen (year-month-day)"), 14),
    ]  # fmt: skip
    if health:
        columns += [
            Column(_("Disability"), 20), Column(_("Disability card from (Buddhist era)"), 20),
            Column(_("Disability card from (year-month-day)"), 14),
            Column(_("Disability card until (Buddhist era)"), 20),
            Column(_("Disability card until (year-month-day)"), 14), Column(_("ADL score"), 8),
            Column(_("ADL taken (Buddhist era)"), 20), Column(_("ADL taken (year-month-day)"), 14),
        ]  # fmt: skip
    return columns


def person_cells(row: Any, health: bool, whole: bool) -> Cells:
    """One person; ``whole``: ID and telephone unmasked."""
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
        _amount(row.monthly_income),
        labels.word(labels.YES_NO, row.welfare_card), *_days(row.welfare_card_on),
    ]  # fmt: skip
    if health:
        cells += [
            labels.word(labels.DISABILITY, row.disability) if row.disability else "",
            *_days(row.disability_card_issued), *_days(row.disability_card_expires),
            "" if row.adl_score is None else str(row.adl_score), *_days(row.adl_on),
        ]  # fmt: skip
    return cells


def _amount(baht: Any) -> str:
    return "" if baht is None else f"{baht:.2f}"


def _id_number(number: str | None, whole: bool) -> str:
    return "" if not number else format_id(number) if whole else mask_id(number)


def _telephone(number: str | None, whole: bool) -> str:
    return "" if not number else format_phone(number) if whole else mask_phone(number)


def household_columns() -> list[Column]:
    """The headings of a sheet of houses."""
    return [
        Column(_("Number")), Column(_("House code"), 16), Column(_("House number"), 12),
        Column(_("Village"), 8), Column(_("Community"), 16), Column(_("Lane"), 16),
        Column(_("Road"), 16), Column(_("Subdistrict"), 14), Column(_("District"), 14),
        Column(_("Province"), 14), Column(_("Postcode"), 10), Column(_("Landmark"), 30),
        Column(_("Members"), 8), Column(_("Tenure"), 18), Column(_("State of the house"), 18),
        Column(_("Water")), Column(_("Electricity")), Column(_("Toilet")), Column(_("Latitude")),
        Column(_("Longitude")), Column(_("Accuracy in metres"), 10),
        Column(_("Central house register"), 12), Column(_("Income a month (baht)"), 12),
        Column(_("Debts (baht)"), 12),
    ]  # fmt: skip


def household_cells(row: Any) -> Cells:
    """One house."""
    return [
        row.number, format_house_code(row.house_code) if row.house_code else "", row.house_no,
        "" if row.village_no is None else str(row.village_no), row.community, row.lane, row.road,
        row.subdistrict, row.district, row.province, row.postcode, row.landmark, str(row.members),
        labels.word(labels.TENURE, row.tenure), labels.word(labels.CONDITION, row.condition),
        labels.word(labels.YES_NO, row.water), labels.word(labels.YES_NO, row.electricity),
        labels.word(labels.YES_NO, row.toilet), "" if row.lat is None else f"{row.lat:.6f}",
        "" if row.lng is None else f"{row.lng:.6f}",
        "" if row.accuracy_m is None else str(row.accuracy_m),
        _("yes") if row.central_register else "", _amount(row.monthly_income), _amount(row.debts),
    ]  # fmt: skip


def long_day(day: date) -> str:
    """A day in the Buddhist era."""
    return format_long(day, lang="th")


def _days(day: date | None) -> Cells:
    """A day in both calendars."""
    return ["", ""] if day is None else [long_day(day), day.isoformat()]


def _born(day: date | None, precision: DatePrecision) -> Cells:
    """A day of birth as far as it is known, in both calendars."""
    if day is None or precision is DatePrecision.DAY:
        return _days(day)
    if precision is DatePrecision.YEAR:
        return [format_partial(day, "year", lang="th"), day.isoformat()[:4]]
    return [format_partial(day, "month", lang="th"), day.isoformat()[:7]]
