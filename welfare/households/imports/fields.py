"""What a column of a spreadsheet can mean, and how its values are kept in a staged row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from welfare.core.thai.identity import IdKind
from welfare.households.kinds import (
    Condition,
    DatePrecision,
    Disability,
    MaritalStatus,
    Relation,
    Sex,
    Tenure,
    YesNo,
)


class Field(StrEnum):
    """The meaning of a column. ``EXTRA``: kept with the person or house as it stands there."""

    PERSON_NUMBER = "person_number"
    HOUSEHOLD_NUMBER = "household_number"
    IDENTIFIER = "identifier"
    TITLE = "title"
    FULL_NAME = "full_name"
    HEAD_NAME = "head_name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    AGE = "age"
    PHONE = "phone"
    NATIONALITY = "nationality"
    MARITAL_STATUS = "marital_status"
    OCCUPATION = "occupation"
    MONTHLY_INCOME = "monthly_income"
    WELFARE_CARD = "welfare_card"
    WELFARE_CARD_ON = "welfare_card_on"
    REGISTERED_ADDRESS = "registered_address"
    NOTES = "notes"
    DECEASED_ON = "deceased_on"
    DISABILITY = "disability"
    DISABILITY_CARD_ISSUED = "disability_card_issued"
    DISABILITY_CARD_EXPIRES = "disability_card_expires"
    ADL_SCORE = "adl_score"
    ADL_ON = "adl_on"
    HOUSE_CODE = "house_code"
    HOUSE_NO = "house_no"
    ADDRESS = "address"
    VILLAGE_NO = "village_no"
    COMMUNITY = "community"
    LANE = "lane"
    ROAD = "road"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    PROVINCE = "province"
    POSTCODE = "postcode"
    LAT = "lat"
    LNG = "lng"
    ACCURACY = "accuracy_m"
    LANDMARK = "landmark"
    CENTRAL_REGISTER = "central_register"
    TENURE = "tenure"
    CONDITION = "condition"
    WATER = "water"
    ELECTRICITY = "electricity"
    TOILET = "toilet"
    HOUSEHOLD_INCOME = "household_income"
    DEBTS = "debts"
    HOUSEHOLD_NOTES = "household_notes"
    RELATION = "relation"
    ON_REGISTER = "on_register"
    DE_FACTO = "de_facto"
    FROM_DAY = "from_day"
    SERIAL = "serial"
    EXTRA = "extra"
    IGNORE = "ignore"


F = Field
NAMES = frozenset({F.FULL_NAME, F.FIRST_NAME, F.HEAD_NAME})
"""One of these a list of people must have."""
HOMES = frozenset({F.HOUSE_NO, F.HOUSE_CODE, F.ADDRESS})
"""One of these a list of houses must have."""
HOUSE = frozenset(
    {
        F.HOUSEHOLD_NUMBER, F.HOUSE_CODE, F.HOUSE_NO, F.ADDRESS, F.VILLAGE_NO, F.COMMUNITY,
        F.LANE, F.ROAD, F.SUBDISTRICT, F.DISTRICT, F.PROVINCE, F.POSTCODE, F.LAT, F.LNG,
        F.ACCURACY, F.LANDMARK, F.CENTRAL_REGISTER, F.TENURE,
        F.CONDITION, F.WATER, F.ELECTRICITY, F.TOILET, F.HOUSEHOLD_INCOME, F.DEBTS,
        F.HOUSEHOLD_NOTES,
    }
)  # fmt: skip
"""What is said of the house and not of the person: filled down and merged over its rows."""
PLACE = frozenset({F.HOUSEHOLD_NUMBER, F.HOUSE_CODE, F.HOUSE_NO, F.ADDRESS, F.VILLAGE_NO})
"""Which house it is."""
HEALTH = frozenset(
    {"disability", "disability_card_issued", "disability_card_expires", "adl_score", "adl_on"}
)
"""Facts of a person that only some may see."""
MANY = frozenset({F.EXTRA, F.IGNORE, F.SERIAL})
DAYS = frozenset(
    {
        F.BIRTH_DATE, F.DECEASED_ON, F.DISABILITY_CARD_ISSUED, F.DISABILITY_CARD_EXPIRES,
        F.FROM_DAY, F.WELFARE_CARD_ON, F.ADL_ON,
    }
)  # fmt: skip
"""What is a day, and may stand in a column for each era."""
"""Meanings that more than one column may have."""

_ENUMS: dict[str, type[StrEnum]] = {
    "sex": Sex,
    "birth_precision": DatePrecision,
    "id_kind": IdKind,
    "marital_status": MaritalStatus,
    "welfare_card": YesNo,
    "disability": Disability,
    "tenure": Tenure,
    "condition": Condition,
    "water": YesNo,
    "electricity": YesNo,
    "toilet": YesNo,
    "relation": Relation,
}
_DATES = frozenset(
    {
        "birth_date", "deceased_on", "disability_card_issued", "disability_card_expires", "adl_on",
        "from_day", "welfare_card_on",
    }
)  # fmt: skip
_MONEY = frozenset({"monthly_income", "debts"})


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Facts by name as JSON keeps them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def rich(values: dict[str, Any]) -> dict[str, Any]:
    """The same facts from JSON."""
    return {name: _rich(name, value) for name, value in values.items()}


def _rich(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _ENUMS:
        return _ENUMS[name](value)
    if name in _DATES:
        return date.fromisoformat(value)
    return Decimal(value) if name in _MONEY else value
