"""The main job, whole: filed, triaged, given, visited, helped, closed, followed, counted."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser import office
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.html import problems

pytestmark = pytest.mark.browser

Violations = Callable[[Page], list[str]]


class Checked:
    """Every page passed on the way: no WCAG violation, and its HTML kept for the validator."""

    def __init__(self, violations: Violations) -> None:
        self.violations = violations
        self.found: list[str] = []
        self.pages: dict[str, str] = {}

    def look(self, page: Page) -> None:
        """Look at the page that is open now."""
        page.wait_for_load_state("networkidle")
        path = urlsplit(page.url).path
        page.evaluate("scrollTo(0, 0)")  # what has gone half beneath the head is no small target
        self.found += self.violations(page)
        answer = page.request.get(page.url)
        if answer.ok and "text/html" in answer.headers.get("content-type", ""):
            self.pages[f"{len(self.pages)}{path}"] = answer.text()

    def settle(self) -> None:
        """Fail with all that was found."""
        assert not self.found, "\n".join(self.found)
        assert [each for each in problems(self.pages) if "lacks heading" not in each] == []


@pytest.fixture
def photo() -> bytes:
    """A picture as a phone takes it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def checked(violations: Violations) -> Checked:
    """Collects what is wrong on the way."""
    return Checked(violations)


def _accept(page: Page, reference: str, checked: Checked) -> str:
    """The officer finds the request in the queue and accepts it into a new case; its number."""
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/desk/complaints", page.url))
    checked.look(page)
    page.get_by_role("link", name=reference).first.click()
    expect(page.locator("main")).to_contain_text(office.STORY)
    checked.look(page)
    office.unfold(page, "accept")
    page.fill("#accept [name=title]", "หลังคารั่ว ยายอยู่คนเดียว หมู่ 2")
    page.locator("#accept [name=then][value=case]").click()
    page.wait_for_url("**/desk/cases/C*")
    checked.look(page)
    return urlsplit(page.url).path.rsplit("/", 1)[-1]


def _offer(page: Page, worker: str, checked: Checked) -> None:
    page.locator("main a[href$='/offer']").first.click()
    checked.look(page)
    form = page.locator("form[action$='/offer']")
    form.locator("label.choice", has_text=worker).first.click()
    form.locator("button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(worker)


def _accept_offer(page: Page, number: str, checked: Checked) -> None:
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/field", page.url))
    checked.look(page)
    page.locator(f"form[action$='/{number}/accept'] button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(number)


def _visit(page: Page, number: str, checked: Checked) -> None:
    """Plan a visit for today, go, and write down what was found."""
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/desk/cases/{number}", page.url))
    office.unfold(page, "plan")
    page.fill("#plan [name=purpose]", "ดูสภาพหลังคา")
    page.locator("#plan form button[type=submit]").first.click()
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/field", page.url))
    page.get_by_role("link", name=re.compile("ยายคำ|หลังคารั่ว")).first.click()
    page.wait_for_url("**/field/visits/*")
    checked.look(page)
    page.fill("[name=findings]", office.FOUND)
    page.fill("[name=who_present]", "ยายคำ")
    page.fill("[name=needs]", "สังกะสีสามแผ่น ที่นอนหนึ่งชุด")
    page.locator("form:has([name=findings]) .btn-primary").first.click()
    expect(page.locator("main")).to_contain_text(office.FOUND)


def _help_and_close(page: Page, number: str, checked: Checked) -> None:
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/desk/cases/{number}", page.url))
    page.locator("#help a").click()
    form = page.locator(f"form[action$='/{number}/help']")
    form.locator("[name=kind]").select_option("goods")
    form.locator("[name=description]").fill("สังกะสี 3 แผ่น ที่นอน 1 ชุด")
    form.locator("[name=amount]").fill("๒,๔๕๐")
    form.locator("[name=fund]").fill("เงินช่วยเหลือประชาชนของเทศบาล")
    form.locator("[name=decided_by]").fill("นางมาลี ศรีสมมติ")
    form.locator("button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("2,450")
    checked.look(page)
    page.locator("#close a").click()
    form = page.locator(f"form[action$='/{number}/close']")
    office.choose(page, "outcome", "solved")
    form.locator("[name=outcome_note]").fill(office.ENDED)
    form.locator("button[type=submit]:not([name], [aria-hidden])").click()
    expect(page.locator("#timeline")).to_contain_text(office.ENDED)


def _pdf(page: Page, path: str) -> None:
    answer = page.request.get(re.sub(r"(https?://[^/]+).*", rf"\1{path}", page.url))
    assert answer.status == 200, path
    assert answer.body().startswith(b"%PDF-"), path


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_main_job(
    app: Flask,
    visit: Callable[..., Visitor],
    checked: Checked,
    photo: bytes,
    javascript: bool,
) -> None:
    """A citizen's request goes all the way, and everybody sees of it what is theirs."""
    del app
    citizen = visit(PHONE, javascript=javascript).open("/")
    citizen.locator("a[href^='/requests/new']").first.click()
    receipt = office.file_request(citizen, photo)
    _pdf(citizen, "/requests/filed/receipt.pdf")

    officer = visit(DESK).open("/sign-in")
    office.sign_in(officer, cast.ORN)
    number = _accept(officer, receipt.reference, checked)
    _offer(officer, "นายกานต์ ดอยคำ", checked)

    worker = visit(PHONE).open("/sign-in")
    office.sign_in(worker, cast.KAN)
    _accept_offer(worker, number, checked)
    _visit(worker, number, checked)
    _help_and_close(worker, number, checked)

    seen = office.follow(citizen, receipt)
    assert office.ENDED in seen
    assert office.FOUND not in seen
    assert "2,450" not in seen

    manager = visit(DESK).open("/sign-in")
    office.sign_in(manager, cast.MALEE)
    manager.goto(re.sub(r"(https?://[^/]+).*", r"\1/desk/reports", manager.url))
    expect(manager.locator("main")).to_contain_text("1")
    checked.look(manager)
    closed = manager.locator("main a[href*='closed=']").first
    closed.click()
    expect(manager.locator("main")).to_contain_text(number)
    checked.look(manager)
    _pdf(manager, f"/desk/cases/{number}/report.pdf")
    checked.settle()


@pytest.mark.usefixtures("stage")
def test_the_citizens_pages_are_open_to_everybody(
    visit: Callable[..., Visitor], checked: Checked, photo: bytes
) -> None:
    """Each step of filing and following passes WCAG 2.2 AA and is valid HTML."""
    page = visit(PHONE).open("/")
    checked.look(page)
    page.goto(page.url + "requests/track")
    checked.look(page)
    page.goto(page.url.replace("track", "new"))
    checked.look(page)
    office.onward(page)
    page.wait_for_load_state("networkidle")
    checked.found += checked.violations(page)
    receipt = office.file_request(page, photo)
    checked.look(page)
    office.follow(page, receipt)
    checked.look(page)
    checked.settle()
