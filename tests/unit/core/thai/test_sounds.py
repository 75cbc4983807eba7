"""Spellings that are taken for each other have one key; names that are not alike have not."""

import pytest

from welfare.core.thai.sounds import sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ณัฐพงษ์", "ณัฐพงศ์"), ("ณัดพงษ์", "ณัฐพงค์"), ("ศรีสุข", "สีสุข"), ("กตัญญู", "กตัญู"),
        ("สมชัย", "สมชาย"), ("ไชยา", "ชัยยา"), ("วรรณา", "วันนา"), ("จันทร์", "จัน"),
        ("ณัฏฐ์", "ณัฐ"), ("ธรรมรักษ์", "ทำรัก"), ("ฤทัย", "รึทัย"), ("สุรชัย", "สุระชัย"),
        ("ใจดี", "ไจดี"), ("หล่อ", "ล่อ"), ("พันธุ์", "พัน"), ("ทราย", "ซาย"), ("น้ำใจ", "นามจัย"),
    ],
)  # fmt: skip
def test_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("มานี", "มีนา"), ("สมชาย", "สมหญิง"), ("คำ", "คม"), ("บุญ", "บัว")]
)
def test_not_alike(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize("word", ["", "์", "่้", "123", "abc", "ฯ", "😀", "ๆ"])
def test_anything_has_a_key(word: str) -> None:
    assert isinstance(sound_key(word), str)
