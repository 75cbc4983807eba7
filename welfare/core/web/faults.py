"""What cannot be used of what was typed, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.faults import InputFault

_WORDS: Mapping[str, Any] = {
    "date_empty": _l("Please enter the date."),
    "date_unreadable": _l("Please enter the date as day, month and year, such as 4 January 2509."),
    "date_day_missing": _l("Please enter the day."),
    "date_month_missing": _l("Please choose the month."),
    "date_year_missing": _l("Please enter the year."),
    "date_day": _l("This day does not exist in that month."),
    "date_month": _l("Please choose the month."),
    "date_year": _l("Please enter a year such as 2509 (B.E.) or 1966 (A.D.)."),
    "date_two_digit_year": _l("Please enter the year with all four digits."),
    "id_characters": _l("Please enter digits only."),
    "id_length": _l("This number must have 13 digits."),
    "id_first_digit": _l("No identification number begins with this digit."),
    "id_checksum": _l("This number is mistyped: its last digit does not fit. Please check it."),
    "id_placeholder": _l("This is not an identification number. Leave it empty if there is none."),
    "house_code_length": _l("The house code must have 11 digits."),
    "g_code": _l("A G-code is the letter G and 12 digits."),
    "passport": _l("A passport number has 5 to 15 letters and digits."),
    "phone_characters": _l("A telephone number may contain digits only."),
    "phone_length": _l("A mobile number has 10 digits, such as 081-234-5678; a fixed line 9."),
    "phone_prefix": _l("A Thai telephone number begins with 02 to 09."),
    "phone_two_numbers": _l("Please enter one telephone number only."),
    "pdf_broken": _l("This PDF cannot be opened. Save or scan it anew, please."),
    "pdf_locked": _l("This PDF is locked with a password. Save it without one, please."),
    "pdf_too_long": _l("This PDF has more than 200 pages. Attach the pages that matter."),
    "pdf_too_large": _l("This PDF is larger than 15 MB. Save it smaller or in parts, please."),
    "picture_not_an_image": _l("This file is not a picture. Please choose a PNG or JPEG picture."),
    "picture_unsupported": _l(
        "This kind of picture cannot be used. Save it as PNG or JPEG, please."
    ),
    "picture_heic": _l("This phone's form of picture cannot be read. Save it as JPEG, please."),
    "picture_too_large": _l("This picture is larger than 15 MB. Save it smaller, please."),
    "picture_too_many_pixels": _l("This picture has too many pixels. Save it smaller, please."),
    "picture_damaged": _l("This picture is damaged or not whole. Please choose it again."),
    "money_unreadable": _l("Please enter an amount such as 1,500 or 1,500.50."),
    "money_negative": _l("The amount cannot be less than zero."),
    "money_satang": _l("An amount has at most two decimals."),
    "money_too_large": _l("This amount is too large."),
}


def fault_words(fault: InputFault | str) -> str:
    """A sentence for the person who typed it; the plain English one where none is translated."""
    code = fault if isinstance(fault, str) else fault.code
    return str(_WORDS[code]) if code in _WORDS else str(fault)
