"""What is known of a house or a person, as plain values: from a form to a service and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

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


class Keep(Enum):
    """Stands for "leave it as it is" where a form never shows the present value."""

    KEEP = "keep"


KEEP = Keep.KEEP


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
    marital_status: MaritalStatus = MaritalStatus.UNKNOWN
    occupation: str = ""
    monthly_income: Decimal | None = None
    welfare_card: YesNo = YesNo.UNKNOWN
    welfare_card_on: date | None = None
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

    disability: Disability | None = None
    disability_card_issued: date | None = None
    disability_card_expires: date | None = None
    adl_score: int | None = None
    adl_on: date | None = None
    health_notes: str | None = None
