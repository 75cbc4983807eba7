"""What people do in front of the screen, by the words and fields they see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests import cast

STORY = "ยายคำอยู่คนเดียว หลังคารั่วทุกครั้งที่ฝนตก น้ำหยดลงที่นอน อยากให้เจ้าหน้าที่มาดู"
FOUND = "พบยายคำอยู่คนเดียว สังกะสีผุสามแผ่น ที่นอนเปียก ยังเดินได้เอง ลูกอยู่ต่างจังหวัด"
ENDED = "เปลี่ยนสังกะสีให้แล้วสามแผ่น และมอบที่นอนใหม่หนึ่งชุด"


@dataclass(frozen=True)
class Receipt:
    """What a citizen goes home with."""

    reference: str
    secret: str


def onward(page: Page) -> None:
    """Press the page's one primary button of the form."""
    page.locator("main form .actions .btn-primary").first.click()


def choose(page: Page, name: str, value: str) -> None:
    """Pick a radio card by its value, as a finger would: by its label."""
    page.locator(f"label.choice:has(input[name='{name}'][value='{value}'])").first.click()


def unfold(page: Page, fold_id: str) -> None:
    """Open a form that opens in place, unless it stands open."""
    link = page.locator(f"p.opening#{fold_id} a")
    if link.count():
        link.first.click()
        page.wait_for_url(f"**open={fold_id}*")
        return
    fold = page.locator(f"details#{fold_id}")
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def sign_in(page: Page, username: str) -> None:
    """Go through the door of the staff."""
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/sign-in", page.url))
    page.fill("[name=username]", username)
    page.fill("[name=password]", cast.PASSWORD)
    onward(page)
    expect(page.locator(".menu-name, .menu-mark").first).to_be_attached()


def file_request(page: Page, photo: bytes) -> Receipt:
    """File a request in five steps and read what is on the slip."""
    choose(page, "kind", "concern")
    choose(page, "category", "housing")
    onward(page)
    page.fill("[name=description]", STORY)
    page.set_input_files(
        "[name=photos]", {"name": "roof.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    onward(page)
    page.fill("[name=subject_name]", "ยายคำ ใจดี")
    page.fill("[name=subject_phone]", "๐๘๑-๒๓๔-๕๖๗๘")
    page.fill("[name=house_no]", "12/1")
    page.select_option("[name=village]", "2")
    page.fill("[name=landmark]", "ตรงข้ามวัด ประตูสีเขียว")
    onward(page)
    page.fill("[name=reporter_name]", "สมชาย ใจดี")
    page.fill("[name=reporter_phone]", "0899999999")
    page.select_option("[name=relationship]", "neighbour")
    page.locator("label.choice:has(input[name=consent])").click()
    onward(page)
    expect(page.locator("main")).to_contain_text(STORY)
    expect(page.locator("main")).to_contain_text("ยายคำ ใจดี")
    onward(page)
    page.wait_for_url("**/requests/filed")
    text = page.locator("main").inner_text()
    reference = re.search(r"[A-Z]{2}\d\d-\d{6}-\d", text)
    secret = re.search(r"\b\d{3}[- ]\d{3}[- ]\d{3}\b", text)
    assert reference, text
    assert secret, text
    return Receipt(reference[0], secret[0])


def follow(page: Page, receipt: Receipt) -> str:
    """Open the progress of a request with the numbers on its slip; what the page says."""
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/requests/track", page.url))
    page.fill("[name=reference]", receipt.reference)
    page.fill("[name=secret]", receipt.secret)
    onward(page)
    page.wait_for_url(f"**/requests/track/{receipt.reference}")
    return page.locator("main").inner_text()
