"""Words for what is said of files, columns and rows, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.households.imports.fields import Field
from welfare.households.imports.guards import LARGEST, Fault
from welfare.households.imports.reading import MOST_ROWS

FAULTS: Mapping[str, Any] = {
    Fault.EMPTY: _l("The file is empty."),
    Fault.TOO_LARGE: _l("The file is too large. Please keep only the sheet that is needed, or split the list."),
    Fault.NOT_SPREADSHEET: _l("This is not a spreadsheet. Please choose a file of Excel (.xlsx, .xls), OpenDocument (.ods) or CSV."),
    Fault.NAMED_OTHERWISE: _l("The name of the file says Excel or OpenDocument, but it holds plain text. Please open it where it was made and save it as .xlsx, or call it .csv if it is one."),
    Fault.OLD_FORMAT: _l("This kind of spreadsheet cannot be read. Please open it in Excel and save it as .xlsx."),
    Fault.ENCRYPTED: _l("The file is protected by a password. Please save it without one and upload it again."),
    Fault.MACROS: _l("The file holds macros (a program). Please save it as .xlsx without macros and upload it again."),
    Fault.BOMB: _l("The file becomes far too large when it is opened. It was not opened further."),
    Fault.DAMAGED: _l("The file is damaged or was not sent whole. Please open it in Excel, save it again and upload that."),
    Fault.ENCODING: _l("The text of the file cannot be read. Please save it as CSV UTF-8 or as .xlsx."),
    Fault.TOO_MANY_ROWS: _l("The file has too many rows for one import. Please split the list."),
    Fault.NO_ROWS: _l("There are no rows in this file."),
    Fault.NO_HEADER: _l("No row with headings was found. Please say in which row the headings stand."),
    Fault.TOO_LONG: _l("Reading the file takes too long. Please keep only the sheet that is needed."),
}  # fmt: skip
OTHER_FAULTS: Mapping[str, Any] = {
    "gone": _l("The file is no longer kept. Please upload it again."),
    "account": _l("The account that uploaded the file is closed."),
    "stopped": _l("The work was cut off several times. Nothing has been applied. Please try again or tell the administrator."),
    "unexpected": _l("Something unexpected happened. Nothing has been applied. Please try again or tell the administrator."),
}  # fmt: skip

FIELDS: Mapping[Field, Any] = {
    Field.EXTRA: _l("Keep as it is"),
    Field.IGNORE: _l("Leave out"),
    Field.SERIAL: _l("Running number (left out)"),
    Field.PERSON_NUMBER: _l("Number of the person"),
    Field.HOUSEHOLD_NUMBER: _l("Number of the household"),
    Field.IDENTIFIER: _l("ID number"),
    Field.TITLE: _l("Title"),
    Field.FULL_NAME: _l("Title, first name and surname together"),
    Field.HEAD_NAME: _l("Name of the head of household"),
    Field.FIRST_NAME: _l("First name"),
    Field.MIDDLE_NAME: _l("Middle name"),
    Field.LAST_NAME: _l("Surname"),
    Field.SEX: _l("Sex"),
    Field.BIRTH_DATE: _l("Date of birth"),
    Field.BIRTH_DAY: _l("Day of birth (day alone)"),
    Field.BIRTH_MONTH: _l("Month of birth (month alone)"),
    Field.BIRTH_YEAR: _l("Year of birth (year alone)"),
    Field.AGE: _l("Age in years"),
    Field.PHONE: _l("Telephone"),
    Field.NATIONALITY: _l("Nationality"),
    Field.MARITAL_STATUS: _l("Marital status"),
    Field.OCCUPATION: _l("Occupation"),
    Field.MONTHLY_INCOME: _l("Income a month (baht)"),
    Field.WELFARE_CARD: _l("State welfare card"),
    Field.WELFARE_CARD_ON: _l("State welfare card known on"),
    Field.REGISTERED_ADDRESS: _l("Address in the house register, where it is another one"),
    Field.NOTES: _l("Notes"),
    Field.DECEASED_ON: _l("Day of death"),
    Field.DISABILITY: _l("Disability by the card"),
    Field.DISABILITY_CARD_ISSUED: _l("Disability card issued"),
    Field.DISABILITY_CARD_EXPIRES: _l("Disability card expires"),
    Field.ADL_SCORE: _l("ADL score (0 to 20)"),
    Field.ADL_ON: _l("ADL taken on"),
    Field.HOUSE_CODE: _l("House code (11 digits)"),
    Field.HOUSE_NO: _l("House number"),
    Field.ADDRESS: _l("Whole address in one cell"),
    Field.VILLAGE_NO: _l("Village (Moo)"),
    Field.COMMUNITY: _l("Community"),
    Field.LANE: _l("Lane"),
    Field.ROAD: _l("Road"),
    Field.SUBDISTRICT: _l("Subdistrict"),
    Field.DISTRICT: _l("District"),
    Field.PROVINCE: _l("Province"),
    Field.POSTCODE: _l("Postcode"),
    Field.LAT: _l("Latitude"),
    Field.LNG: _l("Longitude"),
    Field.ACCURACY: _l("Accuracy of the place in metres"),
    Field.LANDMARK: _l("Landmark"),
    Field.CENTRAL_REGISTER: _l("Central house register"),
    Field.TENURE: _l("By what right they live there"),
    Field.CONDITION: _l("State of the house"),
    Field.WATER: _l("Clean water"),
    Field.ELECTRICITY: _l("Electricity"),
    Field.TOILET: _l("Toilet"),
    Field.HOUSEHOLD_INCOME: _l("Income of the household a month (baht)"),
    Field.DEBTS: _l("Debts (baht)"),
    Field.HOUSEHOLD_NOTES: _l("Notes on the household"),
    Field.RELATION: _l("Relation to the head"),
    Field.ON_REGISTER: _l("Stands in the house register"),
    Field.DE_FACTO: _l("Really lives there"),
    Field.FROM_DAY: _l("Lives there since"),
}
_SCOPED: Mapping[str, Field] = {
    "house.monthly_income": Field.HOUSEHOLD_INCOME,
    "house.notes": Field.HOUSEHOLD_NOTES,
}

FINDINGS: Mapping[str, Any] = {
    "adl": _l("The ADL score is a number from 0 to 20."),
    "age": _l("The age cannot be read."),
    "age_differs": _l("Age and date of birth do not agree."),
    "age_only": _l("The year of birth was worked out from the age; it may be one year off."),
    "alike": _l("Somebody much alike is in the registry. Is it the same person?"),
    "birth_future": _l("This day of birth has not come yet."),
    "birth_old": _l("This year of birth is too long ago. Is it meant in the other era?"),
    "date_be_true": _l("A date of Excel with a year of the Buddhist era; it was taken as such."),
    "date_digits": _l("Day, month and year stood together without signs."),
    "date_partial": _l("Day or month are not known; the year is kept."),
    "deceased": _l("The file says that this person has died. It is kept as written; please note the death on the person's page."),
    "degrees": _l("These are no degrees; they are kept as written."),
    "elsewhere": _l("Somebody with this number is in the registry outside your area."),
    "health_left": _l("Health facts of somebody who is in the registry were left as they are: they need a right of their own."),
    "house_date": _l("Excel had made a date of this house number. It was put back; please check it."),
    "house_decimal": _l("A house number with a decimal point: is a stroke meant?"),
    "house_no": _l("This is no house number."),
    "house_unclear": _l("A new house needs its number and its village."),
    "id_checksum": _l("The ID number is mistyped: its last digit does not fit."),
    "id_differs": _l("The registry has another ID number for this person."),
    "id_last_digit_lost": _l("The last digit of the ID number was lost: Excel keeps long numbers only as text."),
    "id_other_name": _l("The number belongs to somebody of quite another name."),
    "id_scientific": _l("Excel shortened the number and its digits are lost. Please set the column to text and enter the number again."),
    "id_unverified": _l("The last digit cannot be checked for this kind of number."),
    "id_zero_restored": _l("Excel had dropped the zero in front; it was put back."),
    "known_dead": _l("The registry has this person as deceased."),
    "masked": _l("Only the last digits are shown; the number was left as it is."),
    "metres": _l("The accuracy is a number of metres."),
    "era_differs": _l("The two columns of this day do not agree: one of them was changed and the other was not. If the row is taken as it is, the other column counts."),
    "far_place": _l("This place is far outside the municipality. Is it right?"),
    "moves": _l("The registry has them living elsewhere. Have they moved?"),
    "name_brackets": _l("Something stands in brackets beside the name."),
    "name_signs": _l("Signs stand in the name as in a formula. Is this a name?"),
    "name_digits": _l("A name cannot hold digits."),
    "name_missing": _l("The name is missing, and the number is not in the registry."),
    "nobody": _l("The row names neither a person nor a house."),
    "outside_area": _l("This village is outside your area."),
    "person_gone": _l("The chosen person is no longer in the registry."),
    "phone_first": _l("Several telephone numbers; the first was taken."),
    "phone_zero": _l("Excel had dropped the zero in front; it was put back."),
    "postcode": _l("A postcode has 5 digits."),
    "relation_other": _l("This relation is not in the list; it is kept as written."),
    "second_head": _l("The house has another head. They would come in as a member."),
    "several_houses": _l("Several houses of the registry have this number. The first would be taken."),
    "sex_title": _l("Title and sex do not agree."),
    "too_long": _l("The text is too long."),
    "twice": _l("The same person stands in the file already, in the row named here."),
    "village": _l("There is no such village."),
    "village_name": _l("The village was found by its name."),
    "word": _l("This word is not known here."),
    "zero_restored": _l("Excel had dropped the zero in front; it was put back."),
}  # fmt: skip
"""Codes that ``core.web.faults`` has words for (dates, IDs, telephones) are not repeated here."""

SKIPPED: Mapping[str, Any] = {
    "empty": _l("Empty rows"),
    "total": _l("Rows that add up"),
    "header": _l("Headings repeated"),
    "footer": _l("Notes below the list"),
}
OUTCOMES: Mapping[str, Any] = {
    "applied": _l("Applied"),
    "same": _l("Nothing to change"),
    "skipped": _l("Left out by decision"),
    "undecided": _l("Not decided, left out"),
    "refused": _l("Refused"),
    "meanwhile": _l("The registry has changed meanwhile; left out"),
}


def fault_words(fault: Fault | str) -> str:
    """Why a file is refused, or why the work on it stopped."""
    found = FAULTS.get(fault) or OTHER_FAULTS.get(fault)
    words = str(found) if found is not None else str(OTHER_FAULTS["unexpected"])
    if fault == Fault.TOO_LARGE:
        most = _("At most %(n)s MB can be taken.", n=LARGEST // 1_000_000)
        return f"{words} {most}"
    if fault == Fault.TOO_MANY_ROWS:
        most = _("At most %(n)s rows can be taken.", n=f"{MOST_ROWS:,}")
        return f"{words} {most}"
    return words


STAYED: Mapping[str, Any] = {
    "people": _l("the person stays, because something leans on them or has been changed"),
    "households": _l("the household stays, because something leans on it or has been changed"),
    "memberships": _l("who lives where"),
    "person_names": _l("a name"),
    "person_facts": _l("a dated fact"),
    "imported_columns": _l("columns kept as they are"),
}


def stayed_words(what: str) -> str:
    """What of a record stayed when an import was taken back: the whole, or one column."""
    return str(STAYED[what]) if what in STAYED else field_words(what)


def field_words(name: str, scope: str = "") -> str:
    """What a field is called; ``scope`` tells the house's notes from the person's."""
    meaning = _SCOPED.get(f"{scope}.{name}") or (Field(name) if name in set(Field) else None)
    return str(FIELDS[meaning]) if meaning is not None and meaning in FIELDS else name
