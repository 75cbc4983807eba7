"""The family picture: who stands where, and that everybody can be read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from welfare.households.kinds import Relation, Sex
from welfare.households.queries.family import Generation, family_rows
from welfare.households.queries.family_svg import (
    A_LINE,
    WIDTH,
    family_svg,
    member_words,
    shortened,
)
from welfare.households.queries.members import Member, Signs

SVG = "{http://www.w3.org/2000/svg}"


def member(name: str, relation: Relation, age: int | None = 40, **more: Any) -> Member:
    values: dict[str, Any] = {
        "person_id": abs(hash((name, relation, age))), "number": "P-000001-3", "name": name,
        "first_name": name, "sex": Sex.FEMALE, "age": age, "relation": relation,
        "de_facto": True, "on_register": True, "from_day": None, "to_day": None, "ended": "",
        "deceased": False, "signs": Signs(), "version": 1,
    }  # fmt: skip
    return Member(**(values | more))


def drawn(*members: Member, past: tuple[Member, ...] = ()) -> ElementTree.Element:
    return ElementTree.fromstring(str(family_svg(family_rows(members, past))))


def texts(picture: ElementTree.Element) -> list[str]:
    return [found.text or "" for found in picture.iter(f"{SVG}text")]


def test_nobody_gives_no_picture() -> None:
    assert family_rows([]) == ()
    assert family_svg(()) == ""


def test_generations_stand_from_the_oldest_to_the_youngest() -> None:
    rows = family_rows(
        [
            member("หลาน", Relation.GRANDCHILD, 3),
            member("ย่า", Relation.GRANDPARENT, 90),
            member("ลูก", Relation.CHILD, 20),
            member("หัวหน้า", Relation.HEAD, 45),
            member("แม่", Relation.PARENT, 70),
            member("ผู้อาศัย", Relation.LODGER, 30),
            member("คู่", Relation.SPOUSE, 44),
        ]
    )
    assert [row.generation for row in rows] == list(Generation)
    assert [one.name for one in rows[2].members] == ["หัวหน้า", "คู่"]


def test_orphans_without_a_head_are_drawn() -> None:
    rows = family_rows([member("น้อง", Relation.SIBLING, 9), member("พี่", Relation.SIBLING, 14)])
    assert [one.name for one in rows[0].members] == ["พี่", "น้อง"]
    assert "พี่" in texts(drawn(*rows[0].members))


def test_fifteen_members_all_stand_within_the_picture() -> None:
    family = [member("หัวหน้า", Relation.HEAD, 60)]
    family += [member(f"คนที่{n}", Relation.CHILD, 30 + n) for n in range(14)]
    picture = drawn(*family)
    assert {f"คนที่{n}" for n in range(14)} <= set(texts(picture))
    tall = float(picture.get("viewBox", "").split()[3])
    for one in picture.iter(f"{SVG}text"):
        assert 0 <= float(one.get("x", "0")) <= WIDTH
        assert 0 <= float(one.get("y", "0")) <= tall
    rects = [one for one in picture if one.get("rx") == "10"]
    assert len(rects) == 2
    assert len({one.get("cy") for one in picture.iter(f"{SVG}circle")}) == 1 + -(-14 // A_LINE)


def test_relation_that_is_not_known_stands_last() -> None:
    rows = family_rows([member("ใคร", Relation.OTHER, None), member("ก", Relation.HEAD)])
    assert rows[-1].generation == Generation.OTHERS
    assert "?" in texts(drawn(member("ใคร", Relation.OTHER, None)))


@pytest.mark.parametrize(
    ("age", "generation"),
    [(25, Generation.CHILDREN), (48, Generation.HEAD), (80, Generation.PARENTS),
     (None, Generation.CHILDREN)],
)  # fmt: skip
def test_in_laws_stand_by_their_age(age: int | None, generation: Generation) -> None:
    rows = family_rows([member("หัวหน้า", Relation.HEAD, 50), member("เขย", Relation.IN_LAW, age)])
    found = {one.name: row.generation for row in rows for one in row.members}
    assert found["เขย"] == generation


def test_who_died_as_a_member_is_marked_and_who_moved_away_is_not_there() -> None:
    died = member("พ่อ", Relation.HEAD, 70, deceased=True, de_facto=True, to_day=date(2026, 1, 1))
    gone = member("ลูกคนโต", Relation.CHILD, 40, to_day=date(2020, 1, 1))
    picture = drawn(member("แม่", Relation.HEAD, 68), past=(died, gone))
    assert "ลูกคนโต" not in texts(picture)
    assert "พ่อ" in texts(picture)
    assert sum("stroke-dasharray" in one.attrib for one in picture) == 1


def test_a_member_who_left_and_came_back_stands_once() -> None:
    now = member("ก", Relation.CHILD, person_id=5)
    before = member("ก", Relation.CHILD, person_id=5, deceased=True, to_day=date(2020, 1, 1))
    assert sum(len(row.members) for row in family_rows([now], [before])) == 1


def test_sex_is_told_by_shape_and_by_word() -> None:
    shapes = {}
    for sex in Sex:
        picture = drawn(member("ก", Relation.CHILD, sex=sex))
        tags = [one.tag.removeprefix(SVG) for one in picture]
        shapes[sex] = tuple(tag for tag in tags if tag not in {"text", "line"})
    assert len(set(shapes.values())) == len(Sex)


def test_the_picture_says_itself_to_who_does_not_see_it() -> None:
    said = drawn(member("สมศรี", Relation.HEAD, 61)).get("aria-label", "")
    assert "สมศรี" in said
    assert "61" in said
    assert "61" in member_words(member("สมศรี", Relation.HEAD, 61))


def test_names_are_escaped_and_carry_no_style() -> None:
    made = str(family_svg(family_rows([member('<b a="1">', Relation.HEAD)])))
    assert "<b " not in made
    assert not re.search(r"\sstyle=", made)


def test_long_names_are_cut_by_the_letters_that_take_room() -> None:
    assert shortened("สมชาย") == "สมชาย"
    assert shortened("น้ำฝนที่รัก" * 3).endswith("…")
    assert shortened("กี้กี้กี้กี้กี้กี้กี้กี้กี้กี้กี้กี้กี้") == "กี้" * 13
