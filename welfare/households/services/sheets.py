"""What a spreadsheet of people or houses holds. Columns that an import understands are called as
its own page calls them, so that a list that went out can come in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.spreadsheets import Cell, Column
from welfare.core.thai.dates import format_long, format_partial
from welfare.core.thai.identity import format_house_code, format_id, mask_id
from welfare.core.thai.phones import format_phone, mask_phone
from welfare.households import labels
from welfare.households.imports.fields import Field
from welfare.households.imports.wording import FIELDS
from welfare.households.kinds import DatePrecision, FactKind, NeedKind
from welfare.households.queries.rows import age
from welfare.households.queries.sheets import HouseLine, PersonLine

F = Field
Value = Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """A column: its heading, what stands in it, how wide it is."""

    heading: str
    value: Value
    width: int = 14

    @property
    def column(self) -> Column:
        """As the sheet takes it."""
        return Column(self.heading, self.width)


def people_parts(*, health: bool, whole: bool) -> list[Part]:
    """The columns of a sheet of people; those of health for who may read them. ``whole``: ID and
    telephone unmasked."""
    parts = [
        _own(F.PERSON_NUMBER, "number"), _own(F.TITLE, "title", 10),
        _own(F.FIRST_NAME, "first_name", 18), _own(F.MIDDLE_NAME, "middle_name", 10),
        _own(F.LAST_NAME, "last_name", 20),
        Part(_("Kind of ID number"), lambda one: labels.word(labels.ID_KIND, one.row.id_kind), 20),
        Part(_head(F.IDENTIFIER), lambda one: _id_number(one.row.identifier, whole), 20),
        Part(_head(F.PHONE), lambda one: _telephone(one.row.phone, whole)),
        _word(F.SEX, "sex", labels.SEX, 8), *_birth(),
        Part(_head(F.AGE), _years, 8), *_days(F.DECEASED_ON, "deceased_on"),
        *_home(),
        _own(F.REGISTERED_ADDRESS, "registered_address", 30),
        _own(F.NATIONALITY, "nationality", 12),
        _word(F.MARITAL_STATUS, "marital_status", labels.MARITAL, 12),
        _own(F.OCCUPATION, "occupation", 18), _own(F.MONTHLY_INCOME, "monthly_income", 12),
        _word(F.WELFARE_CARD, "welfare_card", labels.YES_NO, 12),
        *_days(F.WELFARE_CARD_ON, "welfare_card_on"),
        _fact(_("School"), FactKind.SCHOOL, 20), _fact(_("Carer"), FactKind.CARER, 20),
        _own(F.NOTES, "notes", 30),
    ]  # fmt: skip
    return parts + (_health() if health else [])


def _home() -> list[Part]:
    """Where somebody lives; for who lives nowhere any more, the last house in a column apart."""
    return [
        _there(F.HOUSEHOLD_NUMBER, "household_number"),
        Part(_head(F.HOUSE_CODE), lambda one: _code(one.row) if _lives(one) else None, 16),
        _there(F.HOUSE_NO, "house_no", 12), _there(F.VILLAGE_NO, "village_no", 8),
        _there(F.COMMUNITY, "community", 16), _there(F.LANE, "lane", 16),
        _there(F.ROAD, "road", 16), _there(F.SUBDISTRICT, "subdistrict"),
        _there(F.DISTRICT, "district"), _there(F.PROVINCE, "province"),
        _there(F.POSTCODE, "postcode", 10),
        Part(_head(F.HEAD_NAME), lambda one: one.head if _lives(one) else None, 24),
        Part(_head(F.RELATION), _relation, 18),
        Part(_head(F.DE_FACTO), lambda one: _yes_no(one.row.de_facto) if _lives(one) else None, 10),
        Part(
            _head(F.ON_REGISTER),
            lambda one: _yes_no(one.row.on_register) if _lives(one) else None,
            10,
        ),
        *_eras(_head(F.FROM_DAY), lambda one: one.row.from_day if _lives(one) else None),
        Part(_("Lived last in"), _last_home, 24),
    ]  # fmt: skip


def _health() -> list[Part]:
    return [
        _word(F.DISABILITY, "disability", labels.DISABILITY, 20),
        *_days(F.DISABILITY_CARD_ISSUED, "disability_card_issued"),
        *_days(F.DISABILITY_CARD_EXPIRES, "disability_card_expires"),
        _own(F.ADL_SCORE, "adl_score", 8), *_days(F.ADL_ON, "adl_on"),
        _fact(_("Chronic illness"), FactKind.ILLNESS, 24),
        _fact(_("Pregnancy"), FactKind.PREGNANCY, 16),
        *_eras(_("Baby is due"), lambda one: one.due_on),
    ]  # fmt: skip


def household_parts() -> list[Part]:
    """The columns of a sheet of houses."""
    return [
        _own(F.HOUSEHOLD_NUMBER, "number"),
        Part(_head(F.HOUSE_CODE), lambda one: _code(one.row), 16),
        _own(F.HOUSE_NO, "house_no", 12), _own(F.VILLAGE_NO, "village_no", 8),
        _own(F.COMMUNITY, "community", 16), _own(F.LANE, "lane", 16), _own(F.ROAD, "road", 16),
        _own(F.SUBDISTRICT, "subdistrict"), _own(F.DISTRICT, "district"),
        _own(F.PROVINCE, "province"), _own(F.POSTCODE, "postcode", 10),
        _own(F.LANDMARK, "landmark", 30),
        Part(_("Who is head of the house"), lambda one: one.head, 24),
        Part(_("How many live there"), lambda one: one.row.members, 8),
        _word(F.TENURE, "tenure", labels.TENURE, 18),
        _word(F.CONDITION, "condition", labels.CONDITION, 18),
        _word(F.WATER, "water", labels.YES_NO), _word(F.ELECTRICITY, "electricity", labels.YES_NO),
        _word(F.TOILET, "toilet", labels.YES_NO), _own(F.LAT, "lat"), _own(F.LNG, "lng"),
        _own(F.ACCURACY, "accuracy_m", 10),
        Part(_head(F.CENTRAL_REGISTER), lambda one: _yes_no(one.row.central_register), 12),
        _own(F.HOUSEHOLD_INCOME, "monthly_income", 12), _own(F.DEBTS, "debts", 12),
        *_eras(_("Last survey"), lambda one: one.surveyed_on),
        _need(_("Problems"), NeedKind.PROBLEM), _need(_("Strengths"), NeedKind.STRENGTH),
        _own(F.HOUSEHOLD_NOTES, "notes", 30),
    ]  # fmt: skip


def cells(parts: Sequence[Part], line: PersonLine | HouseLine) -> list[Cell]:
    """One row."""
    return [part.value(line) for part in parts]


def long_day(day: date) -> str:
    """A day in the Buddhist era."""
    return format_long(day, lang="th")


def _head(meaning: Field) -> str:
    return str(FIELDS[meaning])


def _own(meaning: Field, name: str, width: int = 14) -> Part:
    return Part(_head(meaning), lambda one: getattr(one.row, name), width)


def _there(meaning: Field, name: str, width: int = 14) -> Part:
    return Part(_head(meaning), lambda one: getattr(one.row, name) if _lives(one) else None, width)


def _word(meaning: Field, name: str, words: Mapping[str, Any], width: int = 14) -> Part:
    """A word of a closed list; nothing where nothing is known."""

    def value(one: Any) -> Cell:
        code = getattr(one.row, name)
        return None if code in (None, "unknown") else labels.word(words, code)

    return Part(_head(meaning), value, width)


def _fact(heading: str, kind: FactKind, width: int) -> Part:
    return Part(heading, lambda one: one.facts.get(kind), width)


def _need(heading: str, kind: NeedKind) -> Part:
    return Part(heading, lambda one: one.needs.get(kind), 30)


def _days(meaning: Field, name: str) -> list[Part]:
    return _eras(_head(meaning), lambda one: getattr(one.row, name))


def _eras(heading: str, day_of: Callable[[Any], date | None]) -> list[Part]:
    """A day as it is said in Thai, and as one that can be reckoned with."""

    def said(one: Any) -> Cell:
        day = day_of(one)
        return None if day is None else long_day(day)

    return [
        Part(_("%(day)s (Buddhist era)", day=heading), said, 20),
        Part(_("%(day)s (Christian era)", day=heading), day_of, 12),
    ]


def _birth() -> list[Part]:
    """A day of birth as far as it is known."""
    heading = _head(F.BIRTH_DATE)
    return [
        Part(_("%(day)s (Buddhist era)", day=heading), _born_said, 20),
        Part(_("%(day)s (Christian era)", day=heading), _born, 12),
    ]


def _born_said(one: Any) -> Cell:
    day, precision = one.row.birth_date, one.row.birth_precision
    if day is None or precision is DatePrecision.DAY:
        return None if day is None else long_day(day)
    if precision is DatePrecision.YEAR:
        return format_partial(day, "year", lang="th")
    return format_partial(day, "month", lang="th")


def _born(one: Any) -> Cell:
    day, precision = one.row.birth_date, one.row.birth_precision
    if day is None or precision is DatePrecision.DAY:
        return day  # type: ignore[no-any-return]
    return day.year if precision is DatePrecision.YEAR else f"{day:%Y-%m}"


def _years(one: Any) -> Cell:
    row = one.row
    return age(row.birth_date, row.birth_precision, row.deceased_on)


def _lives(one: Any) -> bool:
    return one.row.household_id is not None and one.row.to_day is None


def _relation(one: Any) -> Cell:
    return labels.word(labels.RELATION, one.row.relation) if _lives(one) else None


def _last_home(one: Any) -> Cell:
    row = one.row
    if _lives(one) or row.household_id is None:
        return None
    place = labels.address(row.house_no, row.village_no, row.lane or "", row.road or "")
    return f"{row.household_number} {place}"


def _yes_no(yes: bool) -> str:
    return labels.word(labels.YES_NO, "yes" if yes else "no")


def _code(row: Any) -> Cell:
    return format_house_code(row.house_code) if row.house_code else None


def _id_number(number: str | None, whole: bool) -> Cell:
    return None if not number else format_id(number) if whole else mask_id(number)


def _telephone(number: str | None, whole: bool) -> Cell:
    return None if not number else format_phone(number) if whole else mask_phone(number)
