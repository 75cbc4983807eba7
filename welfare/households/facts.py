"""What is known of a house or a person, as plain values: from a form to a service and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from welfare.core.thai.identity import IdKind
from welfare.households.kinds import (
    Answer,
    Condition,
    DatePrecision,
    Dimension,
    Disability,
    FactKind,
    FactSource,
    MaritalStatus,
    NeedKind,
    Relation,
    Sex,
    Tenure,
    YesNo,
)


class Keep(Enum):
    """Stands for "leave it as it is" where a form never shows the present value."""

    KEEP = "keep"


KEEP = Keep.KEEP

COLUMNS: dict[FactKind, dict[str, str]] = {
    FactKind.DISABILITY: {
        "disability": "code",
        "disability_card_issued": "issued_on",
        "disability_card_expires": "expires_on",
    },
    FactKind.ADL: {"adl_score": "score", "adl_on": "from_day"},
    FactKind.WELFARE_CARD: {"welfare_card": "code", "welfare_card_on": "from_day"},
    FactKind.MARITAL: {"marital_status": "code"},
    FactKind.OCCUPATION: {"occupation": "text"},
    FactKind.INCOME: {"monthly_income": "amount"},
}
"""Column of ``Person``: column of ``PersonFact``, by kind."""

EMPTY: dict[str, Any] = {
    "welfare_card": YesNo.UNKNOWN,
    "marital_status": MaritalStatus.UNKNOWN,
    "occupation": "",
}
"""What stands in a column when nothing is known; ``None`` where nothing is said."""


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A house (fields of the house register, and of the visit). Money in baht a month or in all."""

    house_no: str
    village_no: int | None = None
    house_code: str | None = None
    community: str = ""
    lane: str = ""
    road: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    postcode: str = ""
    central_register: bool = False
    lat: float | None = None
    lng: float | None = None
    accuracy_m: int | None = None
    landmark: str = ""
    tenure: Tenure = Tenure.UNKNOWN
    condition: Condition = Condition.UNKNOWN
    water: YesNo = YesNo.UNKNOWN
    electricity: YesNo = YesNo.UNKNOWN
    toilet: YesNo = YesNo.UNKNOWN
    monthly_income: Decimal | None = None
    debts: Decimal | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person without health data. ``identifier`` and ``phone`` as ``core.thai`` keeps them."""

    first_name: str
    last_name: str = ""
    title: str = ""
    middle_name: str = ""
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    birth_precision: DatePrecision = DatePrecision.DAY
    nationality: str = "ไทย"
    id_kind: IdKind | Keep = IdKind.NONE
    identifier: str | Keep | None = None
    phone: str | Keep | None = None
    registered_address: str = ""
    marital_status: MaritalStatus | Keep = MaritalStatus.UNKNOWN
    occupation: str | Keep = ""
    monthly_income: Decimal | Keep | None = None
    welfare_card: YesNo | Keep = YesNo.UNKNOWN
    welfare_card_on: date | Keep | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """How somebody belongs to a household."""

    relation: Relation
    from_day: date | None = None
    de_facto: bool = True
    on_register: bool = True


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What only some may read and write; left out where the writer may not see it."""

    disability: Disability | Keep | None = None
    disability_card_issued: date | Keep | None = None
    disability_card_expires: date | Keep | None = None
    adl_score: int | Keep | None = None
    adl_on: date | Keep | None = None
    health_notes: str | None = None


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One dated fact of a person as it was entered; which fields count depends on the kind.

    ``code``: of a closed list (``Disability``, ``YesNo``). ``items``: the ten scores of the Barthel
    index as digits. ``other``: the number (``P-…``) of the carer, where the registry knows them.
    """

    kind: FactKind
    from_day: date | None = None
    from_precision: DatePrecision = DatePrecision.DAY
    to_day: date | None = None
    code: str = ""
    text: str = ""
    amount: Decimal | None = None
    score: int | None = None
    items: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    due_on: date | None = None
    other: str = ""
    source: FactSource = FactSource.FILE
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A further or an earlier number of a person. ``number`` as ``core.thai`` keeps it."""

    kind: IdKind
    number: str | Keep
    from_day: date | None = None
    to_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name somebody bore from a day to a day, as far as the days are known; ``end_unknown``: an
    earlier one of which nobody knows until when."""

    title: str
    first_name: str
    middle_name: str = ""
    last_name: str = ""
    from_day: date | None = None
    to_day: date | None = None
    reason: str = ""
    from_precision: DatePrecision = DatePrecision.DAY
    to_precision: DatePrecision = DatePrecision.DAY
    end_unknown: bool = False


@dataclass(frozen=True, slots=True)
class SurveyEntry:
    """One round at one house; ``answers`` by the number of the indicator, with a note each."""

    surveyed_on: date
    surveyed_by: str = ""
    monthly_income: Decimal | None = None
    debts: Decimal | None = None
    note: str = ""
    answers: tuple[tuple[int, Answer, str | Keep], ...] = ()


@dataclass(frozen=True, slots=True)
class NeedEntry:
    """A problem or a strength of a household."""

    kind: NeedKind
    dimension: Dimension
    text: str
    from_day: date | None = None
    to_day: date | None = None
    source: FactSource = FactSource.FILE
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class NewName:
    """What somebody is called after a wedding."""

    title: str
    last_name: str
