"""The one error of this package: something a person typed cannot be used."""

from collections.abc import Mapping

#: Plain English for every code; forms translate by code and fall back to these.
MESSAGES: Mapping[str, str] = {
    "date_empty": "Enter a date",
    "date_unreadable": "Enter the date as day, month and year, for example 4 1 2509",
    "date_day_missing": "Enter the day",
    "date_month_missing": "Enter the month",
    "date_year_missing": "Enter the year",
    "date_day": "This day does not exist in that month",
    "date_month": "The month must be 1 to 12 or the name of a month",
    "date_year": "The year must be a year such as 2509 (B.E.) or 1966 (A.D.)",
    "date_two_digit_year": "Enter the year with all four digits",
    "id_characters": "The number may contain digits only",
    "id_length": "The identification number must have 13 digits",
    "id_first_digit": "An identification number does not start with this digit",
    "id_checksum": "The identification number is mistyped: its last digit does not fit",
    "id_checksum_unverified": "The last digit cannot be checked for this kind of number",
    "id_placeholder": "This is not an identification number",
    "house_code_length": "The house code must have 11 digits",
    "g_code": "A G-code is the letter G and 12 digits",
    "passport": "A passport number has 5 to 15 letters and digits",
    "phone_characters": "A telephone number may contain digits only",
    "phone_length": "A mobile number has 10 digits, a fixed line 9",
    "phone_prefix": "A Thai number starts with 02 to 09",
    "phone_two_numbers": "Enter one telephone number only",
    "money_unreadable": "Enter an amount such as 1,500 or 1,500.50",
    "money_negative": "The amount cannot be less than zero",
    "money_satang": "An amount has at most two decimals",
    "money_too_large": "This amount is too large",
    "reference_unreadable": "A reference looks like UM70-000123-8",
    "reference_prefix": "A reference starts with other letters",
    "reference_check_digit": "The reference is mistyped: its last digit does not fit",
    "secret_length": "The secret number has 9 digits",
}


class InputFault(ValueError):
    """What was typed cannot be used.

    ``code`` names the reason (a key of :data:`MESSAGES`); ``part`` names the field of a
    several-part input (``"day"``, ``"month"``, ``"year"``) where that is known. The typed text
    itself is never part of the message: it may be personal and messages end up in logs.
    """

    def __init__(self, code: str, *, part: str | None = None) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
        self.part = part
