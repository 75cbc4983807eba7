"""Words for the closed lists of the registry, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from welfare.core.i18n import gettext as _
from welfare.core.i18n import lazy_gettext as _l
from welfare.core.thai.identity import IdKind
from welfare.households.kinds import (
    Answer,
    Condition,
    Dimension,
    Disability,
    EndReason,
    FactKind,
    FactSource,
    MaritalStatus,
    NeedKind,
    Reason,
    Relation,
    Sex,
    Tenure,
    YesNo,
)

SEX: Mapping[str, Any] = {
    Sex.MALE: _l("Male"),
    Sex.FEMALE: _l("Female"),
    Sex.UNKNOWN: _l("Not known"),
}
RELATION: Mapping[str, Any] = {
    Relation.HEAD: _l("Head of household"),
    Relation.SPOUSE: _l("Spouse"),
    Relation.CHILD: _l("Child"),
    Relation.PARENT: _l("Parent"),
    Relation.GRANDCHILD: _l("Grandchild"),
    Relation.GRANDPARENT: _l("Grandparent"),
    Relation.SIBLING: _l("Brother or sister"),
    Relation.IN_LAW: _l("In-law"),
    Relation.RELATIVE: _l("Relative"),
    Relation.LODGER: _l("Lodger"),
    Relation.OTHER: _l("Other member"),
}
DISABILITY: Mapping[str, Any] = {
    Disability.SEEING: _l("Seeing"),
    Disability.HEARING: _l("Hearing or speaking"),
    Disability.MOBILITY: _l("Moving or body"),
    Disability.MENTAL: _l("Mind or behaviour"),
    Disability.INTELLECTUAL: _l("Intellect"),
    Disability.LEARNING: _l("Learning"),
    Disability.AUTISM: _l("Autism"),
}
TENURE: Mapping[str, Any] = {
    Tenure.OWNER: _l("Own house"),
    Tenure.RENTED: _l("Rented"),
    Tenure.STAYING: _l("Staying with others"),
    Tenure.SQUATTING: _l("On land of others without a right"),
    Tenure.UNKNOWN: _l("Not known"),
}
CONDITION: Mapping[str, Any] = {
    Condition.SOUND: _l("Sound"),
    Condition.WORN: _l("Worn, needs repair"),
    Condition.UNSAFE: _l("Unsafe to live in"),
    Condition.UNKNOWN: _l("Not known"),
}
YES_NO: Mapping[str, Any] = {
    YesNo.YES: _l("There is"),
    YesNo.NO: _l("There is none"),
    YesNo.UNKNOWN: _l("Not known"),
}
MARITAL: Mapping[str, Any] = {
    MaritalStatus.SINGLE: _l("Single"),
    MaritalStatus.MARRIED: _l("Married"),
    MaritalStatus.WIDOWED: _l("Widowed"),
    MaritalStatus.DIVORCED: _l("Divorced"),
    MaritalStatus.SEPARATED: _l("Separated"),
    MaritalStatus.UNKNOWN: _l("Not known"),
}
ID_KIND: Mapping[str, Any] = {
    IdKind.NATIONAL: _l("Thai national ID (13 digits)"),
    IdKind.NON_THAI: _l("13-digit number of a person without Thai nationality"),
    IdKind.G_CODE: _l("G-code given by a school"),
    IdKind.PASSPORT: _l("Passport"),
    IdKind.NONE: _l("No number"),
}
END_REASON: Mapping[str, Any] = {
    EndReason.MOVED_OUT: _l("Moved out"),
    EndReason.DIED: _l("Died"),
    EndReason.MISTAKE: _l("Was entered here by mistake"),
    EndReason.OTHER: _l("Another reason"),
}
REASON: Mapping[str, Any] = {
    Reason.NUMBER: _l("the number"),
    Reason.IDENTIFIER: _l("the ID number"),
    Reason.HOUSE_CODE: _l("the house code"),
    Reason.PHONE: _l("the telephone number"),
    Reason.NAME: _l("the name"),
    Reason.NAME_START: _l("the beginning of the name"),
    Reason.NAME_PART: _l("a part of the name"),
    Reason.EARLIER_NAME: _l("an earlier name"),
    Reason.NAME_ALIKE: _l("a name that sounds alike"),
    Reason.NAME_NEAR: _l("a name one letter away"),
    Reason.EARLIER_HOME: _l("the name, and a house they lived in before"),
    Reason.ADDRESS: _l("the house number"),
    Reason.PLACE: _l("the lane, road or landmark"),
    Reason.VILLAGE: _l("the village"),
    Reason.ADDRESS_START: _l("the beginning of the house number"),
    Reason.ADDRESS_PART: _l("the address"),
    Reason.PHONE_END: _l("the last four digits of the telephone number"),
    Reason.MEMBER: _l("somebody who lives there"),
    Reason.BIRTH: _l("the date of birth"),
}

FACT_KIND: Mapping[str, Any] = {
    FactKind.DISABILITY: _l("Disability by the card"),
    FactKind.ADL: _l("Daily living (Barthel index)"),
    FactKind.WELFARE_CARD: _l("State welfare card"),
    FactKind.ILLNESS: _l("Chronic illness"),
    FactKind.PREGNANCY: _l("Pregnancy"),
    FactKind.SCHOOL: _l("School"),
    FactKind.MARITAL: _l("Marital status"),
    FactKind.OCCUPATION: _l("Occupation"),
    FactKind.INCOME: _l("Income a month"),
    FactKind.CARER: _l("Carer"),
    FactKind.DEATH: _l("Death"),
}
FACT_SOURCE: Mapping[str, Any] = {
    FactSource.TOLD: _l("Told by somebody"),
    FactSource.DOCUMENT: _l("Seen on a document"),
    FactSource.SURVEY: _l("From a survey"),
    FactSource.VISIT: _l("Seen at a visit"),
    FactSource.IMPORT: _l("From an imported list"),
    FactSource.FILE: _l("Written into the file"),
}
ANSWER: Mapping[str, Any] = {
    Answer.PASSED: _l("Passed"),
    Answer.FAILED: _l("Not passed"),
    Answer.NOT_APPLICABLE: _l("Does not apply"),
}
NEED_KIND: Mapping[str, Any] = {
    NeedKind.PROBLEM: _l("Problem"),
    NeedKind.STRENGTH: _l("Strength"),
}
DIMENSION: Mapping[str, Any] = {
    Dimension.HEALTH: _l("Health"),
    Dimension.LIVING: _l("Housing and living"),
    Dimension.EDUCATION: _l("Education"),
    Dimension.INCOME: _l("Income"),
    Dimension.SERVICES: _l("Access to public services"),
}


def choices(words: Mapping[str, Any], *, first: str | None = None) -> list[tuple[str, Any]]:
    """The options of a select field; ``first`` is the text of an empty one on top."""
    options = [(str(code), label) for code, label in words.items()]
    return options if first is None else [("", first), *options]


def word(words: Mapping[str, Any], code: StrEnum | str | None) -> str:
    """The word for one value; a dash for none."""
    return "–" if code is None else str(words.get(code, code))


def end_words(reason: str) -> str:
    """Why a membership ended: a code of ``EndReason``, perhaps with ``: note`` behind it."""
    code, _colon, note = reason.partition(": ")
    if code not in END_REASON:
        return reason
    return f"{END_REASON[code]} ({note})" if note else str(END_REASON[code])


def address(house_no: str, village_no: int | None, lane: str = "", road: str = "") -> str:
    """A house in one line, as lists show it: ``99/1 หมู่ที่ 4 ซอย 2``."""
    parts = [house_no]
    if village_no is not None:
        parts.append(_("Village %(no)s", no=village_no))
    return " ".join(part for part in (*parts, lane, road) if part)
