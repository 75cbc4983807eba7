"""Pairs are found without comparing all with all, and large blocks stay affordable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from welfare.households.likeness import Blocks, PersonTraits, person_keys
from welfare.households.likeness.blocking import LARGEST, NEIGHBOURS

ONE = PersonTraits(
    "ณัฐพงศ์", "ศรีสุข", birth=date(1990, 7, 12), identifier="3510100123459", house_no="9",
    village_no=4, phone="66812345678",
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, first="ศรีสุข", last="ณัฐพงษ์"),
        replace(ONE, last="ใจดี", identifier="", phone="", house_no=""),
        replace(ONE, first="อื่น", birth=None, identifier="3510100123450"),
        replace(ONE, first="อื่น", last="ไป", birth=None, identifier="3519100123459"),
        replace(ONE, first="อื่น", last="ไป", birth=date(1990, 12, 7), identifier="", phone=""),
        replace(ONE, first="อื่น", last="ไป", birth=date(1447, 7, 12), identifier="", phone=""),
        PersonTraits("อื่น", "ไป", earlier=(("ณัฐพงษ์", "สีสุข"),)),
        PersonTraits("อื่น", "ไป", phone="66812345678"),
    ],
)
def test_who_may_be_one_shares_a_key(other: PersonTraits) -> None:
    assert {*person_keys(ONE)} & {*person_keys(other)}


def test_pairs_come_once_and_in_order() -> None:
    blocks = Blocks()
    for keys in (["a", "b"], ["b"], ["a", "b"], ["c"]):
        blocks.add(keys)
    assert list(blocks.pairs()) == [(0, 1), (0, 2), (1, 2)]


def test_a_large_block_is_compared_with_neighbours_only() -> None:
    blocks = Blocks()
    size = LARGEST * 5
    for place in range(size):
        blocks.add(["same"], order=place % 7)
    pairs = list(blocks.pairs())
    assert blocks.cut == 1
    assert len(pairs) <= size * NEIGHBOURS
