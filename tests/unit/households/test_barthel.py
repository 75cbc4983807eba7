"""The Barthel index of 20 points."""

import pytest

from welfare.households.barthel import HIGHEST, ITEMS, AdlGroup, group_of, read_items, total_of


def test_the_ten_items_add_up_to_twenty() -> None:
    assert len(ITEMS) == 10
    assert sum(item.highest for item in ITEMS) == HIGHEST
    assert [item.highest for item in ITEMS] == [2, 1, 3, 2, 3, 2, 2, 1, 2, 2]


@pytest.mark.parametrize(
    ("total", "group"),
    [
        (0, AdlGroup.BED), (4, AdlGroup.BED), (5, AdlGroup.HOME), (11, AdlGroup.HOME),
        (12, AdlGroup.SOCIAL), (20, AdlGroup.SOCIAL),
    ],
)  # fmt: skip
def test_groups_at_their_edges(total: int, group: AdlGroup) -> None:
    assert group_of(total) is group


def test_total() -> None:
    assert total_of("2132322122") == 20
    assert total_of("0000000000") == 0


@pytest.mark.parametrize("digits", ["", "213232212", "3132322122", "21323221222", "213232212๒"])
def test_what_is_no_assessment(digits: str) -> None:
    with pytest.raises(ValueError, match=r"ten scores|higher"):
        read_items(digits)
