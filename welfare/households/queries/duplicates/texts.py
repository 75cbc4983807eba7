"""What a unit of a record says, in the words of the page; numbers masked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from welfare.core.i18n import gettext as _
from welfare.core.i18n.page_words import spoken_language
from welfare.core.thai.dates import Precision, format_long, format_partial
from welfare.core.thai.identity import IdKind, format_house_code, mask_id
from welfare.core.thai.phones import mask_phone
from welfare.households import labels
from welfare.households.kinds import (
    Condition,
    DatePrecision,
    Disability,
    MaritalStatus,
    Sex,
    Tenure,
    YesNo,
)
from welfare.households.queries.duplicates.fields import Unit

_WORDS: dict[type, Any] = {
    Sex: labels.SEX,
    MaritalStatus: labels.MARITAL,
    YesNo: labels.YES_NO,
    Disability: labels.DISABILITY,
    Tenure: labels.TENURE,
    Condition: labels.CONDITION,
}


def unit_text(unit: Unit, record: Any) -> str:
    """The unit of a record in one text; empty where nothing is known."""
    return values_text(unit, {column: getattr(record, column) for column in unit.columns})


def values_text(unit: Unit, values: dict[str, Any]) -> str:
    """The same for values that stand in no record yet."""
    main = values[unit.columns[0]]
    match unit.name:
        case "birth":
            return _birth(main, values["birth_precision"])
        case "identifier":
            return _number(main, values["id_kind"])
        case "phone":
            return mask_phone(main) if main else ""
        case "house_code":
            return format_house_code(main) if main else ""
        case "village":
            return _("Village %(no)s", no=main) if main is not None else ""
        case "location":
            return f"{main:.5f}, {values['lng']:.5f}" if main is not None else ""
        case "adl" | "welfare_card" | "disability":
            return " · ".join(text for text in map(_text, values.values()) if text)
        case _:
            return " ".join(text for text in map(_text, values.values()) if text)


def _birth(day: date | None, precision: DatePrecision) -> str:
    if day is None:
        return ""
    known: Precision = precision.value
    if known == "day":
        return format_long(day, lang=_language())
    return format_partial(day, known, lang=_language())


def _number(number: str | None, kind: IdKind) -> str:
    if not number:
        return ""
    other = "" if kind == IdKind.NATIONAL else f" ({labels.word(labels.ID_KIND, kind)})"
    return mask_id(number) + other


def _text(value: Any) -> str:
    if value in (None, "", False):
        return ""
    if value is True:
        return _("Yes")
    if type(value) in _WORDS:
        return labels.word(_WORDS[type(value)], value)
    if isinstance(value, date):
        return format_long(value, lang=_language())
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    return str(value)


def _language() -> Literal["th", "en"]:
    return "en" if spoken_language() == "en" else "th"
