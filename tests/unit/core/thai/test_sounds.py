"""Spellings that are taken for each other have one key; names that are not alike have not."""

import pytest

from welfare.core.thai.sounds import one_slip, sound_key, sound_keys


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
    ("one", "other"),
    [
        ("จักรยอง", "จักร์ยอง"), ("จักยอง", "จักร์ยอง"), ("จันทรริน", "จันทร์ริน"), ("จันริน", "จันทร์ริน"),
        ("สมศักดิ", "สมศักดิ์"), ("สมศักด์", "สมศักดิ์"), ("สิทธิ", "สิทธิ์"), ("พันธุ", "พันธุ์"), ("ทิพย", "ทิพย์"),
        ("ใจปันยา", "ใจปัญญา"), ("กัลยา", "กันยา"), ("บุนเรือง", "บุญเรือง"), ("เพ็น", "เพ็ญ"),
        ("สุริยา", "สุริยะ"), ("ธีร", "ธีระ"), ("วุด", "วุฒิ"), ("จิตร", "จิตต์"), ("เพชร", "เพ็ชร์"),
        ("สมพอน", "สมพร"), ("วิลัย", "วิไล"), ("กรรณิกา", "กรรณิการ์"), ("อินทร์", "อิน"),
    ],
)  # fmt: skip
def test_what_is_not_heard_may_be_left_out(one: str, other: str) -> None:
    assert {*sound_keys(one)} & {*sound_keys(other)}


def test_one_slip_leaves_something_in_common() -> None:
    right = "จานรีน"
    wrong = ["จานรี", "จาานรีน", "จามรีน", "จานีรน", "านรีน"]
    assert all(one_slip(right) & one_slip(each) for each in wrong)
    assert not one_slip(right) & one_slip("สมชาย")


def test_a_word_of_many_silenced_letters_has_few_keys() -> None:
    assert len(sound_keys("ก์" * 30 + "า")) <= 8


@pytest.mark.parametrize(
    ("one", "other"), [("มานี", "มีนา"), ("สมชาย", "สมหญิง"), ("คำ", "คม"), ("บุญ", "บัว")]
)
def test_not_alike(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize("word", ["", "์", "่้", "123", "abc", "ฯ", "😀", "ๆ"])
def test_anything_has_a_key(word: str) -> None:
    assert isinstance(sound_key(word), str)
    assert "" not in sound_keys(word)
