"""Where two records of one person lived is put together without overlap."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from welfare.households.kinds import Relation
from welfare.households.queries.duplicates.stays import Stay, combine, combine_members

A, B = 1, 2


def stay(key: int, who: int, house: int, **more: object) -> Stay:
    values: dict[str, object] = {
        "relation": Relation.OTHER, "de_facto": True, "on_register": False, "from_day": None,
        "to_day": None,
    }  # fmt: skip
    return Stay(key, house, who, **(values | more))  # type: ignore[arg-type]


def test_one_house_twice_is_one_stay() -> None:
    plan = combine(
        [
            stay(1, A, 7, from_day=date(2010, 1, 1), relation=Relation.CHILD),
            stay(2, B, 7, relation=Relation.HEAD, on_register=True),
        ],
        survivor=A,
    )
    (kept,) = plan.kept
    assert (kept.id, kept.relation, kept.from_day) == (1, Relation.HEAD, date(2010, 1, 1))
    assert kept.on_register and plan.absorbed == {2: 1}


def test_who_moved_leaves_when_they_came_elsewhere() -> None:
    plan = combine(
        [
            stay(1, A, 7, from_day=date(2010, 1, 1)),
            stay(2, B, 8, from_day=date(2000, 1, 1)),
        ],
        survivor=A,
    )
    assert {one.id: one.to_day for one in plan.kept} == {1: None, 2: date(2010, 1, 1)}


def test_the_chosen_home_is_the_one_they_live_in() -> None:
    stays = [stay(1, A, 7, on_register=True, relation=Relation.HEAD), stay(2, B, 8)]
    plan = combine(stays, survivor=A, home=8)
    by_id = {one.id: one for one in plan.kept}
    assert by_id[2].de_facto and not by_id[1].de_facto and by_id[1].on_register
    assert by_id[1].relation == Relation.OTHER, "nobody is head of a house they do not live in"
    assert combine(stays, survivor=A).dropped == [2]


def test_death_ends_what_is_open() -> None:
    day = date(2026, 3, 1)
    plan = combine([stay(1, A, 7), stay(2, A, 8, to_day=date(1999, 1, 1))], survivor=A, died=day)
    assert [one.to_day for one in plan.kept] == [day, date(1999, 1, 1)]


def test_of_two_heads_one_stays() -> None:
    plan = combine_members(
        [
            stay(1, A, 7, relation=Relation.HEAD),
            stay(2, B, 8, relation=Relation.HEAD),
            stay(3, 3, 8, relation=Relation.CHILD),
        ],
        survivor=8,
    )
    relations = {one.id: one.relation for one in plan.kept}
    assert relations == {1: Relation.RELATIVE, 2: Relation.HEAD, 3: Relation.CHILD}


@st.composite
def histories(draw: st.DrawFn) -> list[Stay]:
    """Stays of two records, each whole in itself: never in two houses at a time."""
    stays: list[Stay] = []
    for who in (A, B):
        last = date(1999, 1, 1)
        for _turn in range(draw(st.integers(0, 3))):
            start = draw(st.dates(last, max(last, date(2006, 1, 1))))
            end = draw(st.one_of(st.none(), st.dates(start, max(start, date(2008, 1, 1)))))
            stays.append(
                stay(
                    len(stays) + 1, who, draw(st.integers(1, 3)), from_day=start, to_day=end,
                    on_register=draw(st.booleans()),
                    relation=draw(st.sampled_from([Relation.HEAD, Relation.CHILD])),
                )
            )  # fmt: skip
            if end is None:
                break
            last = end
    return stays


@given(histories(), st.sampled_from([A, B]), st.sampled_from([None, 1, 2, 3]))
def test_never_in_two_places_never_twice_in_one(
    stays: list[Stay], survivor: int, home: int | None
) -> None:
    plan = combine(stays, survivor=survivor, home=home)
    known = {one.id for one in plan.kept} | {*plan.absorbed} | {*plan.dropped}
    assert known == {one.id for one in stays}, "every stay is accounted for"
    for one, other in combinations(plan.kept, 2):
        shared = one.span[0] < other.span[1] and other.span[0] < one.span[1]
        if shared and one.span[0] < one.span[1] and other.span[0] < other.span[1]:
            assert one.household_id != other.household_id
            assert not (one.de_facto and other.de_facto)
    assert all(one.to_day is None or one.to_day >= one.span[0] for one in plan.kept)
