"""The phone's own Back button within filing."""

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from welfare.core.db import db
from welfare.intake.models import Complaint


def _continue(page: Page) -> None:
    page.locator("form[enctype] .actions .btn").first.click()


def test_back_shows_the_step_before_with_what_was_typed(
    browser: Browser, live_server: str, stage: None
) -> None:
    """Plainly, since a page that is watched request by request keeps no answers at all."""
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{live_server}/requests/new")
        page.check('input[name="kind"][value="concern"]', force=True)
        page.check('input[name="category"][value="housing"]', force=True)
        _continue(page)
        page.fill("#description", "หลังคารั่ว")
        _continue(page)
        page.wait_for_selector("#house_no")
        page.go_back()
        assert page.input_value("#description") == "หลังคารั่ว"


def test_back_after_sending_shows_the_check_and_sends_nothing_twice(
    app: Flask, browser: Browser, live_server: str, stage: None
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{live_server}/requests/new")
        page.check('input[name="kind"][value="concern"]', force=True)
        page.check('input[name="category"][value="housing"]', force=True)
        _continue(page)
        page.fill("#description", "หลังคารั่ว")
        _continue(page)
        page.fill("#house_no", "12/1")
        _continue(page)
        page.check("#anonymous", force=True)
        _continue(page)
        _send(page)
        page.go_back()
        _send(page)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Complaint)) == 1


def _send(page: Page) -> None:
    page.wait_for_selector('input[name="step"][value="send"]', state="attached")
    page.locator("form .actions .btn").first.click()
    page.wait_for_url("**/requests/filed")
