"""Who signs for a municipality."""

import pytest

from welfare.core.municipality import Municipality


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("เทศบาลตำบลอุโมงค์", "นายกเทศมนตรีตำบลอุโมงค์"),
        ("เทศบาลเมืองลำพูน", "นายกเทศมนตรีเมืองลำพูน"),
        ("องค์การบริหารส่วนตำบลสมมติ", "นายกองค์การบริหารส่วนตำบลสมมติ"),
    ],
)
def test_the_head_is_called_by_the_office(name: str, head: str) -> None:
    assert Municipality(name_th=name).head_th == head
