"""A deterministic town for the search: common names with a skew, and people who set traps.

Made with plain inserts, so that the tables of the search are filled by the bulk function too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import insert

from welfare.core.db import db
from welfare.core.thai.identity import IdKind
from welfare.core.thai.references import HOUSEHOLD, PERSON, format_reference
from welfare.households.models import (
    Household,
    Membership,
    Person,
    PersonIdentifier,
    PersonName,
    Village,
)
from welfare.households.models.finding import index_everything
from welfare.households.models.keys import household_key, identifier_index, person_key, phone_index

SEED = 7202
VILLAGES = (3, 4, 5)
CROWD = 700
NOW = datetime(2026, 1, 5, tzinfo=UTC)

FIRST = [
    "สมชาย", "สมศักดิ์", "สมหญิง", "สมพร", "บุญมี", "บุญส่ง", "วิชัย",
    "ประเสริฐ", "สุรชัย", "อนงค์", "มาลี", "วรรณา", "จันทร์ดี", "อรุณี",
    "กมล", "ชูใจ", "ใจ", "ยายา", "นภา", "ศรีนวล", "แสงดาว",
    "คำแปง", "หล้า", "ปัน", "อินสม", "ธิดา", "พรทิพย์", "รัตนา",
    "เกษม", "เอกชัย", "โสภา", "ไพศาล",
]  # fmt: skip
LAST = [
    "ใจดี", "ใจงาม", "วงค์คำ", "วงศ์ใหญ่", "แก้วมา", "คำมูล", "ปัญญา",
    "ต๊ะสุ", "อุดม", "สายใจ", "ศรีวิชัย", "จันทร์แก้ว", "บุญเรือง", "มูลใจ",
    "ยาวิชัย", "อินต๊ะ", "ไชยวงค์", "เรือนคำ", "กันทะ", "ทาอ้าย", "สุภา",
    "ธรรมชัย", "เป็งใจ", "โปธา",
]  # fmt: skip


@dataclass
class Somebody:
    """One person of the town in plain values."""

    first: str
    last: str = ""
    middle: str = ""
    earlier: tuple[tuple[str, str], ...] = ()
    house: int | None = None
    lives: bool = True
    """Otherwise they have left that house."""
    identifier: str | None = None
    further: str | None = None
    phone: str | None = None
    merged_into: str | None = None
    key: str = ""
    id: int = 0
    number: str = ""


@dataclass
class House:
    """One house in plain values."""

    house_no: str
    village_no: int | None
    lane: str = ""
    landmark: str = ""
    code: str | None = None
    key: str = ""
    id: int = 0
    number: str = ""


@dataclass
class Town:
    """Everybody and every house, by place in the lists: id is place + 1."""

    people: list[Somebody] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)

    def person(self, key: str) -> Somebody:
        """Somebody who was planted."""
        return next(one for one in self.people if one.key == key)

    def house(self, key: str) -> House:
        """A house that was planted."""
        return next(one for one in self.houses if one.key == key)


PLANTED_HOUSES = (
    House("99/1", 3, lane="ซอยสุขใจ", key="house_3"),
    House("12", 5, code="51010234567", landmark="ใกล้วัดป่าเหียง", key="house_5"),
    House("120", 5, key="house_120"),
    House("5/120", 5, key="house_5_120"),
    House("๙๙/๑", 4, key="thai_digits"),
    House("7ก", None, landmark="หลังโรงเรียน", key="nowhere"),
    House("77", 4, lane="ซอย 2", key="lane_2"),
    House("4", 3, key="four"),
    House("40/4", 3, lane="ซอย4", key="lane_4"),
    House("5", 3, lane="ซอย 5", key="five_of_five"),
)
PLANTED = (
    Somebody("คำ", "น้ำใจ", house=0, identifier="3999912345670", phone="66990001234", key="kham"),
    Somebody("สมชาย", "ใจดี", house=1, identifier="1999900000013", phone="66990005678",
             key="somchai"),
    Somebody("นางฟ้า", "น้ำใจ", house=0, key="fa"),
    Somebody("ณัฐพงษ์", "ศรีสุข", house=1, key="nat_ong"),
    Somebody("ณัฐพงศ์", "สีสุข", house=0, key="nat_ong2"),
    Somebody("กตัญญู", "ยิ่งยง", house=3, key="katanyu"),
    Somebody("วรรณวิสา", "เจริญพันธุ์", house=2, key="wan"),
    Somebody("สิทธิ์", "จันทร์เพ็ญ", house=2, key="sit"),
    Somebody("ฤทัยรัตน์", "ฦาชา", house=2, key="ruthai"),
    Somebody("กฤษณะ", "ณ อุโมงค์", house=3, key="na"),
    Somebody("อายุ", "มั่นคง", house=0, key="ayu"),
    Somebody("วัยชรา", "อายุใจ", house=0, key="ayu_chai"),
    Somebody("ขอกาย", "อุปกรณ์", house=4, key="kho"),
    Somebody("มะลิ", "ป่าซาง", house=4, key="mali"),
    Somebody("แสนแก้ว", "น้ำบ่อหลวง", house=4, key="saen"),
    Somebody("Somchai", "McDonald", middle="Ray", house=5, key="latin"),
    Somebody("พระมหาสมปอง", "", house=5, key="monk"),
    Somebody("อาโม", "", house=5, further="G123456789012", key="hill"),
    Somebody("ก_ข", "100%จริง", house=4, key="odd"),
    Somebody("มานะ", "เกิดใหม่", earlier=(("มานพ", "เดิมที"), ("มานะ", "เดิมที")), house=1,
             key="renamed"),
    Somebody("บุญคำ", "ทอง", house=0, key="bunkham"),
    Somebody("คำปัน", "ทอง", house=0, key="khampan"),
    Somebody("ไร้ถิ่น", "เร่ร่อน", key="homeless"),
    Somebody("เคยอยู่", "ย้ายแล้ว", house=1, lives=False, key="left"),
    Somebody("หยกแก้ว", "ซ้ำซ้อน", house=1, merged_into="somchai", identifier="1999900000021",
             key="merged"),
    Somebody("ข้าวฟ่าง", "เอี่ยมสะอาด", house=6, further="AB1234567", key="khaofang"),
    Somebody("ฐิติรัตน์", "ญาณวุฒิ", house=6, key="thiti"),
    Somebody("เก่งกาจ", "กล้าหาญ", house=6, key="keng"),
    Somebody("นาฏ", "นาค", house=6, key="nat"),
    Somebody("จักร์ยอง", "จันทร์ริน", house=7, key="yong"),
    Somebody("จักรพันธ์", "เพ็ชรัตน์", house=7, key="phan"),
    Somebody("ปวีณา", "ใจปัญญา", house=8, phone="66880001234", key="panya"),
    Somebody("สุริยะ", "ศักดิ์สิทธิ์", house=8, key="suriya"),
    Somebody("กัลยา", "บุญเพ็ญ", house=9, phone="6653001669", key="kanya"),
    Somebody("ธีร", "สุนทร", house=9, key="thira"),
    Somebody("เฉลิมพล", "เมฆขยาย", house=7, key="chaloem"),
)  # fmt: skip


def make_town() -> Town:
    """The town in plain values; the same every time."""
    chance = random.Random(SEED)
    houses = [*PLANTED_HOUSES]
    houses += [
        House(f"{chance.randrange(1, 160)}/{chance.randrange(1, 9)}" if n % 3 else str(n),
              chance.choice(VILLAGES), lane=f"ซอย {n % 9}" if n % 4 == 0 else "",
              landmark=chance.choice(("", "ใกล้วัด", "ริมคลอง", "หน้าตลาด")))
        for n in range(1, 180)
    ]  # fmt: skip
    people = [*PLANTED]
    first, last = _skew(FIRST), _skew(LAST)
    for _place in range(CROWD):
        people.append(
            Somebody(
                chance.choices(FIRST, cum_weights=first)[0],
                chance.choices(LAST, cum_weights=last)[0],
                house=chance.randrange(len(houses)),
                earlier=((chance.choice(FIRST), chance.choice(LAST)),)
                if chance.random() < 0.05 else (),
            )
        )  # fmt: skip
    town = Town([Somebody(**vars(one)) for one in people], [House(**vars(one)) for one in houses])
    for place, one in enumerate(town.people):
        one.id, one.number = place + 1, format_reference(PERSON, running=place + 1)
    for place, house in enumerate(town.houses):
        house.id, house.number = place + 1, format_reference(HOUSEHOLD, running=place + 1)
    return town


def _skew(names: list[str]) -> list[float]:
    return list(accumulate(1 / (place + 1) for place in range(len(names))))


def settle(town: Town) -> None:
    """Write the town into the database, past the session, and let the search find it."""
    session = db.session
    session.execute(insert(Village), [{"village_no": no, "name_th": f"หมู่ {no}", "name_en": "",
                                       "version": 1} for no in VILLAGES])  # fmt: skip
    session.execute(insert(Household), [_house_row(house) for house in town.houses])
    people = sorted(town.people, key=lambda one: one.merged_into is not None)
    for one in people:
        session.execute(insert(Person), [_person_row(one, town)])
    names = [row for one in town.people for row in _name_rows(one)]
    session.execute(insert(PersonName), names)
    homes = [_membership_row(one) for one in town.people if one.house is not None]
    session.execute(insert(Membership), homes)
    session.execute(
        insert(PersonIdentifier),
        [
            {"person_id": one.id, "kind": IdKind.G_CODE, "number": one.further, "version": 1,
             "number_index": identifier_index(one.further), "recorded_at": NOW}
            for one in town.people if one.further
        ],
    )  # fmt: skip
    index_everything(session.connection())
    session.commit()


def _house_row(house: House) -> dict[str, Any]:
    return {
        "id": house.id, "number": house.number, "house_no": house.house_no, "version": 1,
        "village_no": house.village_no, "lane": house.lane, "landmark": house.landmark,
        "house_code": house.code, "created_at": NOW, "updated_at": NOW,
        "search_key": household_key(house.house_no, "", house.lane, "", house.landmark),
    }  # fmt: skip


def _person_row(one: Somebody, town: Town) -> dict[str, Any]:
    earlier = [f"{first} {last}" for first, last in one.earlier]
    return {
        "id": one.id, "number": one.number, "first_name": one.first, "middle_name": one.middle,
        "last_name": one.last, "created_at": NOW, "updated_at": NOW, "version": 1,
        "search_key": person_key(one.first, one.middle, one.last, earlier),
        "identifier": one.identifier, "identifier_index": identifier_index(one.identifier),
        "phone": one.phone, "phone_index": phone_index(one.phone),
        "merged_into_id": town.person(one.merged_into).id if one.merged_into else None,
    }  # fmt: skip


def _name_rows(one: Somebody) -> list[dict[str, Any]]:
    names = [*one.earlier, (one.first, one.last)]
    return [
        {"person_id": one.id, "first_name": first, "last_name": last, "version": 1,
         "middle_name": one.middle if place == len(names) - 1 else ""}
        for place, (first, last) in enumerate(names)
    ]  # fmt: skip


def _membership_row(one: Somebody) -> dict[str, Any]:
    assert one.house is not None
    return {
        "person_id": one.id, "household_id": one.house + 1, "version": 1,
        "to_day": None if one.lives else date(2025, 1, 1),
    }  # fmt: skip
