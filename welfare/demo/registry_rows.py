"""Rows of the registry: households, people, names, who lives where."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from welfare.core.thai.identity import IdKind
from welfare.core.thai.phones import normalise_phone
from welfare.demo.bulk import Row
from welfare.demo.ground import Ground
from welfare.demo.seeds import HouseholdSeed, MembershipSeed, PersonSeed
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
from welfare.households.models.keys import (
    household_key,
    identifier_index,
    person_key,
    phone_index,
)

TENURES = {
    "owner": Tenure.OWNER,
    "rent": Tenure.RENTED,
    "stay": Tenure.STAYING,
    "squat": Tenure.SQUATTING,
}
CONDITIONS = {"มั่นคงถาวร": Condition.SOUND, "พออยู่อาศัย": Condition.WORN}
DISABILITIES = {
    "การเคลื่อนไหวหรือทางร่างกาย": Disability.MOBILITY,
    "การได้ยินหรือสื่อความหมาย": Disability.HEARING,
    "การเห็น": Disability.SEEING,
    "จิตใจหรือพฤติกรรม": Disability.MENTAL,
    "สติปัญญา": Disability.INTELLECTUAL,
    "การเรียนรู้": Disability.LEARNING,
    "ออทิสติก": Disability.AUTISM,
}
RELATIONS = {
    "หัวหน้าครัวเรือน": Relation.HEAD,
    "ภรรยา": Relation.SPOUSE,
    "สามี": Relation.SPOUSE,
    "บุตรชาย": Relation.CHILD,
    "บุตรสาว": Relation.CHILD,
    "หลาน": Relation.GRANDCHILD,
    "บิดา": Relation.PARENT,
    "มารดา": Relation.PARENT,
    "บุตรสะใภ้": Relation.IN_LAW,
    "บุตรเขย": Relation.IN_LAW,
    "ผู้อาศัย": Relation.LODGER,
}
ID_KINDS = {"pid": IdKind.NATIONAL, "non_thai": IdKind.NON_THAI, "none": IdKind.NONE}
REASONS = {"moved": "ย้ายออก", "died": "เสียชีวิต"}


def household_row(house: HouseholdSeed, ground: Ground) -> Row:
    """Return one row of `households`."""
    return {
        "id": house.index + 1,
        "number": ground.household(house.index),
        "house_code": house.registry_code,
        "house_no": house.house_no,
        "village_no": house.village_no,
        "lane": house.lane,
        "subdistrict": "อุโมงค์",
        "district": "เมืองลำพูน",
        "province": "ลำพูน",
        "postcode": "51150",
        "lat": house.lat,
        "lng": house.lng,
        "accuracy_m": 15,
        "landmark": house.landmark,
        "tenure": TENURES[house.tenure],
        "condition": CONDITIONS.get(house.condition, Condition.UNSAFE),
        "water": _yes(house.water),
        "electricity": _yes(house.electricity),
        "toilet": _yes(house.toilet),
        "monthly_income": Decimal(house.monthly_income),
        "debts": Decimal(house.debts),
        "search_key": household_key(house.house_no, "", house.lane, "", house.landmark),
        "created_at": ground.created,
        "updated_at": ground.created,
        "version": 1,
    }


def person_row(person: PersonSeed, ground: Ground) -> Row:
    """Return one row of `people`; number and telephone go in encrypted, with their blind index."""
    earlier = [f"{person.given_name} {person.previous_surname}"] if person.previous_surname else []
    phone = normalise_phone(person.phone) if person.phone else None
    return {
        "id": person.index + 1,
        "number": ground.person(person.index),
        "title": person.title,
        "first_name": person.given_name,
        "last_name": person.surname,
        "search_key": person_key(person.given_name, "", person.surname, earlier),
        "sex": Sex.MALE if person.sex == "m" else Sex.FEMALE,
        "birth_date": person.birth_date,
        "birth_precision": DatePrecision(person.birth_precision),
        "nationality": "ไม่มีสถานะทางทะเบียน" if person.id_kind == "non_thai" else "ไทย",
        "id_kind": ID_KINDS[person.id_kind],
        "identifier": person.national_id,
        "identifier_index": identifier_index(person.national_id),
        "phone": phone,
        "phone_index": phone_index(phone),
        "marital_status": MaritalStatus(person.marital),
        "occupation": person.occupation,
        "monthly_income": Decimal(person.monthly_income),
        "disability": DISABILITIES[person.disability] if person.disability else None,
        "adl_score": person.adl,
        "adl_on": ground.created.date() if person.adl is not None else None,
        "welfare_card": _yes(person.welfare_card),
        "deceased_on": person.died_on,
        "created_at": ground.created,
        "updated_at": ground.created,
        "version": 1,
    }


def name_rows(person: PersonSeed) -> Iterator[Row]:
    """Return the names somebody bore: the present one last, without an end."""
    married = None
    if person.previous_surname and person.birth_date:
        married = person.birth_date.replace(year=person.birth_date.year + 20, day=1)
        yield _name(person, "นางสาว", person.previous_surname, None, married, "")
    yield _name(person, person.title, person.surname, married, None, "สมรส" if married else "")


def _name(
    person: PersonSeed, title: str, surname: str, start: object, end: object, reason: str
) -> Row:
    return {
        "person_id": person.index + 1,
        "title": title,
        "first_name": person.given_name,
        "last_name": surname,
        "from_day": start,
        "to_day": end,
        "reason": reason,
    }


def membership_row(link: MembershipSeed) -> Row:
    """Return one row of `memberships`."""
    return {
        "household_id": link.household + 1,
        "person_id": link.person + 1,
        "relation": RELATIONS[link.relation],
        "de_facto": link.de_facto,
        "on_register": link.on_register,
        "from_day": link.starts_on,
        "to_day": link.ends_on,
        "reason": REASONS.get(link.end_reason or "", ""),
        "version": 1,
    }


def _yes(value: bool | None) -> YesNo:
    if value is None:
        return YesNo.UNKNOWN
    return YesNo.YES if value else YesNo.NO
